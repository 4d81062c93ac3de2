-- Displayed formulas that bear a number: $$...$$ {#eq:id}.
local labels = require("filter.labels")
local numbering = require("filter.numbering")
local writer = require("filter.writer")

local M = {}

local function equation(id, math) return writer.equation(id, numbering.of(id).number, math) end

local function replace_inlines(inlines)
  local result, changed, at = pandoc.List(), false, 1
  while at <= #inlines do
    local id, rest = labels.equation(inlines, at)
    if id then
      result:insert(equation(id, inlines[at]))
      if rest ~= "" then result:insert(pandoc.Str(rest)) end
      changed, at = true, at + 3
    else
      result:insert(inlines[at])
      at = at + 1
    end
  end
  return changed and result or nil
end

function M.replace(block)
  return labels.displays(block) and block:walk({ Inlines = replace_inlines }) or nil
end

function M.replace_span(span)
  if labels.is_equation_span(span) then return equation(span.identifier, span.content[1]) end
end

return M
