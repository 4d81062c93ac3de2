-- What LaTeX cannot set as Pandoc writes it, put differently: code and tables that are wider than the text, and notes of
-- several blocks, where a command reads them as its argument.
local code = require("filter.print.code")
local tables = require("filter.print.tables")

local M = {}

-- ------------------------------------------------------------------------------------------ what is wider than the text

local text_width = 117  -- millimetres
local widest = 64       -- characters in a line of code of the text's width
local level_width = 5   -- what each list or quote around it takes of them
local narrowest = 20

local with_fitting_code  -- and tables

local function items_with_fitting_code(items, width)
  for at, item in ipairs(items) do items[at] = with_fitting_code(item, width) end
  return items
end

function with_fitting_code(blocks, width)
  width = math.max(width, narrowest)
  for at, block in ipairs(blocks) do
    if block.t == "CodeBlock" then
      blocks[at] = code.narrowed(block, width)
    elseif block.t == "Table" then
      blocks[at] = tables.fitted(block, text_width * width / widest)
    elseif block.t == "Div" then
      block.content = with_fitting_code(block.content, width)
      blocks[at] = block
    elseif block.t == "BlockQuote" then
      block.content = with_fitting_code(block.content, width - level_width)
      blocks[at] = block
    elseif block.t == "BulletList" or block.t == "OrderedList" then
      block.content = items_with_fitting_code(block.content, width - level_width)
      blocks[at] = block
    elseif block.t == "DefinitionList" then
      for k, item in ipairs(block.content) do
        block.content[k] = { item[1], items_with_fitting_code(item[2], width - level_width) }
      end
      blocks[at] = block
    end
  end
  return blocks
end

-- ----------------------------------------------------------------------------------------------------- notes and tables

local function latex_of(blocks) return pandoc.write(pandoc.Pandoc(blocks), "latex") end

-- Within a note or another table: a table that pages do not break, its caption as a paragraph above it.
function M.small_table(element)
  local caption = element.caption
  local blocks = pandoc.List(caption.long)
  caption.long = {}
  element.caption = caption
  local text, feet = latex_of({ element }):gsub("\\bottomrule\\noalign{}%s*\\endlastfoot", "")
  text = text:gsub("\\endhead%s*", ""):gsub("\\begin{longtable}%[%]", "\\begin{tabular}")
    :gsub("\\end{longtable}", (feet > 0 and "\\bottomrule\n" or "") .. "\\end{tabular}")
  blocks:insert(pandoc.RawBlock("latex", text))
  return blocks
end

-- The picture and its caption, where nothing can float.
local function fixed_picture(paragraph)
  local image = paragraph.content[1]
  if #paragraph.content ~= 1 or image.t ~= "Image" or not image.title:match("^fig:") then return nil end
  local caption = image.caption
  image.title = image.title:sub(5)
  return { pandoc.Para({ image }), pandoc.Para(caption) }
end

local function fixed_figure(figure)
  local blocks = pandoc.List(figure.content)
  blocks:extend(figure.caption.long)
  return blocks
end

-- A blank line would end the argument of a command around the note.
local function note_as_one_block(note)
  local blocks = pandoc.Div(note.content):walk({ CodeBlock = code.as_text, Para = fixed_picture, Figure = fixed_figure }):walk({ Table = M.small_table }).content
  if #blocks < 2 and blocks[1] and (blocks[1].t == "Para" or blocks[1].t == "Plain") then return nil end
  return pandoc.Note({ pandoc.Plain({ pandoc.RawInline("latex", (latex_of(blocks):gsub("\n%s*\n", "\n\\endgraf\n"))) }) })
end

local goes_by_words = { Str = true, Space = true, SoftBreak = true }

-- What is set into a box: formulas cannot be displayed there, and notes come behind it. A line under or through the text
-- goes by words, so that what is more than a word is held together.
local function boxed(element)
  local notes = pandoc.List()
  element = element:walk({
    Math = function(math)
      if math.mathtype == "DisplayMath" then return pandoc.Math("InlineMath", "\\displaystyle " .. math.text) end
    end,
    Note = function(note)
      notes:insert(note)
      return {}
    end,
  })
  if element.t == "Underline" or element.t == "Strikeout" then
    local content = pandoc.List()
    for _, inline in ipairs(element.content) do
      if goes_by_words[inline.t] then
        content:insert(inline)
      else
        content:extend({ pandoc.RawInline("latex", "{"), inline, pandoc.RawInline("latex", "}") })
      end
    end
    element.content = content
  end
  notes:insert(1, element)
  return notes
end

-- A label's box would lose the note: it comes with the first definition.
local function noted_terms(list)
  for at, item in ipairs(list.content) do
    local notes = pandoc.List()
    local term = pandoc.Span(item[1]):walk({
      Note = function(note)
        notes:insert(note)
        return {}
      end,
    }).content
    local definitions = item[2]
    local first = definitions[1] and definitions[1][1]
    if #notes > 0 and first then
      if first.t == "Para" or first.t == "Plain" then
        first.content:extend(notes)
        definitions[1][1] = first
      else
        table.insert(definitions[1], 1, pandoc.Plain(notes))
      end
      list.content[at] = { term, definitions }
    end
  end
  return list
end

local within_table = { CodeBlock = code.as_text, Table = M.small_table, Para = fixed_picture, Figure = fixed_figure }

function M.settable(blocks)
  blocks = with_fitting_code(pandoc.Div(blocks):walk({ Para = code.with_breakable_words, Plain = code.with_breakable_words }).content, widest)
  return pandoc.Div(blocks):walk({ Note = note_as_one_block }):walk({
    Table = function(table) return table:walk(within_table) end,
    DefinitionList = noted_terms,
    Underline = boxed,
    Strikeout = boxed,
    Superscript = boxed,
    Subscript = boxed,
  }).content
end

return M
