-- What chapters may carry into a document: others may have written them. Lists, not prohibitions: what is not named
-- here does not get through. docs/security.md says what, and why.
local M = {}

-- Said once each, as Pandoc says its own warnings.
local said = {}
local function warn(message)
  if said[message] then return end
  said[message] = true
  io.stderr:write("[WARNING] ", message, "\n")
end

local function set(words)
  local members = {}
  for word in words:gmatch("%S+") do members[word] = true end
  return members
end

local function shortened(text)
  text = text:gsub("%s+", " ")
  return #text > 60 and text:sub(1, utf8.offset(text, 0, 61) - 1) .. "…" or text
end

local is_epub = FORMAT:match("^epub") ~= nil

-- ---------------------------------------------------------------------------------------------------------------- HTML

local elements = set([[
  a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3
  h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table
  tbody td tfoot th thead time tr tt u ul var wbr]])

local attributes = set([[
  abbr align alt cite class colspan datetime dir headers height href id lang open reversed role rowspan scope span src
  start style title type valign value width]])

-- For Pandoc's writers, and for this report's filter.
local attributes_of_pandoc = set("that format number startFrom start-from line-anchors lineAnchors custom-style entry-spacing")

-- Properties of the text itself; none that lays something over the page or loads anything.
local properties = set([[
  background-color border border-bottom border-collapse border-left border-right border-top color float clear font-family
  font-size font-style font-variant font-weight height line-height list-style-type margin margin-bottom margin-left
  margin-right margin-top max-width min-width padding padding-bottom padding-left padding-right padding-top text-align
  text-decoration text-indent text-transform vertical-align white-space width]])

local schemes = set("http https mailto tel ftp doi")

-- A link within the page, beside it, or into the web. Browsers skip blanks and control characters in a scheme.
function M.is_harmless_address(address)
  local plain = address:gsub("[%c ]", ""):lower()
  if plain:match("^[/\\][/\\]") then return false end
  local scheme = plain:match("^([^/?#:]*):")
  return not scheme or schemes[scheme] == true
end

local function is_picture_data(address) return address:match("^data:image/[%w.+-]+;base64,[%w+/=%s]*$") ~= nil end

local function allowed_style(style)
  local kept = {}
  for declaration in style:gmatch("[^;]+") do
    local property, value = declaration:match("^%s*([%a-]+)%s*:%s*([%w%s#%.,%%'-]+)$")
    if property and properties[property:lower()] then kept[#kept + 1] = property .. ": " .. value:gsub("%s+$", "") end
  end
  return table.concat(kept, "; ")
end

-- The value with which an attribute may stay; nothing when it may not.
local function allowed_value(name, value)
  if name == "href" or name == "cite" then
    -- A character written by number could be the scheme's colon.
    return M.is_harmless_address(value) and not value:match("^[^/?#]*&") and value or nil
  end
  if name == "src" then return is_picture_data(value) and value or nil end
  if name ~= "style" then return value end
  local style = allowed_style(value)
  return style ~= "" and style or nil
end

local function attribute_text(name, value)
  if not attributes[name] and not name:match("^aria%-%l+$") then return "" end
  value = allowed_value(name, value)
  if not value then
    warn("an attribute '" .. name .. "' of the text's HTML is left out: it may not hold what it holds")
    return ""
  end
  return (' %s="%s"'):format(name, (value:gsub('[<>"]', { ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" })))
end

local void = set("br col hr img wbr")

-- The tag at `at`, written anew from what was understood of it, and where it ends; nothing when it is none of ours.
local function tag_at(text, at)
  local slash, name, after = text:match("^<(/?)(%a%w*)()", at)
  name = name and name:lower()
  if not name or not elements[name] then return nil, nil, name end
  local parts = { "<" .. slash .. name }
  while true do
    local closed, stop = text:match("^%s*(/?)>()", after)
    if stop then return table.concat(parts) .. (is_epub and (void[name] or closed == "/") and slash == "" and " />" or ">"), stop end
    local key, next = text:match("^%s+([%a_][%w_:.-]*)()", after)
    if not key then return nil, nil, name end
    local value, behind = "", nil
    for _, form in ipairs({ '^%s*=%s*"([^"]*)"()', "^%s*=%s*'([^']*)'()", "^%s*=%s*([^%s\"'=<>`]+)()" }) do
      if not behind then value, behind = text:match(form, next) end
    end
    key = key:lower()
    if name == "a" and key == "name" and not text:match("^<a%s[^>]*%sid%s*=", at) then key = "id" end  -- of older pages
    if slash == "" then parts[#parts + 1] = attribute_text(key, value or "") end
    after = behind or next
  end
end

local entities_of_xml = set("amp lt gt quot apos")

-- XML knows few characters by name.
local function xml_text(text)
  return (text:gsub("&([#%w]*)(;?)", function(name, stop)
    if stop == ";" and (entities_of_xml[name] or name:match("^#%d+$") or name:match("^#x%x+$")) then return nil end
    local character = stop == ";" and pandoc.utils.stringify(pandoc.Pandoc(pandoc.read("&" .. name .. ";", "html").blocks)) or ""
    return character ~= "" and not character:find("&", 1, true) and character or "&amp;" .. name .. stop
  end))
end

-- Tags of the lists stay, comments go, and everything else becomes text that readers can see.
function M.html(text)
  local parts, at = {}, 1
  while true do
    local less = text:find("<", at, true)
    local plain = text:sub(at, (less or 0) - 1)
    parts[#parts + 1] = is_epub and xml_text(plain) or plain
    if not less then return table.concat(parts) end
    if text:sub(less, less + 3) == "<!--" then
      local _, stop = text:find("-->", less + 4, true)
      at = (stop or #text) + 1
    else
      local tag, stop, name = tag_at(text, less)
      if not tag and name then warn("the report shows <" .. name .. "> as text: chapters may not use it") end
      parts[#parts + 1] = tag or "&lt;"
      at = stop or less + 1
    end
  end
end

-- --------------------------------------------------------------------------------------------------------------- LaTeX

local theme = PANDOC_SCRIPT_FILE:match("^(.*)/[^/]*$") or "."
local latex = dofile(theme .. "/latex.lua")
local raw_html = dofile(theme .. "/raw_html.lua")

local refuse = dofile(theme .. "/refuse.lua")

local function refuse_latex(text, name)
  refuse(name, ("the LaTeX '%s' holds %s, which chapters may not use: docs/security.md says what they may")
    :format(shortened(text), name))
end

local function check_latex(text)
  local foreign = latex.foreign(text)
  if foreign then refuse_latex(text, foreign) end
end

-- What follows a macro's definition at `at`; nothing when none stands there.
local function after_definition(text, at)
  local next = text:match("^%s*\\newcommand%*?%s*()", at) or text:match("^%s*\\renewcommand%*?%s*()", at)
    or text:match("^%s*\\providecommand%*?%s*()", at) or text:match("^%s*\\DeclareMathOperator%*?%s*()", at)
  if next then
    next = text:match("^%b{}()", next) or text:match("^\\%a+()", next)
    for _ = 1, 2 do next = next and (text:match("^%s*%b[]()", next) or next) end
    return next and text:match("^%s*%b{}()", next)
  end
  next = text:match("^%s*\\newenvironment%*?%s*%b{}()", at) or text:match("^%s*\\renewenvironment%*?%s*%b{}()", at)
  if next then
    for _ = 1, 2 do next = text:match("^%s*%b[]()", next) or next end
    return text:match("^%s*%b{}%s*%b{}()", next)
  end
  return text:match("^%s*\\def%s*\\%a+[^{}\\]*%b{}()", at) or text:match("^%s*\\let%s*\\%a+%s*=?%s*\\%a+()", at)
end

-- Pandoc has put macros in place where they are used, so their definitions need not reach LaTeX.
function M.is_definitions(text)
  local at = after_definition(text, 1)
  while at and text:match("%S", at) do at = after_definition(text, at) end
  return at ~= nil
end

-- ----------------------------------------------------------------------------------------------------------- documents

local is_latex = FORMAT:match("latex") ~= nil
local is_html = FORMAT:match("^html") ~= nil or is_epub

local clean_inlines, clean_blocks

-- LaTeX in the text is set by print as it is, and read for the other formats. Marked {=latex} it is for print alone.
local function raw_latex(element)
  if M.is_definitions(element.text) then return {} end
  check_latex(element.text)
  local is_block = element.t == "RawBlock"
  if element.format == "tex" then
    local shared = latex.shared(element.text)
    if shared then return is_block and pandoc.Para(shared) or shared end
  end
  if is_latex then return nil end
  if element.format ~= "tex" then return {} end
  local read, left = (is_block and latex.blocks or latex.inlines)(element.text)
  if left then refuse_latex(element.text, left:match("\\%a+") or left) end
  return is_block and clean_blocks(read) or clean_inlines(read)
end

-- IDs go into LaTeX and HTML as they are.
local function clean_id(id) return (id:gsub("[^%w_:.\x80-\xff-]", "")) end

-- A tag of none of the elements that chapters may use, as the page shows it.
local function tag_as_text(text)
  local name = text:match("^</?(%a%w*)")
  if not name or elements[name:lower()] then return nil end
  warn("the report shows <" .. name:lower() .. "> as text: chapters may not use it")
  return pandoc.Str((text:gsub("%s+", " ")))
end

-- Raw text of a format: what of it stays.
local function raw(element)
  local format = element.format
  if format == "tex" or format == "latex" then return raw_latex(element) end
  if is_html and format:match("^html") then
    element.text = M.html(element.text)
    return element
  end
  if format:match("^html") and element.text:match("^<pre%f[%A]") then return clean_blocks(pandoc.read(element.text, "html").blocks) end
  -- What the page shows as text is text everywhere: <condition> may be a word of the sentence.
  local shown = format:match("^html") and tag_as_text(element.text)
  if shown then return element.t == "RawBlock" and pandoc.Plain({ shown }) or shown end
  if format:match("^html") then return element.t == "RawBlock" and raw_html.anchors_in(element.text) or {} end
  -- No writer of ours takes it, or it is a format's own program: fields of Word, say.
  warn("text marked {=" .. format .. "} is left out: a report takes {=latex} for print and {=html} for the page")
  return {}
end

local function clean_attributes(element)
  element.identifier = clean_id(element.identifier)
  local list = {}
  for key, value in pairs(element.attributes) do
    local name = key:lower()
    if attributes_of_pandoc[key] then
      list[#list + 1] = { key, value }
    elseif attributes[name] or name:match("^aria%-%l+$") then
      if name ~= "href" and name ~= "src" then
        local kept = allowed_value(name, value)
        if kept then list[#list + 1] = { name, kept } end
      end
    else
      -- As Pandoc does with names that HTML does not know.
      list[#list + 1] = { (name:match("^data%-") and "" or "data-") .. name:gsub("[^%w-]", "-"), value }
    end
  end
  element.attributes = list
  return element
end

local function has_attributes(element) return element.identifier ~= "" or #element.attributes > 0 end

local function cleaned(element)
  if has_attributes(element) then return clean_attributes(element) end
end

local function link(element)
  if not M.is_harmless_address(element.target) then
    warn("a link to '" .. shortened(element.target) .. "' is left out: its kind of address does not belong into a report")
    return element.content
  end
  return cleaned(element)
end

local function math(element)
  check_latex(element.text)
  local inner = latex.inner_formula(element.text)
  if inner == element.text then return nil end
  element.text = inner
  return element
end

-- Pandoc's reader of formulas knows names of operators that are letters only.
local function operator_names(element)
  if not element.text:find("\\operatorname", 1, true) then return nil end
  element.text = element.text:gsub("\\operatorname(%*?)%s*(%b{})", function(star, name)
    if not name:find("[^%a%s{}]") then return nil end
    return "\\mathop{\\mathrm" .. name .. "}" .. (star == "*" and "\\limits" or "")
  end)
  return element
end

M.filter = {
  RawInline = raw, RawBlock = raw, Link = link,
  Math = is_latex and math or operator_names,
  Span = cleaned, Div = cleaned, Header = cleaned, Code = cleaned, CodeBlock = cleaned, Image = cleaned, Table = cleaned,
  Figure = cleaned,
}

function clean_inlines(inlines) return clean_blocks({ pandoc.Plain(inlines) })[1].content end

function clean_blocks(blocks)
  if is_html and not is_epub then return pandoc.Div(blocks):walk(M.filter).content end
  return pandoc.Div(raw_html.natively(blocks, M.is_harmless_address, elements)):walk(M.filter).content
end
M.clean_blocks = clean_blocks

-- BibTeX's "\'{\i}" comes as an accent over an i without a dot, of which no letter is made.
local accented = { ["\u{300}"] = "ì", ["\u{301}"] = "í", ["\u{302}"] = "î", ["\u{303}"] = "ĩ", ["\u{304}"] = "ī", ["\u{306}"] = "ĭ", ["\u{308}"] = "ï" }
local function with_dots(text)
  return (text:gsub("\u{131}(\xCC[\x80-\xBF])", function(mark) return accented[mark] or "i" .. mark end))
end

local dots = { Str = function(str)
  local text = with_dots(str.text)
  if text ~= str.text then return pandoc.Str(text) end
end }

local function clean_value(value)
  local kind = pandoc.utils.type(value)
  if kind == "Inlines" then return pandoc.Span(clean_inlines(value)):walk(dots).content end
  if kind == "Blocks" then return pandoc.Div(clean_blocks(value)):walk(dots).content end
  if kind == "string" then return with_dots(value) end
  if type(value) == "table" then
    for key, item in pairs(value) do value[key] = clean_value(item) end
  end
  return value
end

-- Fields of which citeproc makes a link's address.
local addresses = set("url doi pmid pmcid")

-- The sources as citations and their list will show them: a bibliography is text that others wrote, too. Cleaned before
-- citeproc spreads them over all citations, and handed to it in place of their file.
function M.clean_references(meta)
  local every = pandoc.Cite({}, { pandoc.Citation("*", "NormalCitation") })
  local references = pandoc.utils.references(pandoc.Pandoc({},
    { bibliography = meta.bibliography, references = meta.references, nocite = pandoc.Inlines({ every }) }))
  for _, reference in ipairs(references) do
    for key, value in pairs(reference) do
      if addresses[key:lower()] and not M.is_harmless_address(pandoc.utils.stringify(value)) then
        warn("the address '" .. shortened(pandoc.utils.stringify(value)) .. "' of a source is left out: its kind does not belong into a report")
        reference[key] = nil
      else
        reference[key] = clean_value(value)
      end
    end
  end
  meta.references = references
  meta.bibliography = nil
end

local fields_of_citeproc = set("csl citation-style citation-abbreviations bibliography")

-- For a document that no writer makes anything of: only what would have Pandoc itself read files.
function M.clean_citations(meta, bibliography)
  for key in pairs(fields_of_citeproc) do meta[key] = nil end
  meta.bibliography = bibliography
end

return M
