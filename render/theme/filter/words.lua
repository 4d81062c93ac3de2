-- Lists of words.
local M = {}

-- The words of a text as the keys of a table.
function M.set(text)
  local members = {}
  for word in text:gmatch("%S+") do members[word] = true end
  return members
end

return M
