-- Texts beside the document, captions say, know the macros that the text has defined before them.
local latex = require("filter.latex")

local M = {}

-- Whether Pandoc has read this as definitions of macros, which hold from there on.
function M.is_definitions(raw) return raw.format == "tex" and latex.is_definitions(raw.text) end

-- Definitions of a text, in their order.
function M.definitions_in(blocks)
  local found = pandoc.List()
  local function define(raw)
    if M.is_definitions(raw) then found:insert(raw.text) end
  end
  pandoc.Div(blocks):walk({ traverse = "topdown", RawBlock = define, RawInline = define })
  return found
end

-- Gives what is read apart, `item_of(code)` for a block of code, the definitions that stand before it.
function M.remember(blocks, item_of)
  local definitions = pandoc.List()
  local function define(raw)
    if M.is_definitions(raw) then definitions:insert(raw.text) end
  end
  pandoc.Div(blocks):walk({
    traverse = "topdown",
    RawBlock = define,
    RawInline = define,
    CodeBlock = function(code)
      local item = #definitions > 0 and item_of(code)
      if item then item.macros = table.concat(definitions, "\n") end
    end,
  })
end

-- The blocks of a text in Markdown.
function M.read(text, macros)
  if not macros then return pandoc.read(text, "markdown").blocks end
  local blocks = pandoc.read(macros .. "\n\n" .. text, "markdown").blocks
  return blocks:filter(function(block) return not (block.t == "RawBlock" and latex.is_definitions(block.text)) end)
end

return M
