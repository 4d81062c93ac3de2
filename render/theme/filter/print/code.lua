-- Code as LaTeX can set it: as text where a command reads it as its argument, and broken where it is wider than its place.
local M = {}

-- Letters that a typewriter's font would draw together or as others.
local code_characters = {
  ["\\"] = "\\textbackslash{}", ["{"] = "\\{", ["}"] = "\\}", ["%"] = "\\%", ["#"] = "\\#", ["$"] = "\\$", ["&"] = "\\&",
  ["_"] = "\\_", ["^"] = "\\textasciicircum{}", ["~"] = "\\textasciitilde{}", ["'"] = "\\textquotesingle{}",
  ["`"] = "\\textasciigrave{}", ['"'] = "\\textquotedbl{}", ["-"] = "-{}", ["<"] = "<{}", [">"] = ">{}", [","] = ",{}",
  ["!"] = "!{}", ["?"] = "?{}", [" "] = "\\ ", ["\t"] = "\\ \\ \\ \\ ",
}

function M.as_text(code)
  local lines = {}
  for line in (code.text .. "\n"):gmatch("(.-)\n") do lines[#lines + 1] = "\\strut " .. line:gsub(".", code_characters) end
  -- Behind the strut: a mark above a line would move it.
  lines[1] = lines[1]:gsub("^\\strut ", "\\strut\\reportcodemark ", 1)
  lines[#lines] = lines[#lines] .. "\\reportendtag"
  return pandoc.RawBlock("latex", "\\begin{reportcode}\n" .. table.concat(lines, "\\\\\n") .. "\n\\end{reportcode}")
end

-- ------------------------------------------------------------------------------------------------- lines that are too wide

-- The bytes of `line` of which the first `width` characters are made, up to a blank where there is one in their second half.
local function fitting(line, width)
  local stop = utf8.offset(line, width + 1)
  if not stop or stop > #line then return nil end
  local blank = line:sub(1, stop):match("^.*()[ \t]")
  return blank and blank > stop // 2 and blank or stop - 1
end

-- Lines that are too wide go on in the next one, behind an arrow: beyond the page they would be lost.
local function broken(line, width)
  local lines, indent = {}, line:match("^%s*")
  if #indent > width // 2 then indent = "" end
  local stop = utf8.len(line) and fitting(line, width)
  while stop do
    lines[#lines + 1] = line:sub(1, stop)
    line = indent .. "↪ " .. line:sub(stop + 1)
    stop = fitting(line, width)
  end
  lines[#lines + 1] = line
  return table.concat(lines, "\n")
end

function M.narrowed(code, width)
  code.text = (code.text .. "\n"):gsub("(.-)\n", function(line) return broken(line, width) .. "\n" end):sub(1, -2)
  return code
end

-- ------------------------------------------------------------------------------------------- long words within a line

-- Code within a line may be broken behind its signs, where it is long: LaTeX would let it run out of the text.
local function breakable(code)
  if #code.text < 20 or #code.classes > 0 then return nil end
  local text = code.text:gsub(".", function(sign)
    return (code_characters[sign] or sign) .. (sign:match("[%p ]") and "\\codebreak{}" or "")
  end)
  return pandoc.RawInline("latex", "\\texttt{" .. text:gsub("\\codebreak{}$", "") .. "}")
end

-- Addresses and other long words too: behind signs, or anywhere where there are none.
local function breakable_word(str)
  if #str.text < 40 then return nil end
  local text = str.text:gsub("[/._?&=,;:+%%#-]+", "%0\0"):gsub("%w+", function(part)
    return #part > 40 and part:gsub(("%w"):rep(8), "%0\0") or nil
  end)
  local inlines = pandoc.List()
  for part in text:gmatch("%Z+") do
    if #inlines > 0 then inlines:insert(pandoc.RawInline("latex", "\\wordbreak{}")) end
    inlines:insert(pandoc.Str(part))
  end
  return inlines
end

function M.with_breakable_words(block)
  local is_long = false
  block:walk({ Code = function(code) is_long = is_long or #code.text >= 20 end,
    Str = function(str) is_long = is_long or #str.text >= 40 end })
  return is_long and block:walk({ Code = breakable, Str = breakable_word }) or nil
end

return M
