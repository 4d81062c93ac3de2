// All tests of the page, in one browser.
import "./page.mjs";
import "./reading.mjs";
import "./accessibility.mjs";
import "./check.mjs";
