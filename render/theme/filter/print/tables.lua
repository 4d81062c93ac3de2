-- Tables that are wider than the text: what their columns need is measured, and they get it.
local messages = require("filter.messages")

local M = {}

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

local function refuse_table(element)
  local name = name_of(element)
  messages.refuse(name, ("the table that holds '%s' cannot be printed: its %d columns are wider than the text, in the smallest type too. "
    .. "Split it, or turn rows into columns"):format(name, #element.colspecs))
end

-- A table whose words would lie over one another, or that would reach beyond the text: its columns get the widths that
-- they need, in smaller type where that does not suffice. `room` is in millimetres.
function M.fitted(element, room)
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

return M
