// The page's module beside the program: same-figures.test.mjs MODULE, with REPORT_ANSWERS (the test's native program),
// REPORT_THEME and, if more are wanted, REPORT_LIVE_VALUES (how many values of each experiment).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Module } from "./instance.mjs";
import { refused, requests } from "./requests.mjs";

const { REPORT_ANSWERS, REPORT_THEME, REPORT_MODULE, REPORT_LIVE_VALUES } = process.env;
const compiled = new WebAssembly.Module(readFileSync(REPORT_MODULE));
const module = new Module(compiled, readFileSync(`${REPORT_THEME}/words/en.txt`, "utf8"));

const native = (lines) => execFileSync(REPORT_ANSWERS, [`${REPORT_THEME}/fonts.conf`],
  { input: lines.map((line) => `${line}\n`).join(""), maxBuffer: 2 ** 30 }).toString().split("\0").slice(0, lines.length);

test("the module asks the page for one function, and for what stdio would need", () => {
  const wanted = WebAssembly.Module.imports(compiled).map(({ module, name }) => `${module}.${name}`);
  const wasi = ["fd_close", "fd_seek", "fd_write"].map((name) => `wasi_snapshot_preview1.${name}`);
  assert.ok(wanted.includes("page.fail"));
  assert.deepEqual(wanted.filter((name) => name !== "page.fail" && !wasi.includes(name)), []);
});

const all = requests(Number(REPORT_LIVE_VALUES ?? 12));
for (const kind of new Set(all.map((r) => r.kind)))
  test(`${kind}: numbers, drawing and readings are the program's, byte for byte`, () => {
    const lines = all.filter((r) => r.kind === kind).map((r) => r.request);
    const expected = native(lines);
    let drawn = 0;
    lines.forEach((line, i) => {
      const answer = module.answer(line);
      if (answer !== expected[i]) {
        const at = [...answer].findIndex((c, k) => c !== expected[i][k]);
        assert.fail(`${line}\n module:  ${answer.slice(at - 60, at + 100)}\n program: ${expected[i].slice(at - 60, at + 100)}`);
      }
      drawn += JSON.parse(answer).drawing ? 1 : 0;
    });
    assert.ok(drawn > 0.9 * lines.length, `only ${drawn} of ${lines.length} were drawn`);
  });

test("a drawing that is given what the one before it left is the program's, byte for byte", () => {
  for (const [experiment, parameter, values] of [["momentum", "kappa", [100, 90, 12, 3]], ["gradient-clipping", "threshold", [1, 0.8, 4]], ["flow-versus-descent", "horizon", [25, 20]]]) {
    let stays = {};
    for (const value of values) {
      const line = JSON.stringify({ experiment, figure: "fig:one", seed: 1, parameters: { [parameter]: value }, ...stays, give: ["drawing", "reading", "kept"] });
      const answer = module.answer(line);
      assert.equal(answer, native([line])[0], `${experiment} at ${value}`);
      stays = { held: [{ x: ["none", 0, 1], y: ["none", 0, 1] }, { x: ["step $k$", 0, 400], y: ["distance from the minimum", 1e-8, 10] }], kept: JSON.parse(answer).kept };
      assert.equal(stays.kept.panels.length, 2 + 2 * (experiment === "gradient-clipping"));
    }
  }
});

test("what cannot be drawn is said in the program's words, and the next request is answered", () => {
  const expected = native(refused);
  refused.forEach((line, i) => {
    const answer = module.answer(line);
    assert.equal(answer, expected[i], line);
    assert.ok(JSON.parse(answer).error, line);
  });
  const [{ request }] = all;
  assert.equal(module.answer(request), native([request])[0]);
});
