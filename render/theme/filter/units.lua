-- The page in units, which are its chapters' sections. Pandoc wrote the whole page once, with a mark before each unit and
-- one behind the last, and this filter wrote down what units need of each other. A unit whose text changed, and nothing
-- that others need of it, is then read and written alone, between its two marks: publish/page/page_units.cpp puts it
-- among the others. So are several that stand together. Whatever else there is makes this filter give up, and the page
-- is made as a whole.
local publication = require("filter.publication")
local contents_lists = require("filter.contents_lists")
local labels = require("filter.labels")
local macros = require("filter.macros")
local numbering = require("filter.numbering")
local references = require("filter.references")
local statements = require("filter.statements")

-- { mark, count, interface, heads }, and for units alone { first, last, required, sources }; nothing where the
-- document is made as one.
local units = publication.units

local M = {}

-- Whether these are some of the units, without the others.
M.are_alone = units ~= nil and units.first ~= nil

-- What was written down of all units.
local known = M.are_alone and assert(loadfile(units.interface, "t", {}))()
  or { claims = {}, counters = {}, heads = {}, signatures = {} }

local function is_made(number) return number >= (units.first or 1) and number <= (units.last or units.count) end

local function give_up(why)
  io.stderr:write("UNITS\t", why, "\n")
  os.exit(1, true)
end

local function number_in(id) return id:sub(1, #units.mark) == units.mark and tonumber(id:sub(#units.mark + 1)) or nil end

-- The number of a mark as Pandoc reads it: an empty span with an ID that no chapter can know, alone in its paragraph.
local function number_read(block)
  local content = block.t == "Para" and block.content
  return content and #content == 1 and content[1].t == "Span" and number_in(content[1].identifier) or nil
end

-- From there on it is an empty division: handing a paragraph's inlines to Lua is dear, and all would be handed to it each
-- time that the text is looked through for marks.
local function mark_of(number) return pandoc.Div({}, pandoc.Attr(units.mark .. number)) end
local function number_of(block) return block.t == "Div" and number_in(block.identifier) or nil end

-- What Pandoc reads before later units when one of these is read alone: macros, and the IDs of headings, which make those
-- of later headings others.
local function head_of(part)
  local ids = pandoc.List()
  pandoc.Div(part):walk({
    Header = function(heading)
      if heading.identifier ~= "" then ids:insert(heading.identifier) end
    end,
  })
  return { macros = table.concat(macros.definitions_in(part), "\n\n"), ids = table.concat(ids, " ") }
end

-- A value as Lua reads it; the same for the same value.
local function written(value)
  if type(value) == "string" then return ("%q"):format(value) end
  if type(value) ~= "table" then return tostring(value) end
  local parts = {}
  for key, item in pairs(value) do parts[#parts + 1] = ("[%s]=%s"):format(written(key), written(item)) end
  table.sort(parts)
  return "{" .. table.concat(parts, ",\n") .. "}"
end

-- What is noted of a unit, or held against what was.
local function note(kind, number, value, why)
  if not M.are_alone then
    known[kind][number] = value
  elseif written(known[kind][number]) ~= written(value) then
    give_up(why)
  end
end

-- The document between its marks. Before a unit alone there is what Pandoc was to read first: macros stay, headings have
-- made the IDs of later ones their own.
function M.begun(blocks)
  if not units then return blocks end
  local first = units.first or 1
  local next_one, last = first, (units.last or units.count) + 1
  local result = pandoc.List()
  for _, block in ipairs(blocks) do
    local number = number_read(block)
    if number then
      if number ~= next_one then give_up("a mark stands elsewhere") end
      next_one = next_one + 1
      result:insert(mark_of(number))
    elseif next_one > first or (block.t == "RawBlock" and macros.is_definitions(block)) then
      result:insert(block)
    end
  end
  if next_one ~= last + 1 then give_up("a mark is lost") end
  M.each(result, function(part, number)
    if is_made(number) then note("heads", number, head_of(part), "macros or headings changed") end
    return {}
  end)
  return result
end

-- The text part by part, each as `change(blocks, number)` makes it: what follows the last mark has its number.
function M.each(blocks, change)
  if not units then return change(blocks) end
  local result, part, number = pandoc.List(), pandoc.List(), 0
  for _, block in ipairs(blocks) do
    local next_one = number_of(block)
    if next_one then
      result:extend(change(part, number))
      part, number = pandoc.List(), next_one
    end
    part:insert(block)
  end
  result:extend(change(part, number))
  return result
end

-- ------------------------------------------------------------------------------------------------- what is written down

local function json_of(inlines) return pandoc.write(pandoc.Pandoc({ pandoc.Plain(inlines) }), "json") end

-- Pandoc counts citations through the document.
local function without_counts(json) return (json:gsub('"citationNoteNum":%d+', '"citationNoteNum":0')) end

local function title_of(json) return pandoc.read(json, "json").blocks[1].content end

-- Numbers of the text, with those of other units where these are some of them.
function M.count(blocks)
  if not units then return numbering.count(blocks) end
  if M.are_alone then
    local others = pandoc.List(known.items):filter(function(item) return not is_made(item.unit) end)
    numbering.restore(others, known.panels, known.counters[units.first], title_of)
    statements.skip(known.claims[units.first])
  end
  M.each(blocks, function(part, number)
    if not M.are_alone then known.counters[number] = numbering.counters() end
    numbering.begin_unit(number)
    numbering.count(part)
    return {}
  end)
  if M.are_alone then note("counters", units.last + 1, numbering.counters(), "numbers changed") end
end

-- Before the claims of a part are counted.
function M.note_claims(number)
  if units and not M.are_alone then known.claims[number] = #statements.listed end
end

-- What other units, the contents and the lists show of a unit, or count on: as a text, which is another when any of it is.
local function signature(part, number)
  local inlines, words = pandoc.List(), {}
  local function say(...)
    for _, word in ipairs({ ... }) do words[#words + 1] = tostring(word) end
  end
  pandoc.Div(part):walk({
    traverse = "topdown",
    Header = function(heading)
      say("heading", heading.level, heading.identifier, table.concat(heading.classes, " "))
      for key, value in pairs(heading.attributes) do say(key, value) end
      inlines:extend(heading.content)
      inlines:insert(pandoc.LineBreak())
    end,
    Cite = function(cite) if references.cites_source(cite) then inlines:insert(cite) end end,
    Span = function(span) if span.attributes.number and span.classes:includes("claim") then inlines:insert(span) end end,
    CodeBlock = function(code) if labels.is_directive(code) then say("figure", code.identifier) end end,
  })
  for _, line in ipairs(contents_lists.all_entries(part)) do
    say("entry", line.id)
    inlines:extend(line.text)
    inlines:insert(pandoc.LineBreak())
  end
  for _, item in ipairs(numbering.items(number)) do say(item.id, item.kind, item.number, item.panel) end
  return pandoc.utils.sha1(table.concat(words, "\t") .. "\n" .. without_counts(json_of(inlines)))
end

-- Notes what is to be noted of the numbered text, or gives up when it is not what it was.
function M.compare(blocks)
  if not units then return end
  M.each(blocks, function(part, number)
    if is_made(number) then note("signatures", number, signature(part, number), "others depend on it") end
    return {}
  end)
end

local function write_file(name, text)
  local file = assert(io.open(name, "w"))
  file:write(text)
  file:close()
end

-- Once titles are as references repeat them.
function M.write_down()
  if not units or M.are_alone then return end
  known.items, known.panels = {}, numbering.panels()
  for number = 1, units.count + 1 do
    for _, item in ipairs(numbering.items(number)) do
      known.items[#known.items + 1] = { id = item.id, unit = number, kind = item.kind, number = item.number, panel = item.panel,
        title = item.title and json_of(item.title) }
    end
  end
  write_file(units.interface, "return " .. written(known) .. "\n")
  local heads = {}
  for number, head in ipairs(known.heads) do heads[number] = ("%d %s\n%s\n"):format(#head.macros, head.ids, head.macros) end
  write_file(units.heads, table.concat(heads))
end

-- ------------------------------------------------------------------------------------------------------------- the end

-- Whether a unit cannot be read alone, and how many of its blocks of code Pandoc numbers: those without an ID, highlighted
-- or not.
local function looked_through(part, number)
  local waits, refers, code_blocks = false, false, 0
  pandoc.Div(part):walk({
    traverse = "topdown",
    CodeBlock = function(code) code_blocks = code_blocks + (code.identifier == "" and 1 or 0) end,
    Div = function(div) refers = refers or div.identifier == "refs" end,
    -- A picture's description repeats citations, as words.
    Image = function(image)
      pandoc.Span(image.caption):walk({ Cite = function(cite) refers = refers or references.cites_source(cite) end })
    end,
  })
  if number == units.count then waits = #part > 0 and part[#part].t == "Header" end
  local is_bound = is_made(number) and (waits or refers or known.counters[number + 1].appendices > 0)
  return is_bound, code_blocks
end

-- As many of each level as have a number before units alone: Pandoc counts them. (Told by --number-offset where to begin,
-- Pandoc 2.17 puts a section with another number around each heading.)
local function headings_before()
  local headings = pandoc.List()
  for level, count in ipairs(known.counters[units.first].levels) do
    for _ = 1, count do headings:insert(pandoc.Header(level, {})) end
  end
  return headings
end

-- The marks as the page has them; units alone lose what stood before them.
function M.finished(blocks)
  if not units then return blocks end
  return M.each(blocks, function(part, number)
    if number == 0 then return M.are_alone and headings_before() or {} end
    local is_bound, code_blocks = looked_through(part, number)
    if M.are_alone and is_bound then give_up("it cannot be read alone") end
    part[1] = pandoc.RawBlock("html", ("<!-- %s%d %s %d -->")
      :format(units.mark, number, is_bound and "bound" or "free", code_blocks))
    return part
  end)
end

-- Statements that must have been met; nothing: all.
function M.required() return M.are_alone and units.required or nil end

-- What citeproc is given for units alone, where it has to look at it: the sources that it cites. How they are cited is
-- known already.
function M.metadata(fields, style)
  local meta = { lang = fields.lang }
  if units.sources then
    meta.bibliography, meta.csl = units.sources, style
    meta["link-citations"], meta["suppress-bibliography"] = true, true
  end
  return meta
end

-- The fields that matter to units alone.
function M.fields(fields)
  if not M.are_alone then return fields end
  return pandoc.List(fields):filter(function(field) return field.key == "lang" end)
end

return M
