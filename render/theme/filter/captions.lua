-- The names with which captions begin: "Figure 2.1".
local references = require("filter.references")
local writer = require("filter.writer")

local M = {}

-- A caption's blocks with the name of what bears the ID at their head.
function M.labelled(blocks, id)
  local name = pandoc.Strong({ pandoc.Str(references.name_of(id)) })
  local label = pandoc.Span(writer.caption_label(name), pandoc.Attr("", { "caption-label" }))
  local first = blocks[1]
  if first and (first.t == "Para" or first.t == "Plain") then
    first.content:insert(1, pandoc.Space())
    first.content:insert(1, label)
  else
    blocks:insert(1, pandoc.Plain({ label }))
  end
  return blocks
end

-- The same for a table.
function M.label_table(table, id)
  local caption = table.caption
  caption.long = M.labelled(pandoc.List(caption.long), id)
  table.caption = caption
end

return M
