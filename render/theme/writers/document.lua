-- Pandoc's own document, for other tools: it keeps all of the text, and gets numbers, links, values and figures.
local publication = require("filter.publication")
local figure_divisions = require("filter.figure_divisions")
local lengths = require("filter.lengths")
local shared = require("filter.shared")
local untrusted = require("filter.untrusted")

local function document_metadata(fields, _, pandocs)
  if publication.bibliography then untrusted.clean_citations(pandocs) end
  for key, value in pairs(fields) do pandocs[key] = value end
  return pandocs
end

-- ------------------------------------------------------------------------------------------------------------- figures

-- Pandoc's figures, where its document has them.
local function computed_figure(figure, caption)
  local width = { "width", lengths.write(math.min(figure.width, 160)) }
  if pandoc.Figure then
    local picture = pandoc.Image({ pandoc.Str(figure.alt) }, figure.png, "", pandoc.Attr("", {}, { width }))
    return pandoc.Figure({ pandoc.Plain({ picture }) }, { long = caption }, pandoc.Attr(figure.id))
  end
  -- A list of pairs: a table of Lua's would give its attributes in another order each time.
  local attributes = pandoc.Attr("", {}, { { "alt", figure.alt }, width })
  local line = pandoc.utils.blocks_to_inlines(caption, { pandoc.LineBreak() })
  return pandoc.Div({ pandoc.Para({ pandoc.Image(line, figure.png, "fig:", attributes) }) }, pandoc.Attr(figure.id))
end

local function picture_figure(division, content, caption)
  local attributes = figure_divisions.attributes_of(division)
  if pandoc.Figure then return pandoc.Figure(content, { long = caption }, attributes) end
  local image = #content == 1 and figure_divisions.only_picture(content[1])
  if image then
    image.caption = pandoc.utils.blocks_to_inlines(caption, { pandoc.LineBreak() })
    image.title = "fig:" .. image.title
    return pandoc.Div({ pandoc.Para({ image }) }, attributes)
  end
  local blocks = pandoc.List(content)
  blocks:extend(caption)
  return pandoc.Div(blocks, attributes)
end

return {
  clean = shared.as_it_is,
  prepared = shared.as_it_is,
  placed = shared.as_it_is,
  finished = shared.as_it_is,
  quotation_marks = shared.nothing,
  metadata = document_metadata,
  sources = shared.nothing,

  link = shared.link,
  appendix_heading = shared.appendix_heading,
  contents_lists = shared.contents_chapters,
  caption_label = shared.caption_label,
  equation = shared.equation,
  numbered_table = shared.numbered_table,
  table_division = shared.as_it_is,

  value = shared.value,
  claim = shared.claim,
  claims_list = shared.nothing,
  figures_list = shared.nothing,

  computed_figure = computed_figure,
  picture_figure = picture_figure,
  sets_all_captions = false,
  unmark = shared.nothing,
  picture = shared.nothing,

  math = shared.nothing,
  heading = shared.nothing,
  ordered_list = shared.nothing,
}
