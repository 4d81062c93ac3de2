-- The files of the text's pictures. Only those that the driver has looked at are read: Pandoc would read any, and fetch
-- others from the network.
local publication = require("filter.publication")
local messages = require("filter.messages")

local M = {}

-- The computed figures' own files, which the driver has put in place.
local drawings = {}
for _, figure in ipairs(publication.figures) do drawings[figure.picture] = true end

function M.is_drawing(source) return drawings[source] ~= nil end

local function unescaped(source)
  return (source:gsub("%%(%x%x)", function(code) return string.char(tonumber(code, 16)) end))
end

-- The picture as the format takes it (publish/images/images.hpp): its file, and its width in millimetres.
function M.of(source) return publication.pictures[unescaped(source)] or publication.pictures[source] end

-- A picture's bytes, and its kind: "png".
function M.read(source)
  local picture = M.of(source)
  local file = picture and io.open(picture.file, "rb")
  local bytes = file and file:read("a")
  if not bytes then
    messages.fail("the picture " .. unescaped(source) .. " cannot be read, or is not one that a chapter may show")
  end
  file:close()
  return bytes, picture.file:match("%.(%w+)$")
end

-- Puts a picture where Pandoc and LaTeX find it; gives its name, which does not depend on where the chapters lie.
function M.store(bytes, kind)
  local name = "pictures/" .. pandoc.utils.sha1(bytes) .. "." .. kind
  local file = assert(io.open(publication.folder .. "/" .. name, "wb"))
  file:write(bytes)
  file:close()
  return name
end

return M
