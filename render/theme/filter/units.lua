-- Chapters as units of the page. Pandoc wrote the whole page once, with a mark before each chapter and one behind the
-- last, and this filter wrote down what chapters need of each other. A chapter whose text changed, and nothing that
-- others need of it, is then read and written alone, between its two marks: publish/page/chapter_units.cpp puts it
-- among the others. Whatever else there is makes this filter give up, and the page is made as a whole.
local publication = require("filter.publication")
local contents_lists = require("filter.contents_lists")
local labels = require("filter.labels")
local macros = require("filter.macros")
local numbering = require("filter.numbering")
local references = require("filter.references")
local statements = require("filter.statements")

-- { mark, count, interface, heads, signatures }, and for a chapter alone { only, required, sources }; nothing where the
-- document is made as one.
local units = publication.units

local M = {}

-- Whether this is a chapter alone.
M.is_one = units ~= nil and units.only ~= nil

local function give_up(why)
  io.stderr:write("UNITS\t", why, "\n")
  os.exit(1, true)
end

-- The number of a mark: an empty span with an ID that no chapter can know, alone in its paragraph.
local function number_of(block)
  local span = block.t == "Para" and #block.content == 1 and block.content[1]
  if not span or span.t ~= "Span" or span.identifier:sub(1, #units.mark) ~= units.mark then return nil end
  return tonumber(span.identifier:sub(#units.mark + 1))
end

-- What Pandoc reads before later chapters when one of these is read alone: macros, and the IDs of headings, which make
-- those of later headings others.
local function head_of(part)
  local lines = macros.definitions_in(part)
  pandoc.Div(part):walk({
    Header = function(heading)
      if heading.identifier ~= "" then lines:insert("# " .. units.mark .. " {#" .. heading.identifier .. "}") end
    end,
  })
  return table.concat(lines, "\n\n") .. "\n"
end

-- A text of a chapter, written down, or held against what was.
local function keep(name, text, why)
  local file = assert(io.open(name, M.is_one and "r" or "w"))
  if not M.is_one then
    file:write(text)
  elseif file:read("a") ~= text then
    give_up(why)
  end
  file:close()
end

local function keep_head(part, number)
  if not M.is_one or number == units.only then
    keep(units.heads .. number .. ".md", head_of(part), "macros or headings changed")
  end
  return {}
end

-- The document between its marks. Before a chapter alone there is what Pandoc was to read first: macros stay, headings
-- have made the IDs of later ones their own.
function M.begun(blocks)
  if not units then return blocks end
  local first = units.only or 1
  local next_one, last = first, (units.only or units.count) + 1
  local result = pandoc.List()
  for _, block in ipairs(blocks) do
    local number = number_of(block)
    if number and number ~= next_one then give_up("a mark stands elsewhere") end
    if number then next_one = next_one + 1 end
    if next_one > first or (block.t == "RawBlock" and macros.is_definitions(block)) then result:insert(block) end
  end
  if next_one ~= last + 1 then give_up("a mark is lost") end
  M.each(result, keep_head)
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

local known = M.is_one and assert(loadfile(units.interface, "t", {}))() or { counters = {}, claims = {} }

local function written(value)
  if type(value) == "string" then return ("%q"):format(value) end
  if type(value) ~= "table" then return tostring(value) end
  local parts = {}
  for key, item in pairs(value) do parts[#parts + 1] = ("[%s]=%s"):format(written(key), written(item)) end
  table.sort(parts)
  return "{" .. table.concat(parts, ",\n") .. "}"
end

local function json_of(inlines) return pandoc.write(pandoc.Pandoc({ pandoc.Plain(inlines) }), "json") end

-- Pandoc counts citations through the document.
local function without_counts(json) return (json:gsub('"citationNoteNum":%d+', '"citationNoteNum":0')) end

-- Numbers of the text, with those of other chapters where this is one of them.
function M.count(blocks)
  if not units then return numbering.count(blocks) end
  if M.is_one then
    numbering.restore(units.only, known.items, known.panels, known.counters[units.only], function(json)
      return pandoc.read(json, "json").blocks[1].content
    end)
    statements.skip(known.claims[units.only])
  end
  M.each(blocks, function(part, number)
    if not M.is_one then known.counters[number] = numbering.counters() end
    numbering.begin_unit(number)
    numbering.count(part)
    return {}
  end)
  if M.is_one and written(numbering.counters()) ~= written(known.counters[units.only + 1]) then give_up("numbers changed") end
end

-- Before the claims of a part are counted.
function M.note_claims(number)
  if units and not M.is_one then known.claims[number] = #statements.listed end
end

-- What other chapters, the contents and the lists show of a chapter, or count on: as a text, which is another when any
-- of it is.
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
  return table.concat(words, "\t") .. "\n" .. without_counts(json_of(inlines))
end

-- Notes what is to be noted of the numbered text, or gives up when it is not what it was.
function M.compare(blocks)
  if not units then return end
  M.each(blocks, function(part, number)
    if number >= 1 and number <= units.count and (not M.is_one or number == units.only) then
      keep(units.signatures .. number, signature(part, number), "others depend on it")
    end
    return {}
  end)
end

-- Once titles are as references repeat them.
function M.write_down()
  if not units or M.is_one then return end
  known.items, known.panels = {}, numbering.panels()
  for number = 1, units.count + 1 do
    for _, item in ipairs(numbering.items(number)) do
      known.items[#known.items + 1] = { id = item.id, unit = number, kind = item.kind, number = item.number, panel = item.panel,
        title = item.title and json_of(item.title) }
    end
  end
  local file = assert(io.open(units.interface, "w"))
  file:write("return ", written(known), "\n")
  file:close()
end

-- ------------------------------------------------------------------------------------------------------------- the end

-- Whether a chapter cannot be read alone.
local function bound(part, number)
  local first, waits, refers = nil, false, false
  pandoc.Div(part):walk({
    traverse = "topdown",
    Header = function(heading)
      if not heading.classes:includes("unnumbered") then first = first or heading.level end
    end,
    Div = function(div) refers = refers or div.identifier == "refs" end,
    -- A picture's description repeats citations, as words.
    Image = function(image)
      pandoc.Span(image.caption):walk({ Cite = function(cite) refers = refers or references.cites_source(cite) end })
    end,
  })
  if number == units.count then waits = #part > 0 and part[#part].t == "Header" end
  return (first or 1) ~= 1 or waits or refers or known.counters[number + 1].appendices > 0
end

-- As many as have a number before a chapter alone: Pandoc counts them. (Told by --number-offset where to begin, Pandoc
-- 2.17 puts a section with another number around each heading.)
local function headings_before()
  local headings = pandoc.List()
  for _ = 1, known.counters[units.only].levels[1] or 0 do headings:insert(pandoc.Header(1, {})) end
  return headings
end

-- The marks as the page has them; a chapter alone loses what stood before it.
function M.finished(blocks)
  if not units then return blocks end
  return M.each(blocks, function(part, number)
    if number == 0 then return M.is_one and headings_before() or {} end
    local is_bound = number <= units.count and bound(part, number)
    if M.is_one and number == units.only and is_bound then give_up("it cannot be read alone") end
    part[1] = pandoc.RawBlock("html", ("<!-- %s%d %s -->"):format(units.mark, number, is_bound and "bound" or "free"))
    return part
  end)
end

-- Statements that must have been met; nothing: all.
function M.required() return M.is_one and units.required or nil end

-- What citeproc is given for a chapter alone, where it has to look at it: the sources that it cites. How they are cited is
-- known already.
function M.metadata(fields, style)
  local meta = { lang = fields.lang }
  if units.sources then
    meta.bibliography, meta.csl = units.sources, style
    meta["link-citations"], meta["suppress-bibliography"] = true, true
  end
  return meta
end

-- The fields that matter to a chapter alone.
function M.fields(fields)
  if not M.is_one then return fields end
  return pandoc.List(fields):filter(function(field) return field.key == "lang" end)
end

return M
