-- The words of the theme in the document's language: wording.figure. The driver hands them over (render/theme/words/ has
-- them); alone, as tests run it, the filter speaks English.
local publication = require("filter.publication")
local theme_folder = require("filter.theme")

local function english()
  local words = {}
  for line in io.lines(theme_folder .. "/words/en.txt") do
    local key, text = line:match("^([%w_]+): (.*)$")
    if key then words[key] = text end
  end
  return words
end

local words = publication.words or english()

local M = {}

-- Words with what is filled in by name.
function M.filled(key, parts)
  return (M[key]:gsub("{(%w+)}", function(name) return assert(parts[name], name) end))
end

-- What stands before and after the one thing that is filled in, where that is no text.
function M.around(key) return M[key]:match("^(.-){%w+}(.*)$") end

-- Those that templates name.
function M.all() return words end

return setmetatable(M, { __index = function(_, key) return words[key] or error("there are no words '" .. key .. "'") end })
