-- Citeproc sets the sources after this filter, at the division #refs or at the very end. They belong before what the
-- filter appends, below a heading that waits for them or below one that the metadata gives.
local references = require("filter.references")
local metadata = require("filter.metadata")
local publication = require("filter.publication")

local M = {}

-- Before the mark of its end, where the document is made in units.
local function last_of_text(blocks) return blocks[publication.units and #blocks - 1 or #blocks] end

function M.place(blocks, fields)
  local waiting, cited = false, fields.nocite ~= nil
  local function look(cite) cited = cited or references.cites_source(cite) end
  pandoc.Div(blocks):walk({ Div = function(div) waiting = waiting or div.identifier == "refs" end, Cite = look })
  for _, value in pairs(fields) do metadata.walked(value, { Cite = look }) end
  if waiting or not cited or fields["suppress-bibliography"] == true then return end
  local title, last = fields["reference-section-title"], last_of_text(blocks)
  if title then
    blocks:insert(pandoc.Header(1, title, pandoc.Attr("bibliography", { "unnumbered" })))
  elseif last and last.t == "Header" and not last.classes:includes("unnumbered") then
    last.classes:insert("unnumbered")
  end
  blocks:insert(pandoc.Div({}, pandoc.Attr("refs")))
end

return M
