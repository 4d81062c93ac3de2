-- Pictures and figures as the print's own commands and environments take them (report.latex).
local picture_files = require("filter.picture_files")
local placing = require("filter.placing")
local lengths = require("filter.lengths")
local markup = require("filter.markup")
local tags = require("filter.print.tags")

local M = {}

-- ------------------------------------------------------------------------------------------------------------ pictures

-- In columns of a table that have no width of their own LaTeX has none to hold a picture against.
function M.fitted(image, room)
  local width = lengths.read(image.attributes.width)
  if not width or width <= room then return nil end
  local height = lengths.read(image.attributes.height)
  image.attributes.width = lengths.write(room)
  if height then image.attributes.height = lengths.write(height * room / width) end
  return image
end

-- A column without a width of its own is to LaTeX as wide as the text, of which a picture would take its share.
function M.of_share(contents, room)
  return pandoc.Div(contents):walk({ Image = function(image)
    local percent = lengths.per_cent(image.attributes.width)
    if not percent then return nil end
    image.attributes.width = lengths.write(percent / 100 * room)
    return image
  end }).content
end

local function tex_length(millimetres, fraction, whole)
  if fraction then return ("%.4g%s"):format(fraction, whole) end
  return millimetres and lengths.write(millimetres)
end

function M.picture(image, bytes, kind)
  local options = pandoc.List()
  local w, w_fraction = lengths.read(image.attributes.width)
  local h, h_fraction = lengths.read(image.attributes.height)
  local width = tex_length(w, w_fraction, "\\linewidth")
  local height = tex_length(h, h_fraction, "\\textheight")
  -- One of the two alone may enlarge a picture, up to what surrounds it.
  if width or height then
    options:extend({ "width=" .. (width or "\\linewidth"), "height=" .. (height or "\\textheight") })
  end
  if width and height then options:insert("keepaspectratio=false") end
  local alt = pandoc.utils.stringify(image.caption)
  options:insert("alt={" .. markup.tex_text(alt) .. "}")
  local label = image.identifier ~= "" and "\\hypertarget{" .. image.identifier .. "}{}" or ""
  local picture = ("\\includegraphics[%s]{%s}"):format(table.concat(options, ","), picture_files.store(bytes, kind))
  return tags.inline_picture(("%s\\reportfitted{%s}"):format(label, tags.picture(picture, alt)), alt)
end

-- ------------------------------------------------------------------------------------------------------------- figures

local function figure(environment, id, content, caption)
  local blocks = pandoc.List({ markup.tex_block(("\\begin{%s}{%s}"):format(environment, id)) })
  blocks:extend(content)
  if #caption > 0 then
    blocks:insert(markup.tex_block("\\figurecaption"))
    blocks:insert(tags.division("Caption", caption))
  end
  blocks:insert(markup.tex_block("\\end{" .. environment .. "}"))
  return { tags.division("figure", blocks, environment == "placedfigure" and { place = "text" } or nil) }
end

local function holds_table(blocks)
  local found = false
  pandoc.Div(blocks):walk({ Table = function() found = true end })
  return found
end

local function environment_of(division, content)
  if placing.is_placed(division) or holds_table(content) then return "placedfigure" end
  if division.classes:includes("full") then return "widepicture" end
  if division.classes:includes("margin") then return "marginpicture" end
  return "columnpicture"
end

function M.picture_figure(division, content, caption)
  return figure(environment_of(division, content), division.identifier, content, caption)
end

local environments = { full = "widefigure", column = "columnfigure", margin = "marginfigure" }

function M.computed_figure(computed, caption, directive)
  local width = math.min(computed.width, 175)
  local options = ("alt={%s}"):format(markup.tex_text(computed.alt))
  if placing.is_placed(directive) then
    local picture = ("\\includegraphics[width=\\ifdim%.4gmm>\\linewidth\\linewidth\\else%.4gmm\\fi,%s]{%s}")
      :format(width, width, options, computed.picture)
    local marked = tags.inline_picture(tags.picture(picture, computed.alt), computed.alt)
    return figure("placedfigure", computed.id, { pandoc.Plain({ marked }) }, caption)
  end
  local environment = environments[placing.place_of(computed.width)]
  local picture = ("\\includegraphics[width=%.4gmm,%s]{%s}"):format(width, options, computed.picture)
  local begin = ("\\begin{%s}{%s}{%s}"):format(environment, computed.id, tags.picture(picture, computed.alt))
  local blocks = { markup.tex_block(begin), tags.division("Caption", caption), markup.tex_block("\\end{" .. environment .. "}") }
  return { tags.division("figure", blocks, { alt = computed.alt }) }
end

return M
