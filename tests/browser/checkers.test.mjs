// Programs of others that look for faults in HTML and in what readers with other senses get of it.
import "./validity.mjs";
import "./checkers.mjs";
