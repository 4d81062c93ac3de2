-- Tables that bear a number: {#tbl:id} ends their caption, or they stand in a division with such an ID.
local labels = require("filter.labels")
local captions = require("filter.captions")
local figure_divisions = require("filter.figure_divisions")
local writer = require("filter.writer")

local M = {}

local function numbered(table, id)
  captions.label_table(table, id)
  return writer.numbered_table(table, id)
end

function M.replace(table)
  local id = labels.table(table)
  if not id then
    id = table.identifier:match("^tbl:.+")
    if not id then return nil end
    table.identifier = ""
    return numbered(table, id)
  end
  local caption = table.caption
  local last = caption.long[#caption.long]
  last.content:remove()
  if #last.content > 0 and last.content[#last.content].t == "Space" then last.content:remove() end
  caption.long[#caption.long] = last
  table.caption = caption
  return numbered(table, id)
end

function M.replace_division(div)
  if not div.identifier:match("^tbl:") or figure_divisions.is_figure(div) then return nil end
  for at, block in ipairs(div.content) do
    if block.t == "Table" then
      captions.label_table(block, div.identifier)
      div.content[at] = block
      break
    end
  end
  return writer.table_division(div)
end

return M
