-- The numbers of figures, tables, equations and headings. They are made here and nowhere else, so that all formats agree.
local labels = require("filter.labels")
local figure_divisions = require("filter.figure_divisions")

local M = {}

-- id -> { kind, number } or, for a heading without a number, { kind, title }; panels of a figure have { panel }, too
local numbered = {}
local panel_ids = {}  -- "fig:both.b" -> the ID that the panel has
local chapter = 0
local counts = { fig = 0, tbl = 0, eq = 0 }

-- References repeat the titles of headings without numbers: `as_repeated` makes of each what they show.
function M.prepare_titles(as_repeated)
  for _, item in pairs(numbered) do
    if item.title then item.title = as_repeated(item.title) end
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

local function number_item(kind, id)
  if numbered[id] then return end
  counts[kind] = counts[kind] + 1
  local number = tostring(counts[kind])
  if chapter > 0 then number = chapter .. "." .. number end
  numbered[id] = { kind = kind, number = number }
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
    numbered[id] = { kind = "fig", number = numbered[panelled].number .. letter, panel = "(" .. letter .. ")" }
    panel_ids[panelled .. "." .. letter] = id
  end
end

local function remember_title(heading)
  if heading.identifier ~= "" then numbered[heading.identifier] = { kind = "sec", title = heading.content } end
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

local function count_heading(heading)
  if heading.classes:includes("unnumbered") then return remember_title(heading) end
  for level = 1, heading.level do levels[level] = levels[level] or 0 end
  levels[heading.level] = levels[heading.level] + 1
  for level = heading.level + 1, 6 do levels[level] = 0 end
  if heading.level == 1 then
    chapter = levels[1]
    counts = { fig = 0, tbl = 0, eq = 0 }
  end
  local number = table.concat(levels, ".", 1, heading.level)
  numbered[heading.identifier] = { kind = heading.level == 1 and "chapter" or "sec", number = number }
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

return M
