-- The page: HTML that holds its figures, its pictures and what can be read off them.
local publication = require("filter.publication")
local cleaning = require("filter.cleaning").keeping({ html = true })
local indexes = require("filter.indexes")
local lists = require("filter.lists")
local markup = require("filter.markup")
local mathematics = require("filter.mathematics")
local metadata = require("filter.metadata")
local placing = require("filter.placing")
local quotation = require("filter.quotation")
local shared = require("filter.shared")
local wording = require("filter.wording")

local html, html_block, html_text = markup.html, markup.html_block, markup.html_text

local function page_metadata(fields, blocks)
  local tags = indexes.tags(indexes.facts(fields, publication.date))
  metadata.set_properties(fields, blocks, metadata.plain_property)
  metadata.set_authors(fields)
  fields.words = wording.all()
  fields["index-tags"] = tags and pandoc.Span({ html(tags) }).content
  return fields
end

-- Below the contents, where the template has them.
local function contents_lists(lists, blocks, fields)
  fields["contents-lists"] = lists:map(function(list)
    return { id = list.id, title = list.title, lines = pandoc.Div({ shared.bullets(list.lines) }).content }
  end)
  return blocks
end

local function equation(id, number, math)
  local body = pandoc.Span({ math }, pandoc.Attr("", { "equation-body" }))
  return pandoc.Span({ body, shared.equation_number(number) }, pandoc.Attr(id, { "equation" }))
end

-- ---------------------------------------------------------------------------------------------------- values and claims

local function value(inlines, expression)
  return pandoc.Span(inlines, pandoc.Attr("", { "value" }, { title = expression }))
end

-- A quiet mark leads to the claim's entry in the list; the page's script opens the entry's facts beside the text.
local function claim(number, holds, inlines)
  local verdict = holds and "holds" or "fails"
  local name = wording.filled(holds and "claim_mark_holds" or "claim_mark_fails", { number = number })
  local mark = ('<a class="claim-mark" id="claim-%s-mark" href="#claim-%s" aria-label="%s">%s</a>')
    :format(number, number, html_text(name), holds and "✓" or "✗")
  local result = pandoc.List({ html('<span class="claim ' .. verdict .. '">') })
  result:extend(inlines)
  result:insert(html(mark .. "</span>"))
  return result
end

local function claims_list(entries, described)
  local items = pandoc.List()
  for number, entry in ipairs(entries) do
    local words, facts = described(entry)
    local inlines = pandoc.List({ html(('<span id="claim-%d"></span>'):format(number)) })
    inlines:extend(words)
    inlines:insert(html((' <a class="claim-back" href="#claim-%d-mark" aria-label="%s">↩</a><span class="claim-facts">')
      :format(number, html_text(wording.filled("claim_back", { number = number })))))
    inlines:extend(facts)
    inlines:insert(html(('<span class="claim-place">%s</span></span>'):format(html_text(entry.claim.place))))
    items:insert({ pandoc.Plain(inlines) })
  end
  return { pandoc.Div({ pandoc.OrderedList(items) }, pandoc.Attr("", { "claims" })) }
end

-- ------------------------------------------------------------------------------------------------------------- figures

local function fact_rows(figure)
  local rows = {}
  for _, fact in ipairs(figure.facts) do
    rows[#rows + 1] = ("<div><dt>%s</dt><dd>%s</dd></div>"):format(html_text(fact[1]), html_text(fact[2]))
  end
  return table.concat(rows, "\n")
end

local function data_links(figure)
  local links = {}
  local function add(href, name)
    if href ~= "" then links[#links + 1] = ('<a href="%s">%s</a>'):format(html_text(href), name) end
  end
  add(figure.csv, "CSV")
  add(figure.json, "JSON")
  add(figure.png, "PNG")
  return table.concat(links, ", ")
end

local function figure_details(figure)
  local links = data_links(figure)
  local parts = { '<div class="more">\n<details class="made">\n<summary>' .. html_text(wording.figure_made)
    .. "</summary>\n<dl>\n" .. fact_rows(figure) }
  if links ~= "" then parts[#parts + 1] = "<div><dt>" .. html_text(wording.files) .. "</dt><dd>" .. links .. "</dd></div>" end
  if figure.rerun ~= "" then
    parts[#parts + 1] = "<div><dt>" .. html_text(wording.rerun) .. "</dt><dd><code>" .. html_text(figure.rerun) .. "</code></dd></div>"
  end
  parts[#parts + 1] = "</dl>\n</details>\n</div>"
  return table.concat(parts, "\n")
end

local function computed_figure(figure, caption, directive)
  local place = placing.is_placed(directive) and "column" or placing.place_of(figure.width)
  local head = ('<figure id="%s" class="%s" style="--width: %.4g">\n<div class="graphic"><div class="canvas">\n%s\n</div></div>')
    :format(figure.id, place, figure.width, figure.picture)
  if figure.reading ~= "" then
    head = head .. '\n<script type="application/gzip" class="reading">' .. figure.reading .. "</script>"
  end
  if figure.live ~= "" then
    head = head .. '\n<script type="application/json" class="live">' .. figure.live .. "</script>"
  end
  local blocks = pandoc.List({ html_block(head .. "\n<figcaption>") })
  blocks:extend(caption)
  blocks:insert(html_block(figure_details(figure) .. "\n</figcaption>\n</figure>"))
  return blocks
end

-- ------------------------------------------------------------------------------------------------------------ pictures

local base64_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

local function base64(bytes)
  local parts = {}
  for at = 1, #bytes, 3 do
    local a, b, c = bytes:byte(at, at + 2)
    local bits = a << 16 | (b or 0) << 8 | (c or 0)
    local function letter(shift)
      local index = (bits >> shift & 63) + 1
      return base64_letters:sub(index, index)
    end
    parts[#parts + 1] = letter(18) .. letter(12) .. (b and letter(6) or "=") .. (c and letter(0) or "=")
  end
  return table.concat(parts)
end

local picture_types = {
  gif = "image/gif", jpg = "image/jpeg", pdf = "application/pdf", png = "image/png", svg = "image/svg+xml", webp = "image/webp",
}

local function put_into_page(image, bytes, kind)
  image.src = "data:" .. picture_types[kind] .. ";base64," .. base64(bytes)
  return image
end

return {
  clean = cleaning.blocks,
  prepared = shared.as_it_is,
  placed = shared.placed(shared.nothing, shared.as_it_is),
  finished = shared.as_it_is,
  quotation_marks = quotation.filters,
  metadata = page_metadata,
  sources = cleaning.sources,

  link = shared.link,
  appendix_heading = shared.appendix_heading,
  contents_lists = contents_lists,
  caption_label = shared.caption_label,
  equation = equation,
  numbered_table = shared.numbered_table,
  table_division = shared.as_it_is,

  value = value,
  claim = claim,
  claims_list = claims_list,
  figures_list = shared.nothing,

  computed_figure = computed_figure,
  picture_figure = shared.html_picture_figure,
  sets_all_captions = false,
  unmark = shared.unmark,
  picture = shared.picture(put_into_page),

  math = mathematics.known_to_pandoc,
  heading = shared.nothing,
  ordered_list = lists.with_parentheses,
}
