-- The print: LaTeX with the commands and environments of report.latex.
local publication = require("filter.publication")
local cleaning = require("filter.cleaning").keeping({ latex = true })
local columns = require("filter.columns")
local formula = require("filter.formula")
local indexes = require("filter.indexes")
local inner_headings = require("filter.inner_headings")
local markup = require("filter.markup")
local metadata = require("filter.metadata")
local quotation = require("filter.quotation")
local shared = require("filter.shared")
local wording = require("filter.wording")
local displays = require("filter.print.displays")
local languages = require("filter.print.languages")
local pictures = require("filter.print.pictures")
local settable = require("filter.print.settable")
local tags = require("filter.print.tags")
local xmp = require("filter.print.xmp")

local tex, tex_block = markup.tex, markup.tex_block

-- ------------------------------------------------------------------------------------------------------ the whole text

local function prepared(blocks) return displays.joined(inner_headings.unnumbered(blocks)) end

-- A table that pages can break does not stand in a column, but a small one does.
local function row_of_columns(row, share)
  local numbers = {}
  for at in ipairs(row) do numbers[at] = tostring(at) end
  local blocks = pandoc.List({ tex_block(("\\begin{reportcolumns}{%s}"):format(table.concat(numbers, ","))) })
  for at, column in ipairs(row) do
    blocks:insert(tex_block(("\\begin{reportcolumn}{%.4f}{%d}{%d}"):format(share(column), #row - 1, at)))
    blocks:extend(pandoc.Div(column.content):walk({ Table = settable.small_table }).content)
    blocks:insert(tex_block("\\end{reportcolumn}"))
  end
  blocks:insert(tex_block("\\end{reportcolumns}"))
  return blocks
end

local function set_in_print(blocks) return settable.settable(pandoc.Div(blocks):walk(languages.turned).content) end

local function finished(blocks, fields)
  blocks = columns.in_rows(set_in_print(tags.mark(blocks, fields)), row_of_columns)
  for key, value in pairs(fields) do fields[key] = metadata.blockwise(value, set_in_print) end
  return blocks
end

-- Pandoc would write quotation marks of LaTeX.
local function property(text) return pandoc.Span({ tex(markup.tex_text(text)) }).content end

-- What the template makes of the layout. Of the levels in the contents LaTeX counts those below the first.
local function set_layout(fields)
  local layout = publication.layout
  fields.paper, fields.article = layout.paper, layout.article
  fields["numbers-lines"] = layout.numbers_lines
  local levels = layout.levels or 2
  fields.tocdepth = tostring(layout.article and levels or levels - 1)
  if layout.link_colour ~= "" then fields["link-colour"] = layout.link_colour:gsub("#", ""):upper() end
  if layout.typefaces ~= "" then fields.typefaces = pandoc.Span({ tex(layout.typefaces) }).content end
end

local function print_metadata(fields, blocks)
  local facts = indexes.facts(fields, publication.date)
  metadata.set_properties(fields, blocks, property)
  set_layout(fields)
  facts.title = facts.title or fields.pagetitle
  fields.structure = pandoc.Div({ tex_block(tags.structure()) }).content
  fields.xmp = pandoc.Span({ tex(xmp.commands(facts)) }).content
  metadata.set_authors(fields)
  fields.words = wording.all()
  local language = languages.of_document(fields.lang)
  fields["report-language"] = language and pandoc.Span({ tex(language) }).content
  return fields
end

-- -------------------------------------------------------------------------------------- what bears a number, and links

local function link(id, kind, inlines)
  local command = kind:match("^[sca]") and "\\hyperref[" .. id .. "]" or "\\hyperlink{" .. id .. "}"
  local result = pandoc.List({ tex("\\protect" .. command .. "{") })
  result:extend(inlines)
  result:insert(tex("}"))
  return result
end

-- LaTeX counts by itself, from here on in letters.
local function appendix_heading(heading, _, is_first)
  return is_first and { tex_block("\\appendix"), heading } or { heading }
end

local function contents_lists(lists, blocks, fields)
  fields["contents-lists"] = lists:map(function(list)
    local lines, group = pandoc.List(), tags.contents_list()
    for _, line in ipairs(list.lines) do
      local inlines = pandoc.List({ tex("\\reportlistline{" .. line.id .. "}{") })
      inlines:extend(line.inlines)
      inlines:insert(tex(("}{%d}"):format(group)))
      lines:insert(pandoc.Plain(inlines))
    end
    return { title = list.title, group = tostring(group), lines = pandoc.Div(lines).content }
  end)
  return blocks
end

local function caption_label(name) return { name, tex("\\hspace{0.3em}") } end

local function equation(id, number, math)
  math.text = "\\hypertarget{" .. id .. "}{}" .. math.text .. "\\tag{" .. number .. "}"
  return math
end

local function anchor(id) return tex_block("\\reportanchor{" .. id .. "}") end

local function numbered_table(table, id) return { anchor(id), table } end

local function table_division(division)
  local blocks = pandoc.List({ anchor(division.identifier) })
  blocks:extend(division.content)
  return blocks
end

-- ---------------------------------------------------------------------------------------------------- values and claims

local function claim(number, _, inlines)
  inlines:insert(tex("\\protect\\claimmark{" .. number .. "}"))
  return inlines
end

local function claim_entry(number, place, words, facts)
  local inlines = pandoc.List({ tex(("\\claimentry{%d}"):format(number)) })
  inlines:extend(words)
  inlines:insert(tex("\\claimfacts "))
  inlines:extend(facts)
  inlines:extend({ pandoc.Str(","), pandoc.Space(), tex(("\\claimpage{%d}"):format(number)), pandoc.Str(","), pandoc.Space(),
    pandoc.Str((place:gsub("^.*/", ""))) })
  return pandoc.Plain(inlines)
end

-- The entries, between the ends of the list.
local function report_list(entries)
  local blocks = pandoc.List({ tex_block("\\begin{reportlist}") })
  blocks:insert(tags.division("L", entries:map(function(entry) return tags.division("LI", { entry }) end)))
  blocks:insert(tex_block("\\end{reportlist}"))
  return blocks
end

local function claims_list(entries, described)
  local blocks = pandoc.List()
  for number, entry in ipairs(entries) do blocks:insert(claim_entry(number, entry.claim.place, described(entry))) end
  return report_list(blocks)
end

local function figures_list(figures)
  local blocks = pandoc.List()
  for _, figure in ipairs(figures) do
    local inlines = pandoc.List({ tex("\\item[] ") })
    inlines:insert(pandoc.Cite({}, { pandoc.Citation(figure.id, "AuthorInText") }))
    inlines:extend({ pandoc.Str(":"), pandoc.Space() })
    inlines:extend(markup.pieces(figure.settings))
    inlines:extend({ pandoc.Space(), pandoc.Code(figure.rerun) })
    blocks:insert(pandoc.Plain(inlines))
  end
  return report_list(blocks)
end

-- --------------------------------------------------------------------------------------------------------- mathematics

-- Bookmarks show letters only.
local function formula_in_heading(math)
  local left, right = "\\(", "\\)"
  return tags.moving_formula(left .. math.text .. right, math.text, formula.text(math.text))
end

local function heading(element) return formula.in_heading(element, formula_in_heading) end

return {
  clean = cleaning.blocks,
  prepared = prepared,
  placed = shared.placed(pictures.fitted, pictures.of_share),
  finished = finished,
  quotation_marks = quotation.filters,
  metadata = print_metadata,
  sources = cleaning.sources,

  link = link,
  appendix_heading = appendix_heading,
  contents_lists = contents_lists,
  caption_label = caption_label,
  equation = equation,
  numbered_table = numbered_table,
  table_division = table_division,

  value = shared.value,
  claim = claim,
  claims_list = claims_list,
  figures_list = figures_list,

  computed_figure = pictures.computed_figure,
  picture_figure = pictures.picture_figure,
  sets_all_captions = true,
  unmark = shared.unmark,
  picture = shared.picture(pictures.picture),

  math = shared.nothing,
  heading = heading,
  ordered_list = shared.nothing,
}
