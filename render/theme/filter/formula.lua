-- A formula as a line of text, for what can hold nothing else: bookmarks, titles of windows, properties of files. Pandoc
-- makes MathML of it, and this reads the MathML.
local mathml_tree = require("filter.mathml_tree")

local M = {}

local characters = mathml_tree.characters

local function set(characters)
  local members = {}
  for _, code in utf8.codes(characters) do members[utf8.char(code)] = true end
  return members
end

local function map(from, to)
  local pairs_of, letters = {}, {}
  for _, code in utf8.codes(to) do letters[#letters + 1] = utf8.char(code) end
  for _, code in utf8.codes(from) do pairs_of[utf8.char(code)] = table.remove(letters, 1) end
  return pairs_of
end

local infix = set("<>=≤≥≈∼≃≅≡≠∝≪≫→←↦⇒⇐⇔↔∈∉⊂⊆⊃⊇∪∩∧∨+−±∓×⋅·∘⊙⊗⊕≔≺≻∣")
local signs = set("+−±∓")
local superscripts = map("0123456789+−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ")
local subscripts = map("0123456789+−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
-- Accents as letters of their own or combining ones -> combining.
local accents = map("^ˆ\u{302}~˜\u{303}¯‾\u{304}\u{305}˙\u{307}¨\u{308}→\u{20D7}ˇ\u{30C}´\u{301}`\u{300}˘\u{306}",
  "\u{302}\u{302}\u{302}\u{303}\u{303}\u{303}\u{304}\u{304}\u{304}\u{304}\u{307}\u{307}\u{308}\u{308}\u{20D7}\u{20D7}\u{30C}\u{30C}\u{301}\u{301}\u{300}\u{300}\u{306}\u{306}")

local shown

local function one(element) return element and shown(element) or "" end

local function is_simple(text) return utf8.len(text) == 1 or text:match("^[%w.]+$") ~= nil end

local function grouped(text)
  if is_simple(text) or text:match("^%b()$") then return text end
  return "(" .. text .. ")"
end

local function script(text, letters, sign)
  local parts = {}
  local is_word = text:match("^%a%a+$") ~= nil
  for _, code in utf8.codes((text:gsub(" ", ""))) do
    local letter = letters[utf8.char(code)]
    if not letter or is_word then return sign .. grouped(text) end
    parts[#parts + 1] = letter
  end
  return table.concat(parts)
end

local function operator(element, before)
  local sign = characters(element.text)
  if sign == "\u{2061}" or sign == "" then return "" end
  if sign == "," or sign == ";" then return sign .. " " end
  if sign:match("^%a%a") then return sign .. " " end
  if not infix[sign] then return sign end
  local is_prefix = signs[sign] and (before == "" or before:match("[(%[,=<>]%s*$") ~= nil)
  return is_prefix and sign or " " .. sign .. " "
end

local function row(element)
  local text = ""
  for _, child in ipairs(element) do
    local part = child.name == "mo" and operator(child, text) or shown(child)
    -- The name of a function stands apart from what it is of.
    if child.name == "mi" and part:match("^%a%a+$") then part = part .. " " end
    text = text .. part
  end
  return text
end

local function over(element)
  local mark = element[2] and characters(element[2].text or "")
  if accents[mark] then return one(element[1]) .. accents[mark] end
  return one(element[1]) .. script(one(element[2]), superscripts, "^")
end

local function cells(element)
  local rows = {}
  for _, line in ipairs(element) do
    local parts = {}
    for _, cell in ipairs(line) do parts[#parts + 1] = shown(cell) end
    rows[#rows + 1] = table.concat(parts, " ")
  end
  return table.concat(rows, "; ")
end

local forms = {
  mi = function(e) return characters(e.text) end,
  mn = function(e) return characters(e.text) end,
  mo = function(e) return characters(e.text) end,
  mtext = function(e) return characters(e.text) end,
  mspace = function(e) return e.attributes:match('"0?%.[012]') and "" or " " end,
  annotation = function() return "" end,
  mfrac = function(e) return grouped(one(e[1])) .. "/" .. grouped(one(e[2])) end,
  msqrt = function(e) return "√" .. grouped(row(e)) end,
  mroot = function(e) return script(one(e[2]), superscripts, "") .. "√" .. grouped(one(e[1])) end,
  msub = function(e) return one(e[1]) .. script(one(e[2]), subscripts, "_") end,
  munder = function(e) return one(e[1]) .. script(one(e[2]), subscripts, "_") end,
  msup = function(e) return one(e[1]) .. script(one(e[2]), superscripts, "^") end,
  mover = over,
  mtable = cells,
}
local function both(e) return one(e[1]) .. script(one(e[2]), subscripts, "_") .. script(one(e[3]), superscripts, "^") end
forms.msubsup, forms.munderover = both, both

shown = function(element)
  local text = (forms[element.name] or row)(element)
  return (text:gsub("%s+", " "))
end

-- TeX's formula as text: "\mathcal{O}(\sqrt{n})" as "O(√n)". What Pandoc cannot read stays as it is.
function M.text(tex)
  local tree = mathml_tree.read(tex)
  if not tree then return tex end
  local text = shown(tree):gsub("%s+", " "):gsub("([(%[]) ", "%1"):gsub(" ([)%],;])", "%1")
  return (text:gsub("^%s+", ""):gsub("%s+$", ""))
end

-- A heading with its formulas as `shown` makes them, for readers whose bookmarks and contents show letters only; nothing
-- where it has none.
function M.in_heading(heading, shown)
  local changed = false
  local content = heading.content:walk({ Math = function(math)
    changed = true
    return shown(math)
  end })
  if not changed then return nil end
  heading.content = content
  return heading
end

-- All inlines as one line of text.
function M.plain(inlines)
  local content = pandoc.Span(inlines):walk({
    Math = function(math) return pandoc.Str(M.text(math.text)) end,
    Note = function() return {} end,
  })
  return pandoc.utils.stringify(content)
end

return M
