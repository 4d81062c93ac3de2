-- A formula as Pandoc reads it: its MathML, and that as elements.
local M = {}

local greek = {}
for _, code in utf8.codes("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ") do greek[#greek + 1] = utf8.char(code) end

-- Letters of mathematical alphabets are lacking in many fonts: a script O is an O.
local function plain_letter(code)
  if code >= 0x1D400 and code <= 0x1D6A3 then
    local at = (code - 0x1D400) % 52
    return string.char(at < 26 and 65 + at or 71 + at)
  end
  if code >= 0x1D6A8 and code <= 0x1D7C9 then return greek[(code - 0x1D6A8) % 58 + 1] end
  if code >= 0x1D7CE and code <= 0x1D7FF then return string.char(48 + (code - 0x1D7CE) % 10) end
  return utf8.char(code)
end

local entities = { lt = "<", gt = ">", amp = "&", quot = '"', apos = "'" }

function M.characters(text)
  text = text:gsub("&(#?)(x?)(%w+);", function(number, hex, name)
    if number == "" then return entities[hex .. name] end
    return utf8.char(tonumber(name, hex == "x" and 16 or 10))
  end)
  local parts = {}
  for _, code in utf8.codes(text) do parts[#parts + 1] = plain_letter(code) end
  return table.concat(parts)
end

-- The elements of a piece of MathML: { name, attributes, children or text }.
local function parse(text)
  local root = { name = "root" }
  local open = { root }
  for slash, name, attributes, empty, after in text:gmatch("<(/?)(%a+)([^>]-)(/?)>([^<]*)") do
    if slash == "/" then
      if #open > 1 then table.remove(open) end
    else
      local element = { name = name, attributes = attributes, text = after }
      table.insert(open[#open], element)
      if empty == "" then open[#open + 1] = element end
    end
  end
  return root
end

local known = {}

-- TeX's formula as MathML, which has the TeX as an annotation; nothing for what Pandoc cannot read.
function M.mathml(tex)
  if known[tex] ~= nil then return known[tex] or nil end
  local options = pandoc.WriterOptions({ html_math_method = "mathml" })
  local document = pandoc.Pandoc({ pandoc.Plain({ pandoc.Math("InlineMath", tex) }) })
  known[tex] = pandoc.write(document, "html", options):match("<math.*</math>") or false
  return known[tex] or nil
end

-- The same as elements.
function M.read(tex)
  local math = M.mathml(tex)
  return math and parse(math)
end

return M
