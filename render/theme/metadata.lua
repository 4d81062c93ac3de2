-- The metadata: Markdown that the driver has read from YAML and checked, made into what templates and Pandoc's writers take.
local M = {}

local folder = PANDOC_SCRIPT_FILE:match("^(.*)/[^/]*$") or "."
local formula = dofile(folder .. "/formula.lua")

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
local is_definitions

function M.use_macros(blocks, are_definitions)
  is_definitions = are_definitions
  local found = {}
  local function keep(raw)
    if raw.format:match("tex$") and is_definitions(raw.text) then found[#found + 1] = raw.text .. "\n\n" end
  end
  pandoc.Div(blocks):walk({ RawBlock = keep, RawInline = keep })
  macros = table.concat(found)
end

local function markdown(text)
  local blocks = pandoc.read(macros .. text .. "\n", "markdown").blocks
  return blocks:filter(function(block) return not (block.t == "RawBlock" and block.format:match("tex$") and is_definitions(block.text)) end)
end

local readers = {}

function readers.word(value) return value end
readers.truth = readers.word

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
  if author.corresponding then line:extend({ pandoc.Space(), pandoc.Str("(corresponding"), pandoc.Space(), pandoc.Str("author)") }) end
  line:extend(inlines)
  return pandoc.Span(line).content
end

local function xml_text(text) return (text:gsub("[&<>]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;" })) end

-- Word's writer makes a paragraph of each author and a property of all their plain text. What is raw is not in the latter.
local function word_author(author)
  local inlines = author.name:clone()
  local function add(text)
    inlines:insert(pandoc.RawInline("openxml", '<w:r><w:br/></w:r><w:r><w:t xml:space="preserve">' .. xml_text(text) .. "</w:t></w:r>"))
  end
  for _, affiliation in ipairs(author.affiliations or {}) do add(formula.plain(affiliation)) end
  if author.email then add(author.email .. (author.corresponding and " (corresponding author)" or "")) end
  if author.orcid then add("ORCID " .. author.orcid) end
  return pandoc.Span(inlines).content
end

local function set_authors(meta, format)
  if not meta.author then return end
  local authors, plain = pandoc.List(), true
  for _, author in ipairs(meta.author) do
    local is_name = pandoc.utils.type(author) == "Inlines"
    plain = plain and is_name
    authors:insert(is_name and { name = author } or author)
  end
  meta.author = authors:map(function(author) return format == "docx" and word_author(author) or author.name end)
  if format == "docx" then return end
  local alone = #authors == 1
  local list, numbers, shared = affiliations_of(authors)
  meta.byline = authors:map(function(author) return byline(author, numbers, shared, alone) end)
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

-- ------------------------------------------------------------------------------------------------- for the other writers

local function first_heading(blocks)
  local found
  pandoc.Div(blocks):walk({ Header = function(heading) found = found or heading.content end })
  return found
end

-- A book is the same book as long as it is called the same: a name-based identifier of RFC 4122 (version 5).
local function identifier_of(title, authors)
  local names = { title }
  for _, author in ipairs(authors or {}) do names[#names + 1] = formula.plain(author) end
  local hash = pandoc.utils.sha1(table.concat(names, "\n"))
  local variant = ("%x"):format(tonumber(hash:sub(17, 17), 16) & 3 | 8)
  return ("urn:uuid:%s-%s-5%s-%s%s-%s"):format(hash:sub(1, 8), hash:sub(9, 12), hash:sub(14, 16), variant, hash:sub(18, 20), hash:sub(21, 32))
end

-- Text for properties of files. Pandoc would write quotation marks of LaTeX.
local function property(text, format)
  if format ~= "latex" then return pandoc.Span({ pandoc.Str(text) }).content end
  local characters = { ["\\"] = "\\textbackslash{}", ["^"] = "\\textasciicircum{}", ["~"] = "\\textasciitilde{}" }
  local escaped = text:gsub("[\\{}%%#$&_^~]", function(c) return characters[c] or "\\" .. c end)
  return pandoc.Span({ pandoc.RawInline("latex", escaped) }).content
end

-- A book's title page is a file of its own, which holds no notes and to which nothing else in the book is beside: notes
-- of a title become lines below it, and the abstract, which may hold anything, becomes the first chapter.
local function set_title_page(meta, blocks)
  local notes = pandoc.List()
  local function line_of(inlines)
    return inlines:walk({
      Note = function(note)
        notes:insert(pandoc.Span(pandoc.utils.blocks_to_inlines(note.content)).content)
        return {}
      end,
      Link = function(link) if link.target:match("^#") then return link.content end end,
      Math = function(math) return formula.for_readers(math, false) end,
    })
  end
  for _, key in ipairs({ "title", "subtitle" }) do
    if meta[key] then meta[key] = line_of(meta[key]) end
  end
  for _, key in ipairs({ "author", "byline", "affiliations", "contacts" }) do
    if meta[key] then meta[key] = meta[key]:map(line_of) end
  end
  if #notes > 0 then meta.contacts = (meta.contacts or pandoc.List()) .. notes end
  if not meta.abstract then return end
  local heading = meta["abstract-title"] or pandoc.Span({ pandoc.Str("Abstract") }).content
  blocks:insert(1, pandoc.Header(1, heading, pandoc.Attr("abstract", { "unnumbered" })))
  blocks:insert(2, pandoc.Div(meta.abstract, pandoc.Attr("", { "abstract" })))
  meta.abstract = nil
end

-- What a document is given beside its text. Properties of files hold plain text; a title there must be, so that one
-- without is called by its first heading.
function M.prepare(meta, blocks, format)
  local function plain(inlines) return property(formula.plain(inlines), format) end
  local names = meta.author and meta.author:map(function(author) return author.name or author end)
  set_authors(meta, format)
  local title = meta.title or first_heading(blocks)
  local plain_title = title and formula.plain(title) or "Report"
  meta.pagetitle, meta["plain-title"] = plain_title, property(plain_title, format)
  meta["abstract-heading"] = meta["abstract-title"]  -- Pandoc gives the other a text of its own
  meta["plain-authors"] = names and names:map(plain)
  meta["plain-subtitle"] = meta.subtitle and plain(meta.subtitle)
  for _, key in ipairs({ "subject", "description", "rights" }) do meta[key] = meta[key] and plain(meta[key]) end
  meta.keywords = meta.keywords and meta.keywords:map(plain)
  if format ~= "epub" and format ~= "docx" then return end
  meta.lang = meta.lang or "en"
  if format == "epub" then
    meta.title = title and title:clone() or pandoc.Span({ pandoc.Str("Report") }).content
    meta["toc-title"] = meta["toc-title"] or plain_title
    set_title_page(meta, blocks)
    meta.identifier = meta.identifier or identifier_of(plain_title, names)
  end
end

return M
