-- The numbers of figures, tables, equations and headings. They are made here and nowhere else, so that all formats agree.
local publication = require("filter.publication")
local labels = require("filter.labels")
local messages = require("filter.messages")
local figure_divisions = require("filter.figure_divisions")

local M = {}

-- id -> { kind, number } or, for a heading without a number, { kind, title }; panels of a figure have { panel }, too
local numbered = {}
local unit = 0  -- of the document, to which belongs what is being counted
local panel_ids = {}  -- "fig:both.b" -> the ID that the panel has
local is_article = publication.layout.article
local chapter = nil  -- its number or an appendix's letter, of which those of figures are made; in an article the latter only
local counts = { fig = 0, tbl = 0, eq = 0 }

-- References repeat the titles of headings without numbers: `as_repeated` makes of each what they show.
function M.prepare_titles(as_repeated)
  for _, item in pairs(numbered) do
    if item.title and not item.is_repeated then item.title = as_repeated(item.title) end
  end
end

-- What bears the ID; nothing where nothing does. "fig:bowl.b" is a panel of a figure, to which its `anchor` leads.
function M.of(id)
  if numbered[id] then return numbered[id] end
  local figure, letter = id:match("^(fig:.+)%.(%l+)$")
  local whole = figure and numbered[figure]
  if not whole then return nil end
  return { kind = "fig", number = whole.number .. letter, anchor = panel_ids[id] or figure }
end

local function set(id, item)
  item.unit = unit
  numbered[id] = item
end

local function number_item(kind, id)
  if numbered[id] then return end
  counts[kind] = counts[kind] + 1
  local number = tostring(counts[kind])
  if chapter then number = chapter .. "." .. number end
  set(id, { kind = kind, number = number })
end

-- A figure made of pictures; its panels bear its number with a letter.
local panelled, panels

local function number_figure(div)
  if not figure_divisions.is_figure(div) then return end
  local id = div.identifier
  if not figure_divisions.is_panel(div) then
    if id:match("^fig:") then number_item("fig", id) end
    panelled, panels = id, 0
  elseif id:match("^fig:") and numbered[panelled] and not numbered[id] then
    panels = panels + 1
    local letter = string.char(("a"):byte() + panels - 1)
    set(id, { kind = "fig", number = numbered[panelled].number .. letter, panel = "(" .. letter .. ")" })
    panel_ids[panelled .. "." .. letter] = id
  end
end

local function remember_title(heading)
  if heading.identifier ~= "" then set(heading.identifier, { kind = "sec", title = heading.content }) end
end

-- Headings within other blocks have no numbers.
local function count_block(block, is_heading)
  block:walk({
    traverse = "topdown",
    Header = not is_heading and remember_title or nil,
    CodeBlock = function(code)
      if labels.is_directive(code) then number_item("fig", code.identifier) end
    end,
    Inlines = labels.displays(block) and function(inlines)
      for at = 1, #inlines do
        local id = labels.equation(inlines, at)
        if id then number_item("eq", id) end
      end
    end or nil,
    Span = function(span)
      if labels.is_equation_span(span) then number_item("eq", span.identifier) end
    end,
    Div = function(div)
      if div.identifier:match("^tbl:") then number_item("tbl", div.identifier) end
      number_figure(div)
    end,
    Table = function(table)
      local id = labels.table(table) or (table.identifier:match("^tbl:") and table.identifier)
      if id then number_item("tbl", id) end
    end,
  })
end

local levels = {}
local appendices = 0

function M.is_appendix(heading) return heading.level == 1 and heading.classes:includes("appendix") end

-- "A", "B" ... "Z", "AA"
local function letters(count)
  local last = string.char(("A"):byte() + (count - 1) % 26)
  return count > 26 and letters((count - 1) // 26) .. last or last
end

local function begin_chapter(heading)
  if appendices > 0 and not M.is_appendix(heading) then
    messages.fail("the chapter '" .. pandoc.utils.stringify(heading.content) .. "' stands behind an appendix")
  end
  if M.is_appendix(heading) then
    appendices = appendices + 1
    levels[1] = letters(appendices)
  else
    levels[1] = levels[1] + 1
  end
  if is_article and appendices == 0 then return end
  chapter = levels[1]
  counts = { fig = 0, tbl = 0, eq = 0 }
end

local function kind_of(heading)
  if M.is_appendix(heading) then return "appendix" end
  return heading.level == 1 and not is_article and "chapter" or "sec"
end

local function count_heading(heading)
  if heading.classes:includes("unnumbered") then return remember_title(heading) end
  for level = 1, heading.level do levels[level] = levels[level] or 0 end
  if heading.level > 1 then levels[heading.level] = levels[heading.level] + 1 end
  for level = heading.level + 1, 6 do levels[level] = 0 end
  if heading.level == 1 then begin_chapter(heading) end
  local number = table.concat(levels, ".", 1, heading.level)
  set(heading.identifier, { kind = kind_of(heading), number = number })
end

-- Pandoc counts headings by itself, but not with letters. `give(heading, number, is_first)` has those of the appendices
-- bear theirs.
function M.letter_headings(blocks, give)
  if appendices == 0 then return blocks end
  local is_first, within = true, false
  local function of_blocks(list)
    local result = pandoc.List()
    for _, block in ipairs(list) do
      if block.t == "Header" and not block.classes:includes("unnumbered") then
        within = within or M.is_appendix(block)
        if within then
          result:extend(give(block, numbered[block.identifier].number, is_first))
          is_first = false
        else
          result:insert(block)
        end
      elseif block.t == "Div" and not block.identifier:match("^tbl:") then
        block.content = of_blocks(block.content)
        result:insert(block)
      else
        result:insert(block)
      end
    end
    return result
  end
  return of_blocks(blocks)
end

-- In the document's order; headings count where Pandoc's writers number them: at the top and in divisions.
function M.count(blocks)
  for _, block in ipairs(blocks) do
    if block.t == "Header" then count_heading(block) end
    if block.t == "Div" and not block.identifier:match("^tbl:") then
      number_figure(block)
      M.count(block:clone().content)  -- Pandoc 2.17 puts an empty paragraph into an empty division whose content was looked at
    else
      count_block(pandoc.Div({ block }), block.t == "Header")
    end
  end
end

-- --------------------------------------------------------------------------------------- a document in units (units.lua)

-- What is counted from here on belongs to this unit.
function M.begin_unit(number) unit = number end

-- How far the counting is.
function M.counters()
  local reached = {}
  for level, count in ipairs(levels) do reached[level] = count end
  return { levels = reached, appendices = appendices, chapter = chapter or false, fig = counts.fig, tbl = counts.tbl, eq = counts.eq }
end

-- All that bears a number or a title in a unit, by IDs in their order.
function M.items(number)
  local items = pandoc.List()
  for id, item in pairs(numbered) do
    if item.unit == number then
      items:insert({ id = id, kind = item.kind, number = item.number, title = item.title, panel = item.panel })
    end
  end
  items:sort(function(a, b) return a.id < b.id end)
  return items
end

function M.panels() return panel_ids end

-- What other units have numbered, and how far the counting was where these begin. `title_of` makes titles.
function M.restore(items, panel_list, reached, title_of)
  for _, item in ipairs(items) do
    numbered[item.id] = { kind = item.kind, number = item.number, panel = item.panel, unit = item.unit,
      title = item.title and title_of(item.title), is_repeated = true }
  end
  for name, id in pairs(panel_list) do
    if numbered[id] then panel_ids[name] = id end
  end
  for level, count in ipairs(reached.levels) do levels[level] = count end
  appendices, chapter = reached.appendices, reached.chapter or nil
  counts = { fig = reached.fig, tbl = reached.tbl, eq = reached.eq }
end

return M
