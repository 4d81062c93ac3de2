-- Quotation marks as each language has them, outer and inner ones. What is not listed has those of English.
local low, guillemets = { "„", "“", "‚", "‘" }, { "«", "»", "“", "”" }
local spaced = { "«\u{A0}", "\u{A0}»", "“", "”" }
local right = { "”", "”", "’", "’" }

local marks = {
  bg = low, cs = low, da = { "»", "«", "›", "‹" }, de = low, el = guillemets, es = guillemets, et = low, fi = right, fr = spaced,
  hr = { "„", "”", "‘", "’" }, hu = { "„", "”", "»", "«" }, is = low, it = guillemets, lt = low, lv = guillemets, nb = guillemets,
  nn = guillemets, no = guillemets, pl = { "„", "”", "«", "»" }, pt = guillemets, ro = { "„", "”", "«", "»" },
  ru = { "«", "»", "„", "“" }, sk = low, sl = low, sr = { "„", "”", "‘", "’" }, sv = right, uk = { "«", "»", "„", "“" },
  ["de-ch"] = { "«", "»", "‹", "›" }, ["fr-ch"] = { "«", "»", "‹", "›" }, ["it-ch"] = { "«", "»", "‹", "›" }, ["pt-br"] = { "“", "”", "‘", "’" },
}

local M = {}

-- A filter that puts a language's marks in place; nothing when they are Pandoc's own.
function M.filter(language)
  local tag = language:lower()
  local set = marks[tag:match("^%a+%-%a%a%f[%A]") or ""] or marks[tag:match("^%a+") or ""]
  if not set then return nil end
  return { Quoted = function(quoted)
    local at = quoted.quotetype == "DoubleQuote" and 1 or 3
    local inlines = pandoc.List({ pandoc.Str(set[at]) })
    inlines:extend(quoted.content)
    inlines:insert(pandoc.Str(set[at + 1]))
    return inlines
  end }
end

return M
