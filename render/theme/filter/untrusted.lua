-- What chapters may carry into a document: others may have written them. Lists, not prohibitions: what is not named
-- here, in untrusted_html.lua and in allowed-latex.txt does not get through. docs/security.md says what, and why.
local html = require("filter.untrusted_html")
local latex = require("filter.latex")
local messages = require("filter.messages")
local raw_html = require("filter.raw_html")
local words = require("filter.words")

local M = {}

local function shortened(text)
  text = text:gsub("%s+", " ")
  return #text > 60 and text:sub(1, utf8.offset(text, 0, 61) - 1) .. "…" or text
end

local function refuse_latex(text, name)
  messages.refuse(name, ("the LaTeX '%s' holds %s, which chapters may not use: docs/security.md says what they may")
    :format(shortened(text), name))
end

local function check_latex(text)
  local foreign = latex.foreign(text)
  if foreign then refuse_latex(text, foreign) end
end

-- ------------------------------------------------------------------------------------------------------------ raw text

-- LaTeX in the text is set by print as it is, and read for the other formats. Marked {=latex} it is for print alone.
local function raw_latex(element, keeps, clean)
  if latex.is_definitions(element.text) then return {} end
  check_latex(element.text)
  local is_block = element.t == "RawBlock"
  if element.format == "tex" then
    local shared = latex.shared(element.text)
    if shared then return is_block and pandoc.Para(shared) or shared end
  end
  if keeps.latex then return nil end
  if element.format ~= "tex" then return {} end
  local read, left = (is_block and latex.blocks or latex.inlines)(element.text)
  if left then refuse_latex(element.text, left:match("\\%a+") or left) end
  return is_block and clean.blocks(read) or clean.inlines(read)
end

-- A tag of none of the elements that chapters may use, as the page shows it.
local function tag_as_text(text)
  local name = text:match("^</?(%a%w*)")
  if not name or html.elements[name:lower()] then return nil end
  html.warn_of_tag(name:lower())
  return pandoc.Str((text:gsub("%s+", " ")))
end

local function raw_html_of(element, keeps, clean)
  if keeps.html then
    element.text = html.cleaned(element.text, keeps.xml)
    return element
  end
  if element.text:match("^<pre%f[%A]") then return clean.blocks(pandoc.read(element.text, "html").blocks) end
  -- What the page shows as text is text everywhere: <condition> may be a word of the sentence.
  local shown = tag_as_text(element.text)
  if shown then return element.t == "RawBlock" and pandoc.Plain({ shown }) or shown end
  return element.t == "RawBlock" and raw_html.anchors_in(element.text) or {}
end

-- Raw text of a format: what of it stays.
local function raw(element, keeps, clean)
  local format = element.format
  if format == "tex" or format == "latex" then return raw_latex(element, keeps, clean) end
  if format:match("^html") then return raw_html_of(element, keeps, clean) end
  -- No writer of ours takes it, or it is a format's own program: fields of Word, say.
  messages.warn("text marked {=" .. format .. "} is left out: a report takes {=latex} for print and {=html} for the page")
  return {}
end

-- ------------------------------------------------------------------------------------------------------------ elements

-- IDs go into LaTeX and HTML as they are.
local function clean_id(id) return (id:gsub("[^%w_:.\x80-\xff-]", "")) end

local function cleaned(element)
  if element.identifier == "" and #element.attributes == 0 then return nil end
  element.identifier = clean_id(element.identifier)
  element.attributes = html.cleaned_attributes(element)
  return element
end

local function link(element)
  if not html.is_harmless_address(element.target) then
    messages.warn("a link to '" .. shortened(element.target)
      .. "' is left out: its kind of address does not belong into a report")
    return element.content
  end
  return cleaned(element)
end

-- For LaTeX.
local function allowed_formula(element)
  check_latex(element.text)
  local inner = latex.inner_formula(element.text)
  if inner == element.text then return nil end
  element.text = inner
  return element
end

-- Pandoc's reader of formulas knows names of operators that are letters only.
local function with_operator_names(element)
  if not element.text:find("\\operatorname", 1, true) then return nil end
  element.text = element.text:gsub("\\operatorname(%*?)%s*(%b{})", function(star, name)
    if not name:find("[^%a%s{}]") then return nil end
    return "\\mathop{\\mathrm" .. name .. "}" .. (star == "*" and "\\limits" or "")
  end)
  return element
end

-- Functions that leave of `blocks` and `inlines` what a format may carry. `keeps` says which raw text it sets by itself:
-- { html }, with { xml } where that must be well-formed, or { latex }.
function M.cleaner(keeps)
  local clean = {}
  local function raw_text(element) return raw(element, keeps, clean) end
  local filter = {
    RawInline = raw_text, RawBlock = raw_text, Link = link,
    Math = keeps.latex and allowed_formula or with_operator_names,
    Span = cleaned, Div = cleaned, Header = cleaned, Code = cleaned, CodeBlock = cleaned, Image = cleaned, Table = cleaned,
    Figure = cleaned,
  }
  function clean.blocks(blocks)
    if not keeps.html or keeps.xml then
      blocks = raw_html.natively(blocks, html.is_harmless_address, html.elements, keeps.xml)
    end
    return pandoc.Div(blocks):walk(filter).content
  end
  function clean.inlines(inlines) return clean.blocks({ pandoc.Plain(inlines) })[1].content end
  return clean
end

-- ------------------------------------------------------------------------------------------------------------- sources

-- BibTeX's "\'{\i}" comes as an accent over an i without a dot, of which no letter is made.
local accented = { ["\u{300}"] = "ì", ["\u{301}"] = "í", ["\u{302}"] = "î", ["\u{303}"] = "ĩ", ["\u{304}"] = "ī", ["\u{306}"] = "ĭ", ["\u{308}"] = "ï" }
local function with_dots(text)
  return (text:gsub("\u{131}(\xCC[\x80-\xBF])", function(mark) return accented[mark] or "i" .. mark end))
end

local dots = { Str = function(str)
  local text = with_dots(str.text)
  if text ~= str.text then return pandoc.Str(text) end
end }

local function clean_value(value, clean)
  local kind = pandoc.utils.type(value)
  if kind == "Inlines" then return pandoc.Span(clean.inlines(value)):walk(dots).content end
  if kind == "Blocks" then return pandoc.Div(clean.blocks(value)):walk(dots).content end
  if kind == "string" then return with_dots(value) end
  if type(value) == "table" then
    for key, item in pairs(value) do value[key] = clean_value(item, clean) end
  end
  return value
end

-- Fields of which citeproc makes a link's address.
local addresses = words.set("url doi pmid pmcid")

-- The sources as citations and their list will show them: a bibliography is text that others wrote, too. Cleaned before
-- citeproc spreads them over all citations, and handed to it in place of their file.
function M.clean_references(meta, clean)
  local every = pandoc.Cite({}, { pandoc.Citation("*", "NormalCitation") })
  local references = pandoc.utils.references(pandoc.Pandoc({},
    { bibliography = meta.bibliography, references = meta.references, nocite = pandoc.Inlines({ every }) }))
  for _, reference in ipairs(references) do
    for key, value in pairs(reference) do
      if addresses[key:lower()] and not html.is_harmless_address(pandoc.utils.stringify(value)) then
        messages.warn("the address '" .. shortened(pandoc.utils.stringify(value))
          .. "' of a source is left out: its kind does not belong into a report")
        reference[key] = nil
      else
        reference[key] = clean_value(value, clean)
      end
    end
  end
  meta.references = references
  meta.bibliography = nil
end

local fields_of_citeproc = words.set("csl citation-style citation-abbreviations bibliography")

-- For a document that no writer makes anything of: only what would have Pandoc itself read files.
function M.clean_citations(meta)
  for key in pairs(fields_of_citeproc) do meta[key] = nil end
end

return M
