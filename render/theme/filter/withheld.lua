-- A document whose own code was not run says at its head what is therefore not in it.
local publication = require("filter.publication")
local markup = require("filter.markup")
local wording = require("filter.wording")

local M = {}

local layout = publication.layout or {}

-- Inlines; nothing where all that the text speaks of is there.
function M.note() return layout.withheld and markup.words(wording.withheld) or nil end

return M
