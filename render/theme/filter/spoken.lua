-- A formula as it is read aloud, in the document's language, for those who hear it: "q sub ℓ plus 1" as a person would say it
-- at a blackboard, with an end said where what is raised, lowered or divided is more than one thing. The words are the
-- theme's; letters and signs that have no word there are left to the reader's own.
local mathml_tree = require("filter.mathml_tree")
local wording = require("filter.wording")

local M = {}

-- "+ plus; − minus": by sign.
local function table_of(words)
  local found = {}
  for pair in (words .. ";"):gmatch("%s*(.-)%s*;") do
    local sign, word = pair:match("^(%S+)%s+(.+)$")
    if sign then found[sign] = word end
  end
  return found
end

local signs, accents = table_of(wording.spoken_signs), table_of(wording.spoken_accents)

-- Letters that readers do not know by their forms.
local letters = { ["ℓ"] = "l", ["ℒ"] = "L", ["ℋ"] = "H", ["ℛ"] = "R", ["ℱ"] = "F", ["ℬ"] = "B", ["ℰ"] = "E", ["ℳ"] = "M",
  ["ℂ"] = "C", ["ℕ"] = "N", ["ℙ"] = "P", ["ℚ"] = "Q", ["ℝ"] = "R", ["ℤ"] = "Z" }

local shown

local function one(element) return element and shown(element):gsub("^%s+", ""):gsub("%s+$", "") or "" end

-- One word, or a number below zero.
local function is_simple(text)
  local minus = signs["−"] .. " "
  if text:sub(1, #minus) == minus then text = text:sub(#minus + 1) end
  return not text:find(" ", 1, true)
end

local function filled(words, parts)
  return (words:gsub("{(%w+)}", parts))
end

-- The words for what is one thing, and for what needs an end.
local phrases = {
  superscript = { wording.spoken_superscript, wording.spoken_superscript_long },
  power = { wording.spoken_power, wording.spoken_power_long },
  sub = { wording.spoken_sub, wording.spoken_sub_long },
  fraction = { wording.spoken_fraction, wording.spoken_fraction_long },
  root = { wording.spoken_root, wording.spoken_root_long },
  nth_root = { wording.spoken_nth_root, wording.spoken_nth_root_long },
}
local function said(phrase, parts, is_one) return filled(phrase[is_one and 1 or 2], parts) end

local function plain(element)
  local text = mathml_tree.characters(element.text):gsub("%s+", " ")
  return signs[text] or letters[text] or text
end

local function operator(element)
  local text = mathml_tree.characters(element.text)
  if text == "\u{2061}" or text == "" then return "" end
  return " " .. (signs[text] or text) .. " "
end

local powers = { ["2"] = wording.spoken_squared, ["3"] = wording.spoken_cubed }

-- Signs that stand behind a letter, and indices in brackets, which are no powers.
local function raised(base, element)
  local exponent = one(element)
  local sign = element and #element == 0 and mathml_tree.characters(element.text)
  if sign and powers[sign] then return filled(powers[sign], { base = base }) end
  if sign and signs[sign] then return base .. " " .. signs[sign] end
  if exponent:match("^%(") then return said(phrases.superscript, { base = base, index = exponent }, is_simple(exponent)) end
  return said(phrases.power, { base = base, exponent = exponent }, is_simple(exponent))
end

local function lowered(base, element)
  local index = one(element)
  return said(phrases.sub, { base = base, index = index }, is_simple(index))
end

local large = { ["∑"] = true, ["∏"] = true, ["∫"] = true, ["∮"] = true, ["⋃"] = true, ["⋂"] = true, ["∐"] = true }

local function is_large(element)
  return element and element.name == "mo" and large[mathml_tree.characters(element.text)]
end

local function from_to(element, below, above)
  local name = one(element)
  if below == "" then return wording.filled("spoken_to", { operator = name, above = above }) end
  if above == "" then return wording.filled("spoken_over_all", { operator = name, below = below }) end
  return wording.filled("spoken_from_to", { operator = name, below = below, above = above })
end

local function sub(e) return is_large(e[1]) and from_to(e[1], one(e[2]), "") or lowered(one(e[1]), e[2]) end
local function sup(e) return is_large(e[1]) and from_to(e[1], "", one(e[2])) or raised(one(e[1]), e[2]) end
local function both(e)
  if is_large(e[1]) then return from_to(e[1], one(e[2]), one(e[3])) end
  return raised(lowered(one(e[1]), e[2]), e[3])
end

local function over(e)
  local mark = e[2] and mathml_tree.characters(e[2].text or "")
  if accents[mark] then return wording.filled("spoken_accent", { base = one(e[1]), accent = accents[mark] }) end
  return sup(e)
end

local function row(element)
  local parts = {}
  for _, child in ipairs(element) do parts[#parts + 1] = shown(child) end
  return table.concat(parts, " ")
end

local function rows(element)
  local lines = {}
  for _, line in ipairs(element) do lines[#lines + 1] = row(line) end
  return table.concat(lines, "; ")
end

local forms = {
  mi = plain, mn = plain, mtext = plain, mo = operator,
  mspace = function() return " " end,
  annotation = function() return "" end,
  mfrac = function(e)
    local above, below = one(e[1]), one(e[2])
    return said(phrases.fraction, { above = above, below = below }, is_simple(above) and is_simple(below))
  end,
  msqrt = function(e)
    local radicand = row(e):gsub("%s+", " "):gsub("^ ", ""):gsub(" $", "")
    return said(phrases.root, { radicand = radicand }, is_simple(radicand))
  end,
  mroot = function(e)
    local radicand = one(e[1])
    return said(phrases.nth_root, { radicand = radicand, degree = one(e[2]) }, is_simple(radicand))
  end,
  msub = sub, munder = sub, msup = sup, mover = over, msubsup = both, munderover = both,
  mtable = rows,
}

shown = function(element) return " " .. ((forms[element.name] or row)(element):gsub("%s+", " ")) .. " " end

-- TeX's formula in words; what Pandoc cannot read stays as it is.
function M.text(tex)
  local tree = mathml_tree.read(tex)
  if not tree then return tex end
  local text = shown(tree):gsub("%s+", " "):gsub("([(%[{]) ", "%1"):gsub(" ([)%]},;.])", "%1")
  text = text:gsub(",%s*([,.;:)%]}])", "%1")
  return (text:gsub("^%s+", ""):gsub("[,%s]+$", ""))
end

return M
