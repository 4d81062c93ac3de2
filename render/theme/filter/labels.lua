-- What of Pandoc's document bears an ID that is numbered, and where its label stands.
local M = {}

function M.is_directive(block)
  return block.t == "CodeBlock" and block.classes:includes("figure") and block.identifier:match("^fig:") ~= nil
end

-- The equation's ID when the inlines at `at` are display mathematics, a space and {#eq:id}; and what follows it.
function M.equation(inlines, at)
  local math, space, label = inlines[at], inlines[at + 1], inlines[at + 2]
  if not (label and math.t == "Math" and math.mathtype == "DisplayMath") then return nil end
  if (space.t ~= "Space" and space.t ~= "SoftBreak") or label.t ~= "Str" then return nil end
  return label.text:match("^{#(eq:[%w_:.%-]+)}(.*)$")
end

function M.is_equation_span(span)
  return span.identifier:match("^eq:") and #span.content == 1 and span.content[1].t == "Math"
end

-- Whether a formula is displayed in it. Handing a list of inlines to Lua is dear, so that only such blocks are looked into.
function M.displays(block)
  local found = false
  block:walk({ Math = function(math) found = found or math.mathtype == "DisplayMath" end })
  return found
end

-- The table's ID that ends its caption.
function M.table(table)
  local caption = table.caption.long
  local last = caption[#caption]
  local inlines = last and last.content
  local label = inlines and inlines[#inlines]
  return label and label.t == "Str" and label.text:match("^{#(tbl:[%w_:.%-]+)}$")
end

return M
