-- Values and claims: numbers of the text that come from the runs, and conditions on them that the driver has judged.
local publication = require("filter.publication")
local messages = require("filter.messages")
local markup = require("filter.markup")
local writer = require("filter.writer")

local M = {}

local function value_key(expression, format) return expression .. "\0" .. format end

local values = {}
for _, value in ipairs(publication.values) do values[value_key(value.expression, value.format)] = value end

-- condition -> its claims in the sources' order
local claims = {}
for _, claim in ipairs(publication.claims) do
  claims[claim.condition] = claims[claim.condition] or {}
  table.insert(claims[claim.condition], claim)
end

-- What the text claims, as { claim, text } in the document's order: a claim's number is its place here.
M.listed = pandoc.List()

-- What the driver has not seen, it has not judged either. Alone, for tests, the filter leaves such text as it is.
local function not_filled_in(what)
  if publication.is_alone then return end
  messages.fail(what .. " stands where the report does not see it; write it in a paragraph of its own")
end

function M.replace_value(code)
  if not code.classes:includes("value") then return nil end
  local value = values[value_key(code.text, code.attributes.format or "")]
  if not value then return not_filled_in("the value `" .. code.text .. "`") end
  value.is_shown = true
  return writer.value(markup.pieces(value.pieces), code.text)
end

function M.number_claim(span)
  if not span.classes:includes("claim") then return nil end
  local claim = table.remove(claims[span.attributes.that or ""] or {}, 1)
  if not claim then return not_filled_in("the claim '" .. (span.attributes.that or "") .. "'") end
  M.listed:insert({ claim = claim, text = span.content })
  span.attributes.number = tostring(#M.listed)
  return span
end

-- A filter that numbers the claims of a text.
M.counter = { traverse = "topdown", Span = M.number_claim }

-- In the text a claim may bear a mark that leads to its entry in the list of claims.
function M.replace_claim(span)
  local number = span.attributes.number
  local entry = number and span.classes:includes("claim") and M.listed[tonumber(number)]
  if entry then return writer.claim(number, entry.claim.holds, span.content) end
end

-- Every claim and every value that was judged stands in the document.
function M.require_all()
  for _, rest in pairs(claims) do
    if rest[1] then
      messages.fail(rest[1].place .. ": the claim '" .. rest[1].condition .. "' stands where Pandoc does not see it")
    end
  end
  for _, value in pairs(values) do
    if not value.is_shown then
      messages.fail("the value `" .. value.expression .. "` stands where Pandoc does not see it")
    end
  end
end

return M
