-- Values and claims: numbers of the text that come from the runs, and conditions on them that the driver has judged.
local publication = require("filter.publication")
local messages = require("filter.messages")
local markup = require("filter.markup")
local writer = require("filter.writer")

local M = {}

local function by_class(statements)
  local index = {}
  for _, statement in ipairs(statements) do index[statement.class] = statement end
  return index
end

local values, claims = by_class(publication.values), by_class(publication.claims)

local by_command = {}
for _, value in ipairs(publication.values) do by_command[value.command] = value end

-- The driver has put the numbers of statements in place of their classes.
local function statement_of(element, statements)
  for at, class in ipairs(element.classes) do
    if statements[class] then return statements[class], at end
  end
end

-- What the text claims, as { claim, text } in the document's order: a claim's number is its place here.
M.listed = pandoc.List()

-- What the driver has not seen, it has not judged either. Alone, for tests, the filter leaves such text as it is.
local function not_filled_in(what)
  if publication.is_alone then return end
  messages.fail(what .. " stands where the report does not see it; write it in a paragraph of its own")
end

-- Mathematics with its values in place of the commands that stand for them.
local function with_values(text)
  if text:find("\\value%s*{") then not_filled_in("a value") end
  return (text:gsub("\\([\x80-\xFF]+)%s*(%b{})", function(command)
    local value = by_command[command]
    if not value then return nil end
    value.is_met = true
    return "{" .. value.formula .. "}"
  end))
end

local function formula(element)
  if not element.text:find("\\", 1, true) then return nil end
  local text = with_values(element.text)
  if text == element.text then return nil end
  element.text = text
  return element
end

local function raw_formula(raw)
  if raw.format:match("tex$") then return formula(raw) end
end

-- Blocks that name values; the driver has read what they say.
local blocks_met = 0

local function without_block(code)
  if publication.is_alone or not code.classes:includes("values") then return nil end
  blocks_met = blocks_met + 1
  return {}
end

local prepared = {
  Math = formula,
  RawInline = raw_formula,
  RawBlock = raw_formula,
  CodeBlock = without_block,
}

-- The text as it is before anything is made of it: values of mathematics are mathematics, and blocks that name values go.
function M.prepared(blocks) return pandoc.Div(blocks):walk(prepared).content end

function M.replace_value(code)
  local value = statement_of(code, values)
  if not value then return code.classes:includes("value") and not_filled_in("the value `" .. code.text .. "`") or nil end
  value.is_met = true
  return writer.value(markup.pieces(value.pieces), value.expression)
end

function M.number_claim(span)
  local claim, at = statement_of(span, claims)
  if not claim then
    return span.classes:includes("claim") and not_filled_in("the claim '" .. (span.attributes.that or "") .. "'") or nil
  end
  if claim.is_met then
    messages.fail(claim.place .. ": the claim '" .. claim.condition .. "' would stand in the report twice")
  end
  claim.is_met = true
  if claim.judged == false then return span.content end
  M.listed:insert({ claim = claim, text = span.content })
  span.classes[at] = "claim"
  span.attributes.number = tostring(#M.listed)
  return span
end

-- The claims that stand before units that are read alone.
function M.skip(count)
  for _ = 1, count do M.listed:insert({}) end
end

-- A filter that numbers the claims of a text.
M.counter = { traverse = "topdown", Span = M.number_claim }

-- In the text a claim may bear a mark that leads to its entry in the list of claims.
function M.replace_claim(span)
  local number = span.attributes.number
  local entry = number and span.classes:includes("claim") and M.listed[tonumber(number)]
  if entry then return writer.claim(number, entry.claim.holds, span.content) end
end

-- Words of the text that are repeated elsewhere: without their notes, and without the marks of claims in them.
function M.repeated(inlines)
  return pandoc.Span(inlines):walk({
    Note = function() return {} end,
    Span = function(span) return statement_of(span, claims) and span.content or nil end,
  }).content
end

-- Every claim and every value that was judged stands in the document; of units alone those of these classes.
function M.require_all(classes)
  local function require_met(statement, what)
    if not statement.is_met and (not classes or classes[statement.class]) then
      messages.fail(statement.place .. ": the " .. what .. " stands where Pandoc does not see it")
    end
  end
  for _, claim in ipairs(publication.claims) do require_met(claim, "claim '" .. claim.condition .. "'") end
  if not classes and not publication.is_alone and blocks_met ~= publication.value_blocks then
    messages.fail("a block of named values stands where the report does not see it; put it between paragraphs of the text")
  end
  for _, value in ipairs(publication.values) do require_met(value, "value `" .. value.expression .. "`") end
end

return M
