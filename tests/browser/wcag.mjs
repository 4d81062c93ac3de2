// What axe-core finds against WCAG 2.2 AA, and its good practice.
import { axeSource } from "./browser.mjs";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** `options` are axe-core's own, beyond the rules: what to leave out, say. */
export async function violations(page, part = "html", options = {}) {
  // The policy of the page forbids scripts from elsewhere; the driver's own evaluation is exempt.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  return page.evaluate(async ([values, context, more]) => {
    const { violations } = await axe.run(context, { runOnly: { type: "tag", values }, resultTypes: ["violations"], ...more });
    // axe-core sees no text in MathML, which assistive tools read: a header that is a formula is not empty.
    const isFormula = (id, node) => id === "empty-table-header" && document.querySelector(node.target[0])?.querySelector("math");
    return violations.map((v) => ({ ...v, nodes: v.nodes.filter((node) => !isFormula(v.id, node)) })).filter((v) => v.nodes.length > 0)
      .map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
  }, [rules, part, options]);
}
