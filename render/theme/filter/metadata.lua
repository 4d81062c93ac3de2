-- The metadata: Markdown that the driver has read from YAML and checked, made into what templates and Pandoc's writers take.
local draft = require("filter.draft")
local withheld = require("filter.withheld")
local formula = require("filter.formula")
local latex = require("filter.latex")
local markup = require("filter.markup")
local wording = require("filter.wording")

local M = {}

-- Inlines, blocks, lists and mappings of them; mappings in the order of their keys, since claims are counted on the way.
function M.walked(value, filter)
  local kind = pandoc.utils.type(value)
  if kind == "Inlines" then return pandoc.Span(value):walk(filter).content end
  if kind == "Blocks" then return pandoc.Div(value):walk(filter).content end
  if type(value) ~= "table" then return value end
  local keys = {}
  for key in pairs(value) do keys[#keys + 1] = key end
  table.sort(keys)
  for _, key in ipairs(keys) do value[key] = M.walked(value[key], filter) end
  return value
end

-- A value's blocks, or the inlines of a line, as a function of blocks makes them.
function M.blockwise(value, change)
  local kind = pandoc.utils.type(value)
  if kind == "Inlines" then return pandoc.utils.blocks_to_inlines(change({ pandoc.Plain(value) })) end
  if kind == "Blocks" then return change(value) end
  if type(value) ~= "table" then return value end
  for key, item in pairs(value) do value[key] = M.blockwise(item, change) end
  return value
end

-- ------------------------------------------------------------------------------------------------------------- reading

-- Definitions of the text's macros, which hold in the metadata too.
local macros = ""

local function is_definitions(raw) return raw.format:match("tex$") and latex.is_definitions(raw.text) end

function M.use_macros(blocks)
  local found = {}
  local function keep(raw)
    if is_definitions(raw) then found[#found + 1] = raw.text .. "\n\n" end
  end
  pandoc.Div(blocks):walk({ RawBlock = keep, RawInline = keep })
  macros = table.concat(found)
end

local function markdown(text)
  local blocks = pandoc.read(macros .. text .. "\n", "markdown").blocks
  return blocks:filter(function(block) return not (block.t == "RawBlock" and is_definitions(block)) end)
end

local readers = {}

function readers.word(value) return value end
readers.truth = readers.word
readers.license = readers.word

-- A picture beside the text, with no description where the author gives none: the title says whose report it is.
function readers.picture(value)
  local attributes = { { "width", value.width or "30mm" } }
  return pandoc.Span({ pandoc.Image({ pandoc.Str(value.alt or "") }, value.file, "", pandoc.Attr("", { "logo" }, attributes)) }).content
end

function readers.blocks(text, clean) return pandoc.Div(clean(markdown(text))).content end

-- A word in front keeps "1. Introduction" from being a list.
function readers.line(text, clean)
  local inlines = pandoc.utils.blocks_to_inlines(clean(markdown("x " .. text:gsub("%s+", " "))))
  local rest = pandoc.List()
  for at = 3, #inlines do rest:insert(inlines[at]) end
  return pandoc.Span(rest).content
end

function readers.lines(list, clean)
  local lines = pandoc.List()
  for _, text in ipairs(list) do lines:insert(readers.line(text, clean)) end
  return lines
end

function readers.authors(list, clean)
  local authors = pandoc.List()
  for _, author in ipairs(list) do
    local read = { name = readers.line(author.name, clean), orcid = author.orcid, email = author.email, corresponding = author.corresponding }
    if author.affiliations then read.affiliations = readers.lines(author.affiliations, clean) end
    authors:insert(next(author, next(author)) and read or read.name)
  end
  return authors
end

-- Sources in citeproc's own form.
function readers.sources(value, clean)
  if type(value) ~= "table" then return readers.line(tostring(value), clean) end
  local read = {}
  for key, item in pairs(value) do read[key] = key == "id" and item or readers.sources(item, clean) end
  return read
end

-- The fields by their keys; `clean` is what blocks must go through.
function M.read(fields, clean)
  local read = {}
  for _, field in ipairs(fields) do read[field.key] = readers[field.form](field.value, clean) end
  return read
end

-- ------------------------------------------------------------------------------------------------------------- authors

-- Numbers of the affiliations, which need none where all authors share one.
local function affiliations_of(authors)
  local numbers, list, shared = {}, pandoc.List(), true
  for _, author in ipairs(authors) do
    for _, affiliation in ipairs(author.affiliations or {}) do
      local name = pandoc.utils.stringify(affiliation)
      if not numbers[name] then
        list:insert(affiliation)
        numbers[name] = #list
      end
    end
  end
  for _, author in ipairs(authors) do shared = shared and #(author.affiliations or {}) == #list end
  return list, numbers, shared and #list < 2
end

local function byline(author, numbers, shared, alone)
  local marks = {}
  for _, affiliation in ipairs(not shared and author.affiliations or {}) do
    marks[#marks + 1] = tostring(numbers[pandoc.utils.stringify(affiliation)])
  end
  if author.corresponding and not alone then marks[#marks + 1] = "*" end
  local inlines = author.name:clone()
  if #marks > 0 then inlines:insert(pandoc.Superscript({ pandoc.Str(table.concat(marks, ",")) })) end
  return pandoc.Span(inlines).content
end

-- How an author can be reached, in one line; nothing when that is not given.
local function contact(author, alone)
  local inlines = pandoc.List()
  local function add(...)
    inlines:extend({ pandoc.Str(","), pandoc.Space() })
    inlines:extend({ ... })
  end
  if author.email then add(pandoc.Link({ pandoc.Str(author.email) }, "mailto:" .. author.email)) end
  if author.orcid then
    add(pandoc.Str("ORCID"), pandoc.Space(), pandoc.Link({ pandoc.Str(author.orcid) }, "https://orcid.org/" .. author.orcid))
  end
  if #inlines == 0 and not author.corresponding then return nil end
  local line = pandoc.List()
  if author.corresponding and not alone then line:insert(pandoc.Superscript({ pandoc.Str("*") })) end
  line:extend(author.name)
  if author.corresponding then 
    line:insert(pandoc.Space())
    line:extend(markup.words("(" .. wording.corresponding_author .. ")"))
  end
  line:extend(inlines)
  return pandoc.Span(line).content
end

-- An author of whom only the name is given, as all others are.
function M.whole_author(author) return pandoc.utils.type(author) == "Inlines" and { name = author } or author end

-- "Ada, Charles and Mary": each a span, so that a page breaks no line within a name.
local function in_a_line(names)
  local line = pandoc.List()
  for at, name in ipairs(names) do
    if at > 1 and at == #names then line:extend({ pandoc.Space(), pandoc.Str(wording["and"]), pandoc.Space() }) end
    if at > 1 and at < #names then line:extend({ pandoc.Str(","), pandoc.Space() }) end
    line:insert(pandoc.Span(name))
  end
  return pandoc.Span(line).content
end

-- "Licence: CC BY 4.0", which leads to its text.
function M.license_line(license)
  local before, after = wording.around("licensed")
  return pandoc.Span({ pandoc.Str(before), pandoc.Link({ pandoc.Str(license.name) }, license.address), pandoc.Str(after) }).content
end

-- The authors' names, and for the templates: the line of authors and each author's part of it, the list of affiliations, and how authors can be reached.
function M.set_authors(meta)
  if not meta.author then return end
  local authors, plain = pandoc.List(), true
  for _, author in ipairs(meta.author) do
    plain = plain and pandoc.utils.type(author) == "Inlines"
    authors:insert(M.whole_author(author))
  end
  meta.author = authors:map(function(author) return author.name end)
  local alone = #authors == 1
  local list, numbers, shared = affiliations_of(authors)
  meta.bylines = authors:map(function(author) return byline(author, numbers, shared, alone) end)
  meta.byline = in_a_line(meta.bylines)
  if plain then return end
  meta.affiliations = list:map(function(affiliation)
    local line = affiliation:clone()
    if not shared then line:insert(1, pandoc.Superscript({ pandoc.Str(tostring(numbers[pandoc.utils.stringify(affiliation)])) })) end
    return pandoc.Span(line).content
  end)
  local contacts = pandoc.List()
  for _, author in ipairs(authors) do
    local line = contact(author, alone)
    if line then contacts:insert(line) end
  end
  meta.contacts = contacts
end

-- ---------------------------------------------------------------------------------------------------------- properties

local function first_heading(blocks)
  local found
  pandoc.Div(blocks):walk({ Header = function(heading) found = found or heading.content end })
  return found
end

-- A property of a file as most formats take it.
function M.plain_property(text) return pandoc.Span({ pandoc.Str(text) }).content end

-- What a document is given beside its text. Properties of files hold plain text, of which `property` makes what the
-- format takes; a title there must be, so that one without is called by its first heading. Gives that title and the
-- authors' names.
function M.set_properties(meta, blocks, property)
  local function plain(inlines) return property(formula.plain(inlines)) end
  local names = meta.author and meta.author:map(function(author) return author.name or author end)
  local title = meta.title or first_heading(blocks)
  local plain_title = draft.title(title and formula.plain(title) or wording.report)
  meta.pagetitle, meta["plain-title"] = plain_title, property(plain_title)
  meta["draft-word"] = draft.word()
  local notes = pandoc.List({ draft.note(meta) or false, withheld.note() or false }):filter(function(note) return note end)
  meta["head-notes"] = #notes > 0 and notes or nil
  meta["abstract-heading"] = meta["abstract-title"]  -- Pandoc gives the other a text of its own
  meta["plain-authors"] = names and names:map(plain)
  meta["plain-subtitle"] = meta.subtitle and plain(meta.subtitle)
  for _, key in ipairs({ "subject", "description", "rights" }) do meta[key] = meta[key] and plain(meta[key]) end
  meta.keywords = meta.keywords and meta.keywords:map(plain)
  if meta.license then
    meta.rights = meta.rights or property(wording.filled("licensed", { license = meta.license.name }))
    meta["license-line"] = M.license_line(meta.license)
  end
  return title, names
end

return M
