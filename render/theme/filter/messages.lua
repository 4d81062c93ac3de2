-- What the filter tells: warnings, and why it ends the build.
local M = {}

local said = {}

-- Said once each, as Pandoc says its own warnings.
function M.warn(message)
  if said[message] then return end
  said[message] = true
  io.stderr:write("[WARNING] ", message, "\n")
end

-- Ends the build with the whole message, without Lua's own trace of calls.
function M.fail(message)
  io.stderr:write(message, "\n")
  os.exit(1, true)
end

-- Ends the build over a text of the chapters. The driver reads the first line, and looks for what it names in the
-- sources.
function M.refuse(name, message) M.fail("REFUSED\t" .. name .. "\n" .. message) end

return M
