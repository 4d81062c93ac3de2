-- What search engines, catalogues and reference managers read of a page: the tags that Google Scholar and Zotero look
-- for (Highwire's), and an article of schema.org as JSON-LD.
local formula = require("filter.formula")
local markup = require("filter.markup")

local M = {}

-- ---------------------------------------------------------------------------------------------- what there is to be told

local function plain(inlines) return inlines and formula.plain(inlines) end

local function plain_blocks(blocks)
  if not blocks then return nil end
  local kind = pandoc.utils.type(blocks)
  return plain(kind == "Blocks" and pandoc.utils.blocks_to_inlines(blocks, { pandoc.Space() }) or blocks)
end

-- A DOI, with which an identifier may begin.
local function doi_of(identifier)
  if not identifier then return nil end
  return identifier:match("^doi:%s*(10%..+)$") or identifier:match("^https?://d?x?%.?doi%.org/(10%..+)$") or identifier:match("^(10%.%d+/.+)$")
end

-- The same facts for all forms: texts, and lists of them. To be asked before authors and properties are made for templates.
function M.facts(fields, date)
  local authors = {}
  for _, author in ipairs(fields.author or {}) do
    local whole = pandoc.utils.type(author) == "Inlines" and { name = author } or author
    local affiliations = {}
    for _, affiliation in ipairs(whole.affiliations or {}) do affiliations[#affiliations + 1] = plain(affiliation) end
    authors[#authors + 1] = { name = plain(whole.name), affiliations = affiliations, orcid = whole.orcid,
      email = whole.corresponding and whole.email or nil }
  end
  local keywords = {}
  for _, keyword in ipairs(fields.keywords or {}) do keywords[#keywords + 1] = plain(keyword) end
  return {
    title = plain(fields.title), subtitle = plain(fields.subtitle), authors = authors, keywords = keywords,
    abstract = plain_blocks(fields.abstract), description = plain(fields.description) or plain(fields.subject),
    date = fields.date and date ~= "" and date or nil, language = fields.lang or "en", license = fields.license,
    doi = doi_of(fields.identifier), rights = plain(fields.rights),
  }
end

-- ----------------------------------------------------------------------------------------------------------------- forms

local function highwire(facts)
  local tags = {}
  local function add(name, content)
    if content then tags[#tags + 1] = ('<meta name="citation_%s" content="%s">'):format(name, markup.html_text(content)) end
  end
  add("title", facts.title)
  for _, author in ipairs(facts.authors) do
    add("author", author.name)
    for _, affiliation in ipairs(author.affiliations) do add("author_institution", affiliation) end
    add("author_orcid", author.orcid and "https://orcid.org/" .. author.orcid)
    add("author_email", author.email)
  end
  add("publication_date", facts.date and facts.date:gsub("-", "/"))
  add("doi", facts.doi)
  add("language", facts.language)
  for _, keyword in ipairs(facts.keywords) do add("keywords", keyword) end
  return tags
end

local escapes = { ['"'] = '\\"', ["\\"] = "\\\\", ["<"] = "\\u003c", [">"] = "\\u003e", ["&"] = "\\u0026" }

local function json_text(text)
  return '"' .. text:gsub('["\\<>&]', escapes):gsub("%c", function(c) return ("\\u%04x"):format(c:byte()) end) .. '"'
end

-- Pairs of names and values, in their order; what is nothing is left out.
local function json_object(pairs_of_it)
  local members = {}
  for at = 1, pairs_of_it.n, 2 do
    local name, value = pairs_of_it[at], pairs_of_it[at + 1]
    if value then members[#members + 1] = json_text(name) .. ":" .. value end
  end
  return "{" .. table.concat(members, ",") .. "}"
end

local function json_list(items) return #items > 0 and "[" .. table.concat(items, ",") .. "]" or nil end

local function each(list, change)
  local changed = {}
  for at, item in ipairs(list) do changed[at] = change(item) end
  return changed
end

local function said(text) return text and json_text(text) end

local function person(author)
  return json_object(table.pack("@type", '"Person"', "@id", author.orcid and json_text("https://orcid.org/" .. author.orcid),
    "name", said(author.name), "email", author.email and json_text("mailto:" .. author.email),
    "affiliation", json_list(each(author.affiliations, function(name)
      return json_object(table.pack("@type", '"Organization"', "name", said(name)))
    end))))
end

local function article(facts)
  return json_object(table.pack("@context", '"https://schema.org"', "@type", '"ScholarlyArticle"',
    "headline", said(facts.title), "alternativeHeadline", said(facts.subtitle), "author", json_list(each(facts.authors, person)),
    "datePublished", said(facts.date), "inLanguage", said(facts.language), "keywords", json_list(each(facts.keywords, json_text)),
    "abstract", said(facts.abstract), "description", said(facts.description),
    "identifier", facts.doi and json_text("https://doi.org/" .. facts.doi), "license", facts.license and json_text(facts.license.address),
    "copyrightNotice", said(facts.rights)))
end

-- The elements of the page's head; nothing for a text without a title, which nobody could cite.
function M.tags(facts)
  if not facts.title then return nil end
  local tags = highwire(facts)
  if facts.license then tags[#tags + 1] = ('<link rel="license" href="%s">'):format(facts.license.address) end
  tags[#tags + 1] = '<script type="application/ld+json">' .. article(facts) .. "</script>"
  return table.concat(tags, "\n")
end

return M
