-- TeX sets a display that begins a paragraph too low, and indents the half sentence after it. So a display belongs to
-- the paragraph before it, and one that goes on in lower case after it does too.
local labels = require("filter.labels")

local M = {}

local function is_display(block)
  if not block or block.t ~= "Para" then return false end
  local last = block.content[#block.content]
  if #block.content == 1 then return last.t == "Math" and last.mathtype == "DisplayMath" end
  return #block.content == 3 and labels.equation(block.content, 1) ~= nil
end

local function starts_lowercase(block)
  local first = block and block.t == "Para" and block.content[1]
  return first and first.t == "Str" and first.text:match("^%l") ~= nil
end

local function joined(blocks)
  local result = pandoc.List()
  local after_display = false
  for _, block in ipairs(blocks) do
    local last = result[#result]
    local display = is_display(block)
    if last and last.t == "Para" and (display or (after_display and starts_lowercase(block))) then
      last.content:insert(pandoc.SoftBreak())
      last.content:extend(block.content)
    else
      result:insert(block)
    end
    after_display = display
  end
  return result
end

function M.joined(blocks) return pandoc.Div(blocks):walk({ Blocks = joined }).content end

return M
