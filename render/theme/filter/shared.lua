-- What several formats are written alike, of which each writer takes what holds for its format.
local lengths = require("filter.lengths")
local markup = require("filter.markup")
local picture_files = require("filter.picture_files")
local placing = require("filter.placing")

local M = {}

-- ---------------------------------------------------------------------------------------------- what needs no change

function M.as_it_is(it) return it end
function M.nothing() return nil end

-- ------------------------------------------------------------------------------------------ references and what they find

function M.link(id, _, inlines) return { pandoc.Link(inlines, "#" .. id, "", pandoc.Attr("", { "reference" })) } end

function M.equation_number(number)
  return pandoc.Span({ pandoc.Str("(" .. number .. ")") }, pandoc.Attr("", { "equation-number" }))
end

function M.equation(id, number, math)
  return pandoc.Span({ math, pandoc.Space(), M.equation_number(number) }, pandoc.Attr(id, { "equation" }))
end

function M.caption_label(name) return { name } end

-- Pandoc's writers take a number that a heading has already for its own.
function M.appendix_heading(heading, number)
  heading.attributes.number = number
  return { heading }
end

-- Lists of figures and tables as chapters before all others.
function M.contents_chapters(lists, blocks)
  local result = pandoc.List()
  for _, list in ipairs(lists) do
    result:insert(pandoc.Header(1, { pandoc.Str(list.title) }, pandoc.Attr(list.id, { "unnumbered" })))
    result:insert(M.bullets(list.lines))
  end
  result:extend(blocks)
  return result
end

function M.bullets(lines)
  local items = pandoc.List()
  for _, line in ipairs(lines) do items:insert({ pandoc.Plain(line.inlines) }) end
  return pandoc.BulletList(items)
end

function M.numbered_table(table, id) return pandoc.Div({ table }, pandoc.Attr(id, { "numbered-table" })) end

-- ----------------------------------------------------------------------------------------------------------- statements

function M.value(inlines) return inlines end
function M.claim(_, _, inlines) return inlines end

-- A claim with a small mark that leads to its entry in the list at the end, from which the entry's number leads back.
function M.marked_claim(number, _, inlines)
  local mark = pandoc.Link({ pandoc.Str("✓" .. number) }, "#claim-entry-" .. number)
  inlines:insert(pandoc.Span({ pandoc.Superscript({ mark }) }, pandoc.Attr("claim-" .. number, { "claim-mark" })))
  return inlines
end

-- Headings stand in contents, whose entries are links already.
function M.without_claim_marks(heading)
  return heading:walk({ Span = function(span) if span.classes:includes("claim-mark") then return {} end end })
end

function M.claims_list(entries, described)
  local blocks = pandoc.List()
  for number, entry in ipairs(entries) do
    local words, facts = described(entry)
    local back = pandoc.Link({ pandoc.Str(tostring(number)) }, "#claim-" .. number)
    local inlines = pandoc.List({ pandoc.Span({ back }, pandoc.Attr("claim-entry-" .. number)), pandoc.Str("\u{2002}") })
    inlines:extend(words)
    inlines:insert(pandoc.LineBreak())
    inlines:extend(facts)
    inlines:extend({ pandoc.Str(","), pandoc.Space(), pandoc.Str((entry.claim.place:gsub("^.*/", ""))) })
    blocks:insert(pandoc.Para(inlines))
  end
  return blocks
end

function M.figures_list(figures)
  local blocks = pandoc.List()
  for _, figure in ipairs(figures) do
    local inlines = pandoc.List({ pandoc.Cite({}, { pandoc.Citation(figure.id, "AuthorInText") }), pandoc.Str(":"), pandoc.Space() })
    inlines:extend(markup.pieces(figure.settings))
    inlines:extend({ pandoc.Space(), pandoc.Code(figure.rerun) })
    blocks:insert(pandoc.Para(inlines))
  end
  return blocks
end

-- ------------------------------------------------------------------------------------------------- pictures and figures

-- In tables and tight lists Pandoc leaves its mark as a title that readers see.
function M.unmark(image) image.title = image.title:gsub("^fig:", "") end

-- Pictures of the text with their descriptions, each put in place by `put(image, bytes, kind)`.
function M.picture(put)
  return function(image)
    local alt = image.attributes.alt
    if alt and not image.title:match("^fig:") then
      image.caption = pandoc.List({ pandoc.Str(alt) })
      image.attributes.alt = nil
    end
    image.attributes.room = nil
    if picture_files.is_drawing(image.src) then return image end
    return put(image, picture_files.read(image.src))
  end
end

-- In a file of its own, which Pandoc takes into the document.
function M.put_into_file(image, bytes, kind)
  image.src = picture_files.store(bytes, kind)
  return image
end

function M.placed(fitted, of_share)
  local format = { fitted = fitted, of_share = of_share }
  return function(blocks, room) return placing.placed(blocks, room, false, format) end
end

-- A computed figure's picture, not wider than the room that it has.
function M.drawing(figure, directive)
  local room = tonumber(directive.attributes.room) or figure.width
  local attributes = pandoc.Attr("", {}, { { "width", lengths.write(math.min(figure.width, room)) } })
  return pandoc.Plain({ pandoc.Image({ pandoc.Str(figure.alt) }, figure.picture, "", attributes) })
end

-- A figure as HTML has it, for page and book.
function M.html_figure(id, class, content, caption)
  local name = id ~= "" and (' id="%s"'):format(id) or ""
  local blocks = pandoc.List({ markup.html_block(('<figure%s class="%s">'):format(name, class)) })
  blocks:extend(content)
  if #caption > 0 then
    blocks:insert(markup.html_block("<figcaption>"))
    blocks:extend(caption)
    blocks:insert(markup.html_block("</figcaption>"))
  end
  blocks:insert(markup.html_block("</figure>"))
  return blocks
end

function M.html_picture_figure(division, content, caption)
  local classes = pandoc.List({ "picture" })
  if not placing.is_placed(division) then
    for _, class in ipairs({ "full", "margin" }) do
      if division.classes:includes(class) then classes:insert(class) end
    end
  end
  return M.html_figure(division.identifier, table.concat(classes, " "), content, caption)
end

return M
