-- The document for Word: Pandoc's own elements, in the styles that Word looks for.
local cleaning = require("filter.cleaning").keeping({})
local columns = require("filter.columns")
local figure_divisions = require("filter.figure_divisions")
local formula = require("filter.formula")
local inner_headings = require("filter.inner_headings")
local lengths = require("filter.lengths")
local markup = require("filter.markup")
local mathematics = require("filter.mathematics")
local metadata = require("filter.metadata")
local picture_files = require("filter.picture_files")
local quotation = require("filter.quotation")
local shared = require("filter.shared")
local wording = require("filter.wording")

-- Word knows columns of a page only, so that these become a table of one row without rules.
local function row_of_columns(row, share)
  local cells, widths, aligns = pandoc.List(), pandoc.List(), pandoc.List()
  for _, column in ipairs(row) do
    cells:insert(column.content)
    widths:insert(share(column))
    aligns:insert("AlignDefault")
  end
  return { pandoc.utils.from_simple_table(pandoc.SimpleTable({}, aligns, widths, {}, { cells })) }
end

-- A character style for each language, which the driver gives the language (word_looks.cpp): Pandoc writes none for
-- texts that say theirs.
local function in_language(inlines, tag)
  return pandoc.Span(inlines, pandoc.Attr("", {}, { { "custom-style", "Language " .. tag } }))
end

local in_languages = {
  Span = function(span)
    local tag = span.attributes.lang
    return tag and in_language({ span }, tag) or nil
  end,
  Div = function(division)
    local tag = division.attributes.lang
    if not tag then return nil end
    local function whole(block)
      block.content = { in_language(block.content, tag) }
      return block
    end
    return division:walk({ Para = whole, Plain = whole, Header = whole })
  end,
}

local function finished(blocks)
  return columns.in_rows(pandoc.Div(blocks):walk(in_languages).content, row_of_columns)
end

local function styled(blocks, style) return pandoc.Div(blocks, pandoc.Attr("", {}, { { "custom-style", style } })) end

-- ------------------------------------------------------------------------------------------------------------ metadata

local function xml_text(text) return (text:gsub("[&<>]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;" })) end

-- Word's writer makes a paragraph of each author and a property of all their plain text. What is raw is not in the latter.
local function author_paragraph(author)
  local inlines = author.name:clone()
  local function add(text)
    inlines:insert(pandoc.RawInline("openxml", '<w:r><w:br/></w:r><w:r><w:t xml:space="preserve">' .. xml_text(text) .. "</w:t></w:r>"))
  end
  for _, affiliation in ipairs(author.affiliations or {}) do add(formula.plain(affiliation)) end
  if author.email then add(author.email .. (author.corresponding and " (" .. wording.corresponding_author .. ")" or "")) end
  if author.orcid then add("ORCID " .. author.orcid) end
  return pandoc.Span(inlines).content
end

local function word_metadata(fields, blocks)
  metadata.set_properties(fields, blocks, metadata.plain_property)
  if fields.author then
    fields.author = fields.author:map(function(author) return author_paragraph(metadata.whole_author(author)) end)
  end
  fields.lang = fields.lang or "en"
  if fields["license-line"] then
    blocks:insert(1, styled({ pandoc.Para(fields["license-line"]) }, "Author"))
    fields["license-line"] = nil
  end
  if fields.logo then
    blocks:insert(1, styled({ pandoc.Para(fields.logo) }, "Author"))
    fields.logo = nil
  end
  fields["toc-title"] = fields["toc-title"] or markup.words(wording.contents)
  for at, note in ipairs(fields["head-notes"] or {}) do blocks:insert(at, pandoc.Para({ pandoc.Strong(note) })) end
  return fields
end

-- ------------------------------------------------------------------------------------------------- pictures and figures

-- Word's pictures are not wider than their places, and know no per cents.
local function fitted(image, room)
  local picture = picture_files.of(image.src)
  local width, fraction = lengths.read(image.attributes.width)
  if fraction then width = fraction * room end
  if not width and not image.attributes.height and picture and picture.width > room then width = room end
  if not width then return nil end
  image.attributes.width = lengths.write(math.min(width, room))
  local _, of_height = lengths.read(image.attributes.height)
  if of_height then image.attributes.height = nil end
  return image
end

-- Paragraphs in the styles that Word's own lists of figures look for.
local function figure_of(id, content, caption)
  local parts = pandoc.List()
  for _, block in ipairs(content) do
    parts:insert(figure_divisions.only_picture(block) and styled({ pandoc.Para(block.content) }, "Captioned Figure") or block)
  end
  if #caption > 0 then parts:insert(styled(caption, "Image Caption")) end
  return pandoc.Div(parts, pandoc.Attr(id))
end

local function computed_figure(figure, caption, directive)
  return figure_of(figure.id, { shared.drawing(figure, directive) }, caption)
end

local function picture_figure(division, content, caption) return figure_of(division.identifier, content, caption) end

return {
  clean = cleaning.blocks,
  prepared = inner_headings.unnumbered,
  placed = shared.placed(fitted, shared.as_it_is),
  finished = finished,
  quotation_marks = quotation.filters,
  metadata = word_metadata,
  sources = cleaning.sources,

  link = shared.link,
  appendix_heading = shared.appendix_heading,
  contents_lists = shared.contents_chapters,
  caption_label = shared.caption_label,
  equation = shared.equation,
  numbered_table = shared.numbered_table,
  table_division = shared.as_it_is,

  value = shared.value,
  claim = shared.marked_claim,
  claims_list = shared.claims_list,
  figures_list = shared.figures_list,

  computed_figure = computed_figure,
  picture_figure = picture_figure,
  -- Pandoc writes no description beside a caption.
  sets_all_captions = true,
  unmark = shared.unmark,
  picture = shared.picture(shared.put_into_file),

  math = mathematics.known_to_pandoc,
  heading = shared.without_claim_marks,
  ordered_list = shared.nothing,
}
