// What is wrong with the formulas of the page, as a list of sentences: the same questions for every browser, so that it
// knows no module and no driver. Sizes are in ems of the formula.
function mathematicsFaults() {
  const faults = [], slack = 0.12;
  const box = (node) => node.getBoundingClientRect();
  const shown = (node) => node.textContent.trim().slice(0, 30);
  const tex = (math) => math.querySelector("annotation")?.textContent.trim() ?? "";
  const formulas = [...document.querySelectorAll("main math")].filter((math) => box(math).width > 0);
  const named = (text) => formulas.find((math) => tex(math) === text);
  const em = (node) => parseFloat(getComputedStyle(node).fontSize);
  const tokens = (math) => [...math.querySelectorAll("mi, mn, mo")];
  const told = (what, found) => { if (!found) faults.push(what); };

  for (const math of formulas) {
    // Nothing stands on what is before it in its row.
    for (const sign of math.querySelectorAll("mo")) {
      const before = sign.previousElementSibling;
      if (!before || before.localName === "mspace" || !/^[(\[{⟨|‖]$/.test(sign.textContent)) continue;
      const overlap = (box(before).right - box(sign).left) / em(sign);
      told(`${tex(math)}: "${shown(sign)}" stands ${overlap.toFixed(2)} em on "${shown(before)}"`, overlap < slack);
    }
    for (const over of math.querySelectorAll("mover:has(> mo[accent='true'])")) {
      const [base, mark] = [...over.children].map(box), stretched = over.lastElementChild.getAttribute("stretchy") === "true";
      const apart = Math.abs(mark.left + mark.width / 2 - base.left - base.width / 2) / em(over);
      told(`${tex(math)}: the accent is ${apart.toFixed(2)} em beside its letter`, apart < 0.2);
      told(`${tex(math)}: the accent has no width`, stretched || mark.width > 0.1 * em(over));
    }
    if (/\\(over|under)line/.test(tex(math))) told(`${tex(math)}: no rule`, math.querySelector("mrow.overline, mrow.underline"));
    for (const row of math.querySelectorAll("mrow.overline, mrow.underline")) {
      const side = row.className === "overline" ? "Top" : "Bottom", letters = tokens(row).map(box), whole = box(row);
      told(`${tex(math)}: no rule`, parseFloat(getComputedStyle(row)[`border${side}Width`]) > 0);
      told(`${tex(math)}: the rule does not cover its letters`,
        letters.every((letter) => letter.left > whole.left - 2 && letter.right < whole.right + 2));
    }
  }

  const sizes = { big: 1.2, Big: 1.8, bigg: 2.4, Bigg: 3 };
  for (const [text, size] of [["\\bigl( x \\bigr)", sizes.big], ["\\Big[ x \\Bigr]", sizes.Big], ["\\biggl\\{ x \\biggr\\}", sizes.bigg],
    ["\\Biggl| x \\Biggr|", sizes.Bigg], ["\\Big( x \\Big)", sizes.Big], ["a \\Big/ b", sizes.Big], ["\\bigl\\| x \\bigr\\|", sizes.big]]) {
    const math = named(text), signs = math ? [...math.querySelectorAll("mo")] : [];
    told(`${text}: not found`, signs.length > 0);
    for (const sign of signs) {
      const height = box(sign).height / em(sign), middle = box(sign).top + box(sign).height / 2;
      told(`${text}: "${shown(sign)}" is ${height.toFixed(2)} em high`, height > 0.9 * size && height < size + 0.6);
      const letter = box(math.querySelector("mi"));
      told(`${text}: "${shown(sign)}" is ${(box(sign).width / em(sign)).toFixed(2)} em wide`, box(sign).width / em(sign) < (shown(sign) === "/" ? 1.3 : 0.75));
      told(`${text}: "${shown(sign)}" is not centred on its line`, Math.abs(middle - letter.top - letter.height / 2) / em(sign) < 0.35);
    }
  }

  const operators = (math) => [...math.querySelectorAll("mo")].filter((sign) => /[⊙⊕⊗⊎⊖]/.test(sign.textContent));
  const inline = named("a \\odot b"), display = formulas.find((math) => math.getAttribute("display") === "block" && operators(math).length === 5);
  told("operators in a display: not found", inline && display);
  if (inline && display) {
    for (const sign of operators(display)) {
      const size = box(sign).height / em(sign), wanted = box(operators(inline)[0]).height / em(inline);
      told(`${shown(sign)} is ${size.toFixed(2)} em high in a display, and ${wanted.toFixed(2)} in the text`, Math.abs(size - wanted) < 0.1);
    }
  }

  const gap = (text, at) => {
    const list = named(text) ? tokens(named(text)) : [];
    return list.length > at + 1 ? (box(list[at + 1]).left - box(list[at]).right) / em(list[at]) : NaN;
  };
  for (const [text, at, least, most] of [["1\\mathord{,}000", 1, -0.05, 0.08], ["0\\mathord{,}5", 1, -0.05, 0.08]])
    told(`${text}: ${gap(text, at).toFixed(2)} em after the comma`, gap(text, at) >= least && gap(text, at) <= most);
  // An operator's own space may count to its box, so that the letters around it are asked.
  const around = (text, from, to) => {
    const list = named(text) ? tokens(named(text)) : [];
    const range = document.createRange();
    if (list.length <= to) return NaN;
    range.selectNodeContents(list[from]);
    const left = range.getBoundingClientRect().right;
    range.selectNodeContents(list[to]);
    return (range.getBoundingClientRect().left - left) / em(list[from]);
  };
  for (const [text, from] of [["n \\log n", 0], ["n \\log n", 1], ["\\sin\\theta\\cos\\theta", 0], ["\\sin\\theta\\cos\\theta", 1], ["2\\ln 3", 0]]) {
    const space = around(text, from, from + 1);
    told(`${text}: ${space.toFixed(2)} em of space`, space > 0.08 && space < 0.35);
  }
  for (const [text, letters] of [["\\mathbf{x}", "𝐱"], ["\\boldsymbol{x}", "𝒙"], ["\\mathbf{1}", "𝟏"], ["\\mathbb{R}", "ℝ"]])
    told(`${text} is "${named(text) ? shown(tokens(named(text))[0]) : ""}"`, named(text) && shown(tokens(named(text))[0]) === letters);
  return faults;
}
