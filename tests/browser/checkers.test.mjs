// Programs of others that look for faults in HTML, in what readers with other senses get of it, and in what runners read.
import "./validity.mjs";
import "./checkers.mjs";
import "./junit.mjs";
