-- Pandoc turns TeX into MathML and Word's formulas by itself, but for a few commands that it does not know: \Bigl (it
-- has \Big, and \bigl), and the delimiters between two things, which have a relation's space.
local M = {}

local function known(text)
  text = text:gsub("\\Bigl%f[%A]", "\\Big")
  for _, size in ipairs({ "big", "Big", "bigg", "Bigg" }) do
    local between = "\\" .. size .. "m%f[%A]%s*"
    text = text:gsub(between .. "(\\%a+)", "\\;\\" .. size .. "%1\\;"):gsub(between .. "(\\?[^%a%s])", "\\;\\" .. size .. "%1\\;")
  end
  -- A sign in braces has no space around it, as in 1{,}000; Pandoc forgets braces that are nobody's argument.
  return (text:gsub("(){([,;:=<>!+*/-])}", function(at, sign)
    local before = text:sub(1, at - 1)
    if before:match("\\%a+%s*$") or before:match("[%^_}%]]%s*$") then return nil end
    return "\\mathord{" .. sign .. "}"
  end))
end

function M.known_to_pandoc(math)
  local text = known(math.text)
  return text ~= math.text and pandoc.Math(math.mathtype, text) or nil
end

return M
