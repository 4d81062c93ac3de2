-- What LaTeX cannot set as Pandoc writes it, put differently: code, and notes of several blocks, where a command reads
-- them as its argument.
local M = {}

-- Letters that a typewriter's font would draw together or as others.
local code_characters = {
  ["\\"] = "\\textbackslash{}", ["{"] = "\\{", ["}"] = "\\}", ["%"] = "\\%", ["#"] = "\\#", ["$"] = "\\$", ["&"] = "\\&",
  ["_"] = "\\_", ["^"] = "\\textasciicircum{}", ["~"] = "\\textasciitilde{}", ["'"] = "\\textquotesingle{}",
  ["`"] = "\\textasciigrave{}", ['"'] = "\\textquotedbl{}", ["-"] = "-{}", ["<"] = "<{}", [">"] = ">{}", [","] = ",{}",
  ["!"] = "!{}", ["?"] = "?{}", [" "] = "\\ ", ["\t"] = "\\ \\ \\ \\ ",
}

local function code_as_text(code)
  local lines = {}
  for line in (code.text .. "\n"):gmatch("(.-)\n") do lines[#lines + 1] = "\\strut " .. line:gsub(".", code_characters) end
  return pandoc.RawBlock("latex", "\\begin{reportcode}\n" .. table.concat(lines, "\\\\\n") .. "\n\\end{reportcode}")
end

-- --------------------------------------------------------------------------------------- tables that are wider than the text

local text_width = 117  -- millimetres
local text_size = 9.5   -- points; tables are set in \small
local columns_in = { { 9.5, 12 }, { 8.5, 9 }, { 7.5, 7 }, { 6.5, 5 } }  -- type, and points between columns

-- Widths of letters in ems, by kind: too small rather than too large, so that what fits is not touched.
local function width_of(word)
  local width = 0
  for _, code in utf8.codes(word) do
    local letter = utf8.char(code)
    if letter:match("[ijlt.,;:'|!]") then
      width = width + 0.28
    elseif letter:match("[mwMW]") then
      width = width + 0.85
    elseif letter:match("%u") then
      width = width + 0.65
    elseif code ~= 0x200B and code ~= 0xAD then
      width = width + 0.48
    end
  end
  return width
end

local function longest_word(text)
  local longest = 0
  for word in text:gsub("[-/]", "%0 "):gsub("\u{200B}", " "):gsub("\u{AD}", " "):gmatch("%S+") do longest = math.max(longest, width_of(word)) end
  return longest
end

local function without_commands(tex) return (tex:gsub("\\%a+%s*", "x"):gsub("[{}^_\\]", "")) end

-- What lists and quotes take of a line, in ems.
local indents = { BlockQuote = 6, BulletList = 2.5, OrderedList = 2.5, DefinitionList = 2.5 }

-- What a cell takes in one line, and what it takes at least, in ems.
local function widths_of(blocks)
  local whole, least = 0, 0
  for _, block in ipairs(blocks) do
    local words = {}
    pandoc.Div({ block }):walk({
      Str = function(str) words[#words + 1] = str.text end,
      Space = function() words[#words + 1] = " " end,
      SoftBreak = function() words[#words + 1] = " " end,
      LineBreak = function() words[#words + 1] = " " end,
      Code = function(code)
        words[#words + 1] = #code.text < 20 and code.text:gsub(" ", "x") or " "
        whole = whole + (#code.text < 20 and 0 or 0.5 * #code.text)
      end,
      Math = function(math) words[#words + 1] = without_commands(math.text):gsub("%s", "") end,
    })
    local text, indent = table.concat(words), indents[block.t] or 0
    whole = math.max(whole, width_of(text) + indent)
    least = math.max(least, longest_word(text) + indent)
  end
  return whole, least
end

-- The columns' own widths, and the least that they can have, in ems.
local function column_widths(element)
  local whole, least = {}, {}
  for at = 1, #element.colspecs do whole[at], least[at] = 0, 0 end
  local function look(rows)
    for _, row in ipairs(rows) do
      local column = 1
      for _, cell in ipairs(row.cells) do
        if cell.col_span == 1 and whole[column] then
          local w, l = widths_of(cell.contents)
          whole[column], least[column] = math.max(whole[column], w), math.max(least[column], l)
        end
        column = column + cell.col_span
      end
    end
  end
  look(element.head.rows)
  for _, body in ipairs(element.bodies) do look(body.body) end
  look(element.foot.rows)
  return whole, least
end

local function sum(list)
  local total = 0
  for _, number in ipairs(list) do total = total + number end
  return total
end

-- Whether each column holds its longest word where the table says how wide they are, or all stand beside one another.
local function fits(element, whole, least, room)
  local columns, told = element.colspecs, 0
  for at, column in ipairs(columns) do
    local share = column[2]
    if share and share > 0 then
      told = told + 1
      if least[at] * text_size > share * room then return false end
    end
  end
  return told > 0 or sum(whole) * text_size <= room
end

-- Each column has what it needs at least, and what is left goes to those that have more in a line.
local function shared_out(element, whole, least, room)
  local spare, wish = room - sum(least), 0
  for at in ipairs(least) do wish = wish + whole[at] - least[at] end
  local colspecs = pandoc.List()
  for at, column in ipairs(element.colspecs) do
    local more = wish > 0 and (whole[at] - least[at]) / wish or 1 / #least
    colspecs:insert({ column[1], (least[at] + math.min(spare * more, math.max(whole[at] - least[at], 0) + 1)) / room })
  end
  element.colspecs = colspecs
  return element
end

-- A word by which the table can be found in the sources.
local function name_of(element)
  local longest = ""
  local function look(cell)
    local text = pandoc.utils.stringify(pandoc.Pandoc(cell.contents))
    for word in text:gmatch("[%w.%-]+") do if #word > #longest then longest = word end end
  end
  for _, rows in ipairs({ element.head.rows, element.bodies[1] and element.bodies[1].body or {} }) do
    for _, row in ipairs(rows) do
      for _, cell in ipairs(row.cells) do look(cell) end
      if longest ~= "" then return longest end
    end
  end
  return longest
end

local refuse = dofile((PANDOC_SCRIPT_FILE:match("^(.*)/[^/]*$") or ".") .. "/refuse.lua")

local function refuse_table(element)
  local name = name_of(element)
  refuse(name, ("the table that holds '%s' cannot be printed: its %d columns are wider than the text, in the smallest type too. "
    .. "Split it, or turn rows into columns"):format(name, #element.colspecs))
end

-- A table whose words would lie over one another, or that would reach beyond the text: its columns get the widths that
-- they need, in smaller type where that does not suffice.
local function fitted_table(element, room)
  local whole, least = column_widths(element)
  local points, gaps = room / 25.4 * 72.27, #element.colspecs - 1
  if fits(element, whole, least, points - gaps * columns_in[1][2]) then return element end
  for _, form in ipairs(columns_in) do
    local size, gap = form[1], form[2]
    local inner = points - gaps * gap
    if sum(least) * size * 1.06 <= inner then
      local ems = inner / size
      for at, width in ipairs(least) do least[at], whole[at] = width * 1.06, math.max(whole[at], width) * 1.06 end
      local set = shared_out(element, whole, least, ems)
      if size == text_size then return set end
      local head = ("\\begin{smallertable}{%.3g}{%.3g}{%.3g}"):format(size, size * 1.2, gap / 2)
      return pandoc.Div({ pandoc.RawBlock("latex", head), set, pandoc.RawBlock("latex", "\\end{smallertable}") })
    end
  end
  refuse_table(element)
end

-- ----------------------------------------------------------------------------------------- code that is wider than the text

local widest = 64      -- characters in a line of code of the text's width
local level_width = 5  -- what each list or quote around it takes of them
local narrowest = 20

-- The bytes of `line` of which the first `width` characters are made, up to a blank where there is one in their second half.
local function fitting(line, width)
  local stop = utf8.offset(line, width + 1)
  if not stop or stop > #line then return nil end
  local blank = line:sub(1, stop):match("^.*()[ \t]")
  return blank and blank > stop // 2 and blank or stop - 1
end

-- Lines that are too wide go on in the next one, behind an arrow: beyond the page they would be lost.
local function broken(line, width)
  local lines, indent = {}, line:match("^%s*")
  if #indent > width // 2 then indent = "" end
  local stop = utf8.len(line) and fitting(line, width)
  while stop do
    lines[#lines + 1] = line:sub(1, stop)
    line = indent .. "↪ " .. line:sub(stop + 1)
    stop = fitting(line, width)
  end
  lines[#lines + 1] = line
  return table.concat(lines, "\n")
end

local function narrowed(code, width)
  code.text = (code.text .. "\n"):gsub("(.-)\n", function(line) return broken(line, width) .. "\n" end):sub(1, -2)
  return code
end

local with_fitting_code  -- and tables

local function items_with_fitting_code(items, width)
  for at, item in ipairs(items) do items[at] = with_fitting_code(item, width) end
  return items
end

function with_fitting_code(blocks, width)
  width = math.max(width, narrowest)
  for at, block in ipairs(blocks) do
    if block.t == "CodeBlock" then
      blocks[at] = narrowed(block, width)
    elseif block.t == "Table" then
      blocks[at] = fitted_table(block, text_width * width / widest)
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

-- Code within a line may be broken behind its signs, where it is long: LaTeX would let it run out of the text.
local function breakable(code)
  if #code.text < 20 or #code.classes > 0 then return nil end
  local text = code.text:gsub(".", function(sign)
    return (code_characters[sign] or sign) .. (sign:match("[%p ]") and "\\codebreak{}" or "")
  end)
  return pandoc.RawInline("latex", "\\texttt{" .. text:gsub("\\codebreak{}$", "") .. "}")
end

-- Addresses and other long words too: behind signs, or anywhere where there are none.
local function breakable_word(str)
  if #str.text < 40 then return nil end
  local text = str.text:gsub("[/._?&=,;:+%%#-]+", "%0\0"):gsub("%w+", function(part)
    return #part > 40 and part:gsub(("%w"):rep(8), "%0\0") or nil
  end)
  local inlines = pandoc.List()
  for part in text:gmatch("%Z+") do
    if #inlines > 0 then inlines:insert(pandoc.RawInline("latex", "\\wordbreak{}")) end
    inlines:insert(pandoc.Str(part))
  end
  return inlines
end

local function with_breakable_words(block)
  local is_long = false
  block:walk({ Code = function(code) is_long = is_long or #code.text >= 20 end,
    Str = function(str) is_long = is_long or #str.text >= 40 end })
  return is_long and block:walk({ Code = breakable, Str = breakable_word }) or nil
end

-- -------------------------------------------------------------------------------------------------------- notes and tables

local function latex_of(blocks) return pandoc.write(pandoc.Pandoc(blocks), "latex") end

-- Within a note or another table: a table that pages do not break, its caption as a paragraph above it.
local function small_table(element)
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

M.small_table = small_table

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
  local blocks = pandoc.Div(note.content):walk({ CodeBlock = code_as_text, Para = fixed_picture, Figure = fixed_figure }):walk({ Table = small_table }).content
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

local within_table = { CodeBlock = code_as_text, Table = small_table, Para = fixed_picture, Figure = fixed_figure }

function M.settable(blocks)
  blocks = with_fitting_code(pandoc.Div(blocks):walk({ Para = with_breakable_words, Plain = with_breakable_words }).content, widest)
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
