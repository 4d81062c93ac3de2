-- Lengths as the text writes them.
local M = {}

local millimetres = { px = 25.4 / 96, cm = 10, mm = 1, ["in"] = 25.4, inch = 25.4, pt = 25.4 / 72, pc = 25.4 / 6 }

-- In millimetres, or else as a fraction of what surrounds it; nothing when it is no length.
function M.read(text)
  local number, unit = (text or ""):match("^([%d.]+)%s*([%a%%]*)$")
  number = tonumber(number)
  if not number then return nil end
  if unit == "%" then return nil, number / 100 end
  if unit == "em" then return number * 10.5 * 25.4 / 72 end
  return millimetres[unit == "" and "px" or unit] and number * millimetres[unit == "" and "px" or unit]
end

-- A number of per cents; nothing when it is something else.
function M.per_cent(text) return tonumber((text or ""):match("^([%d.]+)%%$")) end

function M.write(length) return ("%.4gmm"):format(length) end

return M
