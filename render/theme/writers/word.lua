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

-- A character style for each language, which the driver gives the language (publish/word/looks.cpp): Pandoc writes none for
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

local function styled(blocks, style) return pandoc.Div(blocks, pandoc.Attr("", {}, { { "custom-style", style } })) end

-- ----------------------------------------------------------------------------------------------------------- equations

-- A row of three cells: what is displayed stands in the middle of the text, its number at the right margin, both at one
-- height. Word sets as displayed what has a paragraph to itself.
local function cell(percent) return ('<w:tc><w:tcPr><w:tcW w:w="%d" w:type="pct"/><w:vAlign w:val="center"/></w:tcPr>'):format(percent * 50) end

local row_begins = '<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/></w:tblPr>'
  .. '<w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="8000"/><w:gridCol w:w="1000"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>'
  .. cell(10) .. "<w:p/></w:tc>" .. cell(80)
local row_ends = "</w:tc></w:tr></w:tbl>"

local function equation(id, number, math)
  local shown = pandoc.Span({ pandoc.Str("(" .. number .. ")") }, pandoc.Attr(id))
  return pandoc.Span({ math, shown }, pandoc.Attr("", { "equation" }))
end

local function is_equation(inline) return inline.t == "Span" and inline.classes:includes("equation") end

local function is_blank(inline) return inline.t == "Space" or inline.t == "SoftBreak" end

local function equation_row(span)
  local function raw(xml) return pandoc.RawBlock("openxml", xml) end
  return { raw(row_begins), styled({ pandoc.Para({ span.content[1] }) }, "Equation"), raw("</w:tc>" .. cell(10)),
    styled({ pandoc.Para({ span.content[2] }) }, "Equation Number"), raw(row_ends) }
end

-- A paragraph as the pieces of text before, between and after its equations, and these as rows.
local function with_equations_apart(block)
  if not block.content:find_if(is_equation) then return nil end
  local blocks, text = pandoc.List(), pandoc.List()
  local function end_text()
    while #text > 0 and is_blank(text[#text]) do text:remove() end
    if #text > 0 then blocks:insert(pandoc.Para(text)) end
    text = pandoc.List()
  end
  for _, inline in ipairs(block.content) do
    if is_equation(inline) then
      end_text()
      blocks:extend(equation_row(inline))
    elseif #text > 0 or not is_blank(inline) then
      text:insert(inline)
    end
  end
  end_text()
  return blocks
end

local function finished(blocks)
  local document = pandoc.Div(blocks):walk({ Para = with_equations_apart, Plain = with_equations_apart }):walk(in_languages)
  return columns.in_rows(document.content, row_of_columns)
end

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
  equation = equation,
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
