-- Lists of figures and of tables: what bears a number, by its short caption. That is what the author calls it
-- (short-caption), else what the caption says first: its words in bold at the beginning, or its first sentence.
local publication = require("filter.publication")
local figure_divisions = require("filter.figure_divisions")
local figures = require("filter.figures")
local labels = require("filter.labels")
local wording = require("filter.wording")
local markup = require("filter.markup")
local numbering = require("filter.numbering")
local references = require("filter.references")
local statements = require("filter.statements")
local writer = require("filter.writer")

local M = {}

local attribute = "short-caption"
local layout = publication.layout or {}

-- ------------------------------------------------------------------------------------------------------ short captions

local function first_block(blocks)
  for _, block in ipairs(blocks) do
    if block.t == "Para" or block.t == "Plain" then return block.content end
  end
  return pandoc.List()
end

-- Up to the stop that ends a sentence: one with a blank behind it, at the end of a word of more than a letter.
local function first_sentence(inlines)
  local sentence = pandoc.List()
  for at, inline in ipairs(inlines) do
    sentence:insert(inline)
    local next_one = inlines[at + 1]
    local is_end = inline.t == "Str" and inline.text:match("[^%s.%u][.!?]$")
      and next_one and (next_one.t == "Space" or next_one.t == "SoftBreak")
    if is_end then break end
  end
  return sentence
end

local function without_stop(inlines)
  local last = inlines[#inlines]
  if last and last.t == "Str" and last.text:match("[^.]%.$") then
    inlines = pandoc.List(inlines):clone()
    inlines[#inlines] = pandoc.Str((last.text:gsub("%.$", "")))
  end
  return inlines
end

local function said_first(blocks)
  local inlines = first_block(blocks)
  local lead = inlines[1]
  return without_stop(lead and lead.t == "Strong" and lead.content or first_sentence(inlines))
end

-- Texts repeat what the caption says: without its notes, the marks of its claims, and IDs that may be there once only.
local function repeated(inlines)
  return statements.repeated(inlines):walk({
    Code = statements.replace_value,
    Link = function(link) return link.content end,
    Span = function(span)
      if span.classes:includes("claim") then return span.content end
      span.identifier = ""
      return span
    end,
    Str = function(str) if str.text:match("^{#tbl:[%w_:.%-]+}$") then return {} end end,
  })
end

-- What the author gives has come by no other way through what cleans the text.
local function cleaned(blocks) return pandoc.utils.blocks_to_inlines(writer.clean(blocks)) end

local function short_text(given, blocks)
  if given then return cleaned(pandoc.read(given, "markdown-raw_html-raw_tex-citations-footnotes").blocks) end
  local inlines = repeated(said_first(blocks))
  while #inlines > 0 and inlines[#inlines].t == "Space" do inlines:remove() end
  return inlines
end

-- ------------------------------------------------------------------------------------------------------------- entries

-- Short captions that the author gives by attributes, by IDs.
local given = {}

local function without_attribute(element)
  if not element.attributes[attribute] then return nil end
  element.attributes[attribute] = nil
  return element
end

-- Remembers them, and gives the text without these attributes, which no format knows.
function M.taken_out(blocks)
  pandoc.Div(blocks):walk({ Div = function(div)
    local text = div.attributes[attribute]
    if not text and figure_divisions.is_figure(div) and not figure_divisions.is_panel(div) then
      div:walk({ Image = function(image) text = text or image.attributes[attribute] end })
    end
    if div.identifier ~= "" then given[div.identifier] = text end
  end })
  return pandoc.Div(blocks):walk({ Div = without_attribute, Image = without_attribute }).content
end

-- All that bears a number of this kind, in the document's order: { id, text }.
local function entries_of(blocks, kind)
  local entries, seen = pandoc.List(), {}
  local function add(id, caption, text)
    local item = numbering.of(id)
    if not id or seen[id] or not id:match("^" .. kind .. ":") or not item or item.panel then return end
    seen[id] = true
    entries:insert({ id = id, text = text or short_text(given[id], caption) })
  end
  pandoc.Div(blocks):walk({
    traverse = "topdown",
    CodeBlock = function(code)
      local figure = labels.is_directive(code) and figures.of(code)
      if not figure then return nil end
      add(figure.id, figure.blocks, #figure.short > 0 and cleaned({ pandoc.Plain(markup.pieces(figure.short)) }) or nil)
    end,
    Table = function(table) add(labels.table(table) or table.identifier, table.caption.long) end,
    Div = function(div)
      if figure_divisions.is_figure(div) then return add(div.identifier, figure_divisions.caption_of(div)) end
      if not div.identifier:match("^tbl:") then return nil end
      for _, block in ipairs(div.content) do
        if block.t == "Table" then return add(div.identifier, block.caption.long) end
      end
    end,
  })
  return entries
end

local kinds = {
  { kind = "fig", key = "lists_figures", id = "list-of-figures", title = wording.list_of_figures },
  { kind = "tbl", key = "lists_tables", id = "list-of-tables", title = wording.list_of_tables },
}

-- What the list of a kind would have of these blocks; nothing where nobody asks for it.
local function asked_for(blocks, one) return layout[one.key] and entries_of(blocks, one.kind) or {} end

-- All that the lists would have of these blocks.
function M.all_entries(blocks)
  local entries = pandoc.List()
  for _, one in ipairs(kinds) do entries:extend(asked_for(blocks, one)) end
  return entries
end

-- "Figure 2.1", a link, and the short caption.
local function line_of(entry)
  local name = pandoc.List({ pandoc.Str(references.name_of(entry.id)) })
  local line = pandoc.List(writer.link(entry.id, entry.id:match("^%a+"), name))
  if #entry.text > 0 then line:insert(pandoc.Space()) end
  line:extend(entry.text)
  return line
end

-- Puts the lists that are asked for where the format has them. Gives the text, which may hold them.
function M.put(blocks, fields)
  local lists = pandoc.List()
  for _, one in ipairs(kinds) do
    local entries = asked_for(blocks, one)
    if #entries > 0 then
      local lines = pandoc.List()
      for _, entry in ipairs(entries) do lines:insert({ id = entry.id, inlines = line_of(entry) }) end
      lists:insert({ id = one.id, title = one.title, lines = lines })
    end
  end
  return #lists > 0 and writer.contents_lists(lists, blocks, fields) or blocks
end

return M
