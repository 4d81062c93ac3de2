-- A draft says that it is one: in its first lines, and in the file's properties.
local publication = require("filter.publication")
local wording = require("filter.wording")

local M = {}

local layout = publication.layout or {}

-- "Draft, 31 January 2026" as inlines; nothing where the document is none.
function M.note(fields)
  if not layout.draft then return nil end
  local date = fields.date and publication.date ~= "" and publication.long_date
  return pandoc.Span({ pandoc.Str(wording.draft .. (date and ", " .. date or "")) }).content
end

-- The word alone, for the mark behind the text.
function M.word() return layout.draft and wording.draft or nil end

-- A title as the file's properties have it.
function M.title(plain)
  return layout.draft and ("%s (%s)"):format(plain, wording.draft:lower()) or plain
end

return M
