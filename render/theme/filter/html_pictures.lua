-- <img> is a picture of the text like any other. The driver has looked at those that stand in the text; one in code
-- marked {=html} is the page's affair.
local picture_files = require("filter.picture_files")

local M = {}

local function picture(raw)
  if not raw.format:match("^html") or not raw.text:match("^<[iI][mM][gG]%s[^>]*>$") then return nil end
  local read = pandoc.read(raw.text, "html").blocks[1]
  local image = read and read.content and read.content[1]
  if not image or image.t ~= "Image" or not picture_files.of(image.src) then return nil end
  for _, name in ipairs({ "width", "height" }) do
    local length = (";" .. (image.attributes.style or "")):match("[;%s]" .. name .. "%s*:%s*([%d.]+%s*[%a%%]+)")
    if length then image.attributes[name] = length:gsub("%s", "") end
  end
  image.attributes.style = nil
  return image
end

function M.read(blocks)
  return pandoc.Div(blocks):walk({ RawInline = picture, RawBlock = function(raw)
    local image = picture(raw)
    return image and pandoc.Plain({ image })
  end }).content
end

return M
