-- Languages in print: how their words are hyphenated, and how wide the space after a sentence is. No package does it,
-- whose active characters would change formulas and code.
local markup = require("filter.markup")

local M = {}

-- The name of the patterns, the least letters before and after a hyphen, and the Debian package that has the patterns.
local patterns = {
  de = { "ngerman", 2, 2, "texlive-lang-german" },
  en = { "english", 2, 3 },
  es = { "spanish", 2, 2, "texlive-lang-spanish" },
  fr = { "french", 2, 3, "texlive-lang-french" },
  it = { "italian", 2, 2, "texlive-lang-italian" },
  nl = { "dutch", 2, 3, "texlive-lang-european" },
  pt = { "portuguese", 2, 3, "texlive-lang-portuguese" },
}

local function language_of(tag) return tag:lower():match("^%a+") or "" end

-- The command that turns to a language. Words of one that has no patterns here are not hyphenated.
local function turn_to(tag)
  local language = language_of(tag)
  local name, before, after, package = table.unpack(patterns[language] or { "nohyphenation", 1, 1 })
  return ("\\reportlanguage{%s}{%d}{%d}{%s}{%s}"):format(name, before, after, language == "en" and "nonfrench" or "french", package or "")
end

-- What the whole document is set in; nothing for English, and for a language without patterns, which is set as before.
function M.of_document(tag)
  local language = tag and language_of(tag) or "en"
  return language ~= "en" and patterns[language] and turn_to(tag) or nil
end

-- Texts that say which language they are in.
local function turned_span(span)
  local tag = span.attributes.lang
  if not tag then return nil end
  span.attributes.lang = nil
  span.content:insert(1, markup.tex("{" .. turn_to(tag) .. "{}"))
  span.content:insert(markup.tex("}"))
  return span
end

local function turned_division(division)
  local tag = division.attributes.lang
  if not tag then return nil end
  division.attributes.lang = nil
  division.content:insert(1, markup.tex_block("\\begingroup" .. turn_to(tag)))
  division.content:insert(markup.tex_block("\\par\\endgroup"))
  return division
end

-- A filter that turns to their languages.
M.turned = { Span = turned_span, Div = turned_division }

return M
