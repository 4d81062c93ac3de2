-- Columns of the text, and what each of them takes of the line.
local lengths = require("filter.lengths")

local M = {}

M.gap = 5  -- millimetres between columns

function M.is_columns(block) return block.t == "Div" and block.classes:includes("columns") end
function M.is_column(block) return block.t == "Div" and block.classes:includes("column") end

local function share_of(div) return lengths.per_cent(div.attributes.width) end

-- What a column takes of the line, as a function of it that gives a fraction; equally much where the text does not say it.
function M.shares(columns)
  local said, silent = 0, 0
  for _, block in ipairs(columns.content) do
    if M.is_column(block) then
      local share = share_of(block)
      said = said + (share or 0)
      if not share then silent = silent + 1 end
    end
  end
  local rest = silent > 0 and math.max((100 - said) / silent, 10) or 0
  local whole = math.max(said + rest * silent, 100)
  return function(block) return (share_of(block) or rest) / whole end
end

-- Columns that stand together, with what stands between such rows of them.
local function rows_of(div)
  local rows = pandoc.List()
  for _, block in ipairs(div.content) do
    local last = rows[#rows]
    if M.is_column(block) and last and M.is_column(last[1]) then
      last:insert(block)
    else
      rows:insert(pandoc.List({ block }))
    end
  end
  return rows
end

-- All columns as `set` sets a row of them, given with the function of their shares.
function M.in_rows(blocks, set)
  return pandoc.Div(blocks):walk({ Div = function(div)
    if not M.is_columns(div) then return nil end
    local share, result = M.shares(div), pandoc.List()
    for _, row in ipairs(rows_of(div)) do result:extend(M.is_column(row[1]) and set(row, share) or row) end
    return result
  end }).content
end

return M
