-- The room that everything has where it stands. Figures in tables, columns, notes and figures cannot float.
local columns = require("filter.columns")
local figure_divisions = require("filter.figure_divisions")

local M = {}

local placed_class = "in-place"

-- Whether a figure stands where it is written.
function M.is_placed(element) return element.classes:includes(placed_class) end

-- Where a computed figure stands by its width in millimetres: in the margin (drawn 50 wide), in the text's column (117),
-- or over both (175).
function M.place_of(width)
  if width > 130 then return "full" end
  return width < 60 and "margin" or "column"
end

local function placed_in_rows(rows, widths, room, own, format)
  for _, row in ipairs(rows) do
    local column = 1
    for _, cell in ipairs(row.cells) do
      local share = 0
      for at = column, math.min(column + cell.col_span - 1, #widths) do share = share + widths[at] end
      local width = math.max(share, 0.05) * room
      if not own[column] then cell.contents = format.of_share(cell.contents, width) end
      cell.contents = M.placed(cell.contents, width, true, format)
      column = column + cell.col_span
    end
  end
  return rows
end

-- Columns without a width of their own share what is left.
local function placed_in_table(table, room, format)
  local widths, own, said, silent = {}, {}, 0, 0
  for at, column in ipairs(table.colspecs) do
    widths[at] = column[2] or 0
    own[at] = widths[at] > 0
    said = said + widths[at]
    silent = silent + (widths[at] == 0 and 1 or 0)
  end
  for at in ipairs(widths) do
    if widths[at] == 0 then widths[at] = math.max(1 - said, 0.1) / silent end
  end
  local function placed(rows) return placed_in_rows(rows, widths, room, own, format) end
  local head, foot = table.head, table.foot
  head.rows, foot.rows = placed(head.rows), placed(foot.rows)
  local bodies = table.bodies
  for _, body in ipairs(bodies) do body.head, body.body = placed(body.head), placed(body.body) end
  table.head, table.foot, table.bodies = head, foot, bodies
  return table
end

local function placed_in_columns(div, room, format)
  local share = columns.shares(div)
  local count = 0
  for _, block in ipairs(div.content) do count = count + (columns.is_column(block) and 1 or 0) end
  local content = pandoc.List()
  for _, block in ipairs(div.content) do
    local width = columns.is_column(block) and share(block) * (room - (count - 1) * columns.gap) or room
    content:extend(M.placed({ block }, width, true, format))
  end
  div.content = content
  return div
end

-- `room` is the width in millimetres of what surrounds the blocks. The format says how it makes a picture fit,
-- `fitted(image, room)`, and what becomes of pictures in a cell without a width of its own, `of_share(contents, width)`.
function M.placed(blocks, room, is_inside, format)
  local function mark(element)
    if is_inside and not M.is_placed(element) then element.classes:insert(placed_class) end
    element.attributes.room = ("%.4g"):format(room)
    return element
  end
  return pandoc.Div(blocks):walk({
    traverse = "topdown",
    CodeBlock = function(code)
      if code.classes:includes("figure") then return mark(code) end
    end,
    Div = function(div)
      if columns.is_columns(div) then return placed_in_columns(div, room, format), false end
      if figure_divisions.is_figure(div) then
        div.content = M.placed(div.content, room, true, format)
        return mark(div), false
      end
    end,
    Table = function(table) return placed_in_table(table, room, format), false end,
    Note = function(note) return pandoc.Note(M.placed(note.content, room, true, format)), false end,
    Image = function(image) return format.fitted(image, room) end,
  }).content
end

return M
