-- Puts figures, values and claims into Pandoc's document, numbers what bears an ID, and turns @fig:, @sec:, @eq: and
-- @tbl: into links. Each idea has a file in filter/, each format one in writers/; this is their order. Pandoc 2.17 and
-- later.
package.path = (PANDOC_SCRIPT_FILE:match("^(.*)/[^/]*$") or ".") .. "/?.lua"  -- the theme's own modules, and no others

local publication = require("filter.publication")
local appendices = require("filter.appendices")
local bibliography = require("filter.bibliography")
local contents_lists = require("filter.contents_lists")
local equations = require("filter.equations")
local figures = require("filter.figures")
local macros = require("filter.macros")
local made_tables = require("filter.made_tables")
local metadata = require("filter.metadata")
local noted_figures = require("filter.noted_figures")
local numbering = require("filter.numbering")
local pictures = require("filter.pictures")
local references = require("filter.references")
local statements = require("filter.statements")
local tables = require("filter.tables")
local theme_folder = require("filter.theme")
local units = require("filter.units")
local writer = require("filter.writer")

local text_width = publication.text_width or 150  -- millimetres

-- "02.md#results" leads to a section of this document.
local function replace_link(link)
  local id = publication.links[(link.target:gsub("%%(%x%x)", function(code) return string.char(tonumber(code, 16)) end))]
  if not id then return nil end
  link.target = "#" .. id
  return link
end

-- All replacements, in captions as in the text.
local replace = {
  Link = replace_link,
  Cite = references.replace,
  Para = equations.replace,
  Plain = equations.replace,
  Span = function(span) return equations.replace_span(span) or statements.replace_claim(span) end,
  Code = statements.replace_value,
  Table = tables.replace,
  Image = writer.picture,
  Math = writer.math,
  Header = writer.heading,
  OrderedList = writer.ordered_list,
}
function replace.CodeBlock(code) return figures.replace(code, replace) end

local divisions = { Div = function(div) return tables.replace_division(div) or pictures.replace_figure(div) end }

-- A report that has a date gets the build's, which SOURCE_DATE_EPOCH may have set.
local function set_date(meta)
  if not (meta.date and publication.date) or publication.date == "" then return end
  meta["date-iso"] = publication.date
  meta.date = publication.long_date
end

local citation_style = publication.citation_style or theme_folder .. "/report.csl"

local function metadata_of(document, fields)
  local meta = writer.metadata(fields, document.blocks, document.meta)
  if publication.bibliography then meta.bibliography = publication.bibliography end
  if meta.bibliography or fields.references then
    meta.csl = citation_style
    if meta["link-citations"] == nil then meta["link-citations"] = true end
  end
  set_date(meta)
  writer.sources(meta)
  return meta
end

-- The text of the document and the texts of its metadata, each as `filter` makes it.
local function walk_all(document, fields, filter)
  document.blocks = pandoc.Div(document.blocks):walk(filter).content
  for key, value in pairs(fields) do fields[key] = metadata.walked(value, filter) end
end

local function read(blocks) return writer.clean(statements.prepared(blocks)) end

-- Units alone are not the place for what stands once in a document.
local function begin(document)
  document.blocks = units.begun(document.blocks)
  if not units.are_alone then metadata.use_macros(document.blocks) end
  local fields = metadata.read(units.fields(publication.metadata), read)
  -- Captions know the macros that the text has defined before them.
  macros.remember(document.blocks, function(code) return figures.of_block(code) or made_tables.of_block(code) end)
  local blocks = pictures.with_figures(read(made_tables.put_in(document.blocks)))
  document.blocks = writer.prepared(noted_figures.set_after(blocks))
  local has_sources = publication.bibliography or fields.references
  if has_sources and not units.are_alone then bibliography.place(document.blocks, fields) end
  return fields
end

local function count(document, fields)
  units.count(document.blocks)
  if not units.are_alone then
    for _, field in ipairs(publication.metadata) do
      fields[field.key] = metadata.walked(fields[field.key], statements.counter)
    end
  end
  document.blocks = units.each(contents_lists.taken_out(document.blocks), function(blocks, number)
    units.note_claims(number)
    return figures.number_claims(blocks)
  end)
  units.compare(document.blocks)
end

local function append_lists(document)
  document.blocks:extend(appendices.claims())
  document.blocks:extend(appendices.figures())
end

function Pandoc(document)
  local fields = begin(document)
  count(document, fields)
  if not units.are_alone then append_lists(document) end

  numbering.prepare_titles(function(title)
    return statements.repeated(title):walk({ Code = statements.replace_value })
  end)
  units.write_down()

  if not units.are_alone then document.blocks = contents_lists.put(document.blocks, fields) end
  document.blocks = pandoc.Div(writer.placed(document.blocks, text_width)):walk(divisions).content
  walk_all(document, fields, replace)
  statements.require_all(units.required())

  for _, marks in ipairs(writer.quotation_marks(fields.lang or "en") or {}) do walk_all(document, fields, marks) end
  document.blocks = writer.finished(numbering.letter_headings(document.blocks, writer.appendix_heading), fields)
  document.blocks = units.finished(document.blocks)
  document.meta = units.are_alone and units.metadata(fields, citation_style) or metadata_of(document, fields)
  return document
end
