// All tests of the page, in one browser.
import "./page.mjs";
import "./reading.mjs";
import "./accessibility.mjs";
import "./mathematics.mjs";
import "./print.mjs";
import "./shadows.mjs";
import "./check.mjs";
import "./watch.mjs";
