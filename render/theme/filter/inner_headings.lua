-- Headings within quotes, lists, tables and notes have no numbers, and do not stand in the contents: LaTeX and Word would
-- give them some.
local M = {}

local function unnumbered(heading)
  for _, class in ipairs({ "unnumbered", "unlisted" }) do
    if not heading.classes:includes(class) then heading.classes:insert(class) end
  end
  return heading
end

local function unnumbered_within(element) return element:walk({ Header = unnumbered }) end

function M.unnumbered(blocks)
  return pandoc.Div(blocks):walk({ BlockQuote = unnumbered_within, BulletList = unnumbered_within, OrderedList = unnumbered_within,
    DefinitionList = unnumbered_within, Table = unnumbered_within, Note = unnumbered_within }).content
end

return M
