-- Tables that are made of a file or of a figure's run. They stand where the text has their blocks, and are from there on
-- tables like those that authors write, with a label at their captions' end.
local publication = require("filter.publication")
local macros = require("filter.macros")
local markup = require("filter.markup")
local messages = require("filter.messages")

local M = {}

local missing = "\u{2013}"

local tables = {}
for _, table in ipairs(publication.tables) do tables[table.id] = table end

local function is_block(code) return code.classes:includes("table") and code.identifier:match("^tbl:") ~= nil end

local function table_of(code) return is_block(code) and tables[code.identifier] end

local function words(text)
  local inlines = pandoc.List()
  for word in text:gmatch("%S+") do
    if #inlines > 0 then inlines:insert(pandoc.Space()) end
    inlines:insert(pandoc.Str(word))
  end
  return inlines
end

local function cell(content)
  if content == "" then return { pandoc.Plain({ pandoc.Str(missing) }) } end
  return { pandoc.Plain(type(content) == "string" and words(content) or markup.pieces(content)) }
end

local function inlines_of(text, definitions)
  return pandoc.utils.blocks_to_inlines(macros.read(text, definitions))
end

local function header(column, definitions)
  local inlines = column.is_markdown and inlines_of(column.header, definitions) or words(column.header)
  if column.unit ~= "" then
    inlines:extend({ pandoc.Space(), pandoc.Str("(") })
    inlines:extend(inlines_of(column.unit, definitions))
    inlines:insert(pandoc.Str(")"))
  end
  return { pandoc.Plain(inlines) }
end

local alignments = { left = "AlignLeft", right = "AlignRight", center = "AlignCenter" }

local function made(table)
  local headers, aligns, widths = pandoc.List(), pandoc.List(), pandoc.List()
  for _, column in ipairs(table.columns) do
    headers:insert(header(column, table.macros))
    aligns:insert(alignments[column.align])
    widths:insert(0)
  end
  local rows = pandoc.List(table.rows):map(function(row) return pandoc.List(row):map(cell) end)
  local result = pandoc.utils.from_simple_table(pandoc.SimpleTable({}, aligns, widths, headers, rows))
  local long = macros.read(table.caption, table.macros)
  local label = pandoc.Str("{#" .. table.id .. "}")
  local last = long[#long]
  if last and (last.t == "Para" or last.t == "Plain") then
    last.content:extend({ pandoc.Space(), label })
  else
    long:insert(pandoc.Plain({ label }))
  end
  local caption = result.caption
  caption.long = long
  result.caption = caption
  return result
end

-- The made table of a block of code that asks for one.
M.of_block = table_of

-- The tables in place of their blocks.
function M.put_in(blocks)
  return pandoc.Div(blocks):walk({
    CodeBlock = function(code)
      if not is_block(code) or publication.is_alone then return nil end
      local table = tables[code.identifier]
      if not table then messages.fail("there is no table " .. code.identifier) end
      return made(table)
    end,
  }).content
end

return M
