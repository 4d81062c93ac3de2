-- The print's metadata as XMP (ISO 16684-1), which catalogues read where they do not look into a PDF's dictionary: Dublin
-- Core, keywords, the licence. In ASCII, so that LaTeX writes it as it stands.
local M = {}

local marked = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }

-- Characters that TeX takes for its own stand by their numbers; "#" of the numbers themselves is put by \string.
local function ascii(text)
  local parts = {}
  for _, code in utf8.codes(text) do
    local letter = utf8.char(code)
    parts[#parts + 1] = marked[letter] or (letter:match("^[%w .,:;/()'+*=?!%-]$") and letter) or ("&#x%X;"):format(code)
  end
  return table.concat(parts)
end

local function element(name, content) return content and ("<%s>%s</%s>"):format(name, content, name) or nil end

local function list_of(kind, texts)
  if #texts == 0 then return nil end
  local items = {}
  for at, text in ipairs(texts) do items[at] = element("rdf:li", ascii(text)) end
  return ("<rdf:%s>%s</rdf:%s>"):format(kind, table.concat(items), kind)
end

-- A text in the document's language, and as what is taken where nobody asks for one.
local function in_language(text)
  return text and ('<rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt>'):format(ascii(text)) or nil
end

local function description(facts)
  local names = {}
  for at, author in ipairs(facts.authors) do names[at] = author.name end
  local parts = {
    element("dc:format", "application/pdf"),
    element("dc:title", in_language(facts.title)),
    element("dc:creator", list_of("Seq", names)),
    element("dc:description", in_language(facts.description)),
    element("dc:subject", list_of("Bag", facts.keywords)),
    element("dc:language", list_of("Bag", { facts.language })),
    element("dc:date", facts.date and list_of("Seq", { facts.date })),
    element("dc:identifier", facts.doi and ascii("doi:" .. facts.doi)),
    element("dc:rights", in_language(facts.rights or (facts.license and facts.license.name))),
    element("pdf:Keywords", #facts.keywords > 0 and ascii(table.concat(facts.keywords, ", ")) or nil),
    element("pdf:Producer", "pdfTeX"),
    element("pdfuaid:part", "1"),
    element("xmpRights:Marked", facts.license and "True"),
    element("xmpRights:WebStatement", facts.license and ascii(facts.license.address)),
  }
  local found = {}
  for at = 1, 14 do if parts[at] then found[#found + 1] = parts[at] end end
  return table.concat(found, "^^J")
end

local spaces = {
  { "rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#" }, { "dc", "http://purl.org/dc/elements/1.1/" },
  { "pdf", "http://ns.adobe.com/pdf/1.3/" }, { "pdfuaid", "http://www.aiim.org/pdfua/ns/id/" }, { "xmpRights", "http://ns.adobe.com/xap/1.0/rights/" },
}

local function packet(facts)
  local names = {}
  for at, space in ipairs(spaces) do names[at] = ('xmlns:%s="%s"'):format(space[1], space[2]) end
  return table.concat({
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    "<rdf:RDF " .. names[1] .. ">",
    '<rdf:Description rdf:about="" ' .. table.concat(names, " ", 2) .. ">",
    description(facts),
    "</rdf:Description>", "</rdf:RDF>", "</x:xmpmeta>", '<?xpacket end="r"?>',
  }, "^^J")
end

-- The commands that put it into the file, uncompressed, as readers that know no PDF look for it.
function M.commands(facts)
  local text = packet(facts):gsub("#", "\\string#")
  return "\\begingroup\\pdfcompresslevel=0\\immediate\\pdfobj stream attr{/Type/Metadata/Subtype/XML}{" .. text
    .. "}\\pdfcatalog{/Metadata \\the\\pdflastobj\\space 0 R}\\endgroup"
end

return M
