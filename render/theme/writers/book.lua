-- The book: EPUB, whose chapters are files of XHTML.
local cleaning = require("filter.cleaning").keeping({ html = true, xml = true })
local formula = require("filter.formula")
local lists = require("filter.lists")
local mathematics = require("filter.mathematics")
local metadata = require("filter.metadata")
local quotation = require("filter.quotation")
local markup = require("filter.markup")
local shared = require("filter.shared")
local spoken = require("filter.spoken")
local wording = require("filter.wording")

-- The tables of contents of readers show letters only.
local function formula_for_readers(math)
  return pandoc.Span({ math }, pandoc.Attr("", { "formula" }, { { "data-text", formula.text(math.text) } }))
end

local function heading(element)
  element = shared.without_claim_marks(element)
  return formula.in_heading(element, formula_for_readers) or element
end

-- What is read aloud of a formula, which the driver makes its alternative text (publish/book/epub.cpp). Those of headings have
-- a text already.
local with_spoken_formulas = {
  traverse = "topdown",
  Header = function(heading) return heading, false end,
  Span = function(span)
    if span.classes:includes("formula") then return span, false end
  end,
  Math = function(math)
    return pandoc.Span({ math }, pandoc.Attr("", { "said" }, { { "data-text", spoken.text(math.text) } })), false
  end,
}

local function finished(blocks, fields)
  fields.abstract = fields.abstract and metadata.walked(fields.abstract, with_spoken_formulas)
  return pandoc.Div(blocks):walk(with_spoken_formulas).content
end

-- ------------------------------------------------------------------------------------------------------------ metadata

-- A book is the same book as long as it is called the same: a name-based identifier of RFC 4122 (version 5).
local function identifier_of(title, authors)
  local names = { title }
  for _, author in ipairs(authors or {}) do names[#names + 1] = formula.plain(author) end
  local hash = pandoc.utils.sha1(table.concat(names, "\n"))
  local variant = ("%x"):format(tonumber(hash:sub(17, 17), 16) & 3 | 8)
  return ("urn:uuid:%s-%s-5%s-%s%s-%s"):format(hash:sub(1, 8), hash:sub(9, 12), hash:sub(14, 16), variant, hash:sub(18, 20), hash:sub(21, 32))
end

-- A book's title page is a file of its own, which holds no notes and to which nothing else in the book is beside: notes
-- of a title, and what readers must know first, become lines below it, and the abstract, which may hold anything, becomes the first chapter.
local function set_title_page(fields, blocks)
  local notes = pandoc.List(fields["head-notes"] or {}):clone()
  local function line_of(inlines)
    return inlines:walk({
      Note = function(note)
        notes:insert(pandoc.Span(pandoc.utils.blocks_to_inlines(note.content)).content)
        return {}
      end,
      Link = function(link) if link.target:match("^#") then return link.content end end,
      Math = formula_for_readers,
    })
  end
  for _, key in ipairs({ "title", "subtitle" }) do
    if fields[key] then fields[key] = line_of(fields[key]) end
  end
  for _, key in ipairs({ "author", "bylines", "affiliations", "contacts" }) do
    if fields[key] then fields[key] = fields[key]:map(line_of) end
  end
  if #notes > 0 then fields.contacts = (fields.contacts or pandoc.List()) .. notes end
  if not fields.abstract then return end
  local title = fields["abstract-title"] or markup.words(wording.abstract)
  blocks:insert(1, pandoc.Header(1, title, pandoc.Attr("abstract", { "unnumbered" })))
  blocks:insert(2, pandoc.Div(fields.abstract, pandoc.Attr("", { "abstract" })))
  fields.abstract = nil
end

local function book_metadata(fields, blocks)
  local title, authors = metadata.set_properties(fields, blocks, metadata.plain_property)
  metadata.set_authors(fields)
  fields.lang = fields.lang or "en"
  fields.title = title and title:clone() or markup.words(wording.report)
  fields["toc-title"] = fields["toc-title"] or fields.pagetitle
  set_title_page(fields, blocks)
  fields.identifier = fields.identifier or identifier_of(fields.pagetitle, authors)
  return fields
end

-- ------------------------------------------------------------------------------------------------------------- figures

local function computed_figure(figure, caption, directive)
  return shared.html_figure(figure.id, "picture", { shared.drawing(figure, directive) }, caption)
end

-- What may scroll can be reached by the keyboard.
local function equation(id, number, math)
  local span = shared.equation(id, number, math)
  span.attributes.tabindex, span.attributes.role = "0", "group"
  return span
end

return {
  clean = cleaning.blocks,
  prepared = shared.as_it_is,
  placed = shared.placed(shared.nothing, shared.as_it_is),
  finished = finished,
  quotation_marks = quotation.filters,
  metadata = book_metadata,
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
  picture_figure = shared.html_picture_figure,
  sets_all_captions = false,
  unmark = shared.unmark,
  picture = shared.picture(shared.put_into_file),

  math = mathematics.known_to_pandoc,
  heading = heading,
  ordered_list = lists.with_parentheses,
}
