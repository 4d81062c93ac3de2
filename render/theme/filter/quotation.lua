-- Quotation marks as each language has them, outer and inner ones. What is not listed has those of English.
local low, guillemets = { "„", "“", "‚", "‘" }, { "«", "»", "“", "”" }
local spaced = { "«\u{A0}", "\u{A0}»", "“", "”" }
local english = { "“", "”", "‘", "’" }
local right = { "”", "”", "’", "’" }

local marks = {
  bg = low, cs = low, da = { "»", "«", "›", "‹" }, de = low, el = guillemets, es = guillemets, et = low, fi = right, fr = spaced,
  hr = { "„", "”", "‘", "’" }, hu = { "„", "”", "»", "«" }, is = low, it = guillemets, lt = low, lv = guillemets, nb = guillemets,
  nn = guillemets, no = guillemets, pl = { "„", "”", "«", "»" }, pt = guillemets, ro = { "„", "”", "«", "»" },
  ru = { "«", "»", "„", "“" }, sk = low, sl = low, sr = { "„", "”", "‘", "’" }, sv = right, uk = { "«", "»", "„", "“" },
  ["de-ch"] = { "«", "»", "‹", "›" }, ["fr-ch"] = { "«", "»", "‹", "›" }, ["it-ch"] = { "«", "»", "‹", "›" }, ["pt-br"] = { "“", "”", "‘", "’" },
}

local M = {}

-- English words that begin with an apostrophe.
local clipped = {}
for word in ("bout cause cept course em gainst kay neath nother nough nuff pon round scuse til tis tisn't twas twasn't tween twere "
  .. "twill twixt twould un zat"):gmatch("%S+") do clipped[word] = true end

local function word_of(text) return (text:gsub("\u{2019}", "'"):match("^[%a']*"):gsub("'$", ""):lower()) end

-- '60s, 'tis: what follows an opening quotation mark there, or an apostrophe.
local function is_clipped(text)
  if text:match("^%d%ds?%f[^%w]") and not text:match("^%d%d[.,]%d") then return true end
  return clipped[word_of(text)] == true
end

local apostrophe = "\u{2019}"

local function begins_quotation(inline, before)
  if inline.t ~= "Str" or (before and before.t == "Str" and not before.text:match("[%(%[/-]$") and not before.text:match("\u{2014}$")) then return nil end
  local rest = inline.text:match("^" .. apostrophe .. "(.+)")
  return rest and rest ~= "n" and not rest:match("^n" .. apostrophe) and not is_clipped(rest) and rest
end

-- The last of the inlines at which a quotation may have been begun, to which the closing mark belongs then.
local function begun_within(content)
  for at = #content, 2, -1 do
    if begins_quotation(content[at], content[at - 1]) then return at end
  end
end

local function words_in(content)
  local count = 1
  for _, inline in ipairs(content) do if inline.t == "Space" or inline.t == "SoftBreak" then count = count + 1 end end
  return count
end

-- Pandoc takes the next mark that can close a quotation for the end of one that an apostrophe seemed to begin. It is the
-- end of another that was begun in between, the other apostrophe of 'n', or that of a plural (the players' end).
local function with_apostrophe(quoted)
  local content = quoted.quotetype == "SingleQuote" and quoted.content
  local first, last = content and content[1], content and content[#content]
  if not first or first.t ~= "Str" then return nil end
  if #content == 1 and first.text == "n" then return pandoc.Str(apostrophe .. "n" .. apostrophe) end
  if not is_clipped(first.text) then return nil end
  local begun = begun_within(content)
  content = content:clone()
  content[1] = pandoc.Str(apostrophe .. first.text)
  if begun then
    local inner = pandoc.List({ pandoc.Str((content[begun].text:gsub("^" .. apostrophe, ""))) })
    for at = begun + 1, #content do inner:insert(content[at]) end
    while #content >= begun do content:remove() end
    content:insert(pandoc.Quoted("SingleQuote", inner))
    return content
  end
  local is_of_n = last.t == "Str" and last.text == apostrophe .. "n"
  local is_plural = last.t == "Str" and last.text:match("%as$") and words_in(content) > 3
  if not is_of_n and not is_plural then return nil end
  content[#content] = pandoc.Str(content[#content].text .. apostrophe)
  return content
end

-- Apostrophes that Pandoc has taken for opening quotation marks.
function M.with_apostrophes(blocks) return pandoc.Div(blocks):walk({ Quoted = with_apostrophe }).content end

local function marks_of(language)
  local tag = language:lower()
  return marks[tag:match("^%a+%-%a%a%f[%A]") or ""] or marks[tag:match("^%a+") or ""]
end

local function with(set)
  return { Quoted = function(quoted)
    local at = quoted.quotetype == "DoubleQuote" and 1 or 3
    local inlines = pandoc.List({ pandoc.Str(set[at]) })
    inlines:extend(quoted.content)
    inlines:insert(pandoc.Str(set[at + 1]))
    return inlines
  end }
end

-- Texts in another language have the marks of theirs.
local function foreign(element)
  local tag = element.attributes.lang
  return tag and element:walk(with(marks_of(tag) or english)) or nil
end

-- Filters that put the marks of a language in place, one after the other; without a set of its own it has Pandoc's.
function M.filters(language)
  local set = marks_of(language)
  return { { Span = foreign, Div = foreign }, set and with(set) }
end

return M
