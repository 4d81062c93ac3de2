-- HTML within paragraphs for the formats that have none: what it says about words in Pandoc's own terms, so that H<sub>2</sub>O
-- reads the same in print. Tags that no other answers, and those that say nothing there, are left out; their words stay.
local M = {}

local function around(constructor)
  return function(content) return constructor(content) end
end

local function code(content) return pandoc.Code(pandoc.utils.stringify(content)) end

local function link(content, tag, is_harmless)
  local href = tag:match('href%s*=%s*"([^"]*)"') or tag:match("href%s*=%s*'([^']*)'")
  if href and is_harmless(href) then return pandoc.Link(content, href) end
  return pandoc.Span(content)
end

local elements = {
  b = around(pandoc.Strong), strong = around(pandoc.Strong),
  i = around(pandoc.Emph), em = around(pandoc.Emph), cite = around(pandoc.Emph), dfn = around(pandoc.Emph), var = around(pandoc.Emph),
  sub = around(pandoc.Subscript), sup = around(pandoc.Superscript),
  u = around(pandoc.Underline), ins = around(pandoc.Underline),
  s = around(pandoc.Strikeout), strike = around(pandoc.Strikeout), del = around(pandoc.Strikeout),
  code = code, tt = code, kbd = code, samp = code,
  q = function(content) return pandoc.Quoted("DoubleQuote", content) end,
  a = link,
}

local function tag_of(inline)
  if inline.t ~= "RawInline" or not inline.format:match("^html") then return nil end
  local slash, name = inline.text:match("^<(/?)(%a%w*)")
  return name and name:lower(), slash == "/"
end

-- The place of the tag that closes the element begun at `at`.
local function closing(inlines, at, name)
  local depth = 1
  for next = at + 1, #inlines do
    local other, closes = tag_of(inlines[next])
    if other == name then depth = depth + (closes and -1 or 1) end
    if depth == 0 then return next end
  end
end

local function slice(inlines, first, last)
  local part = pandoc.List()
  for at = first, last do part:insert(inlines[at]) end
  return part
end

-- The ID by which links find a tag; older pages name it.
function M.id_of(tag)
  return tag:match("^<%a[^>]*%sid%s*=%s*[\"']([^\"'>]+)[\"']") or tag:match("^<[aA]%s[^>]*name%s*=%s*[\"']([^\"'>]+)[\"']")
end

local function anchor(id) return pandoc.Span({}, pandoc.Attr(id)) end

-- What links may lead to in a block of HTML.
function M.anchors_in(text)
  local anchors = pandoc.List()
  for tag in text:gmatch("<%a[^>]*>") do
    local id = M.id_of(tag)
    if id then anchors:insert(anchor(id)) end
  end
  return #anchors > 0 and { pandoc.Plain(anchors) } or {}
end

local function natively(inlines, is_harmless, known)
  local result, at = pandoc.List(), 1
  while at <= #inlines do
    local name, closes = tag_of(inlines[at])
    local stop = name and not closes and elements[name] and closing(inlines, at, name)
    local id = name and not closes and known[name] and M.id_of(inlines[at].text)
    if id then result:insert(anchor(id)) end
    if name == "br" then
      result:insert(pandoc.LineBreak())
    elseif stop then
      local content = natively(slice(inlines, at + 1, stop - 1), is_harmless, known)
      result:insert(elements[name](content, inlines[at].text, is_harmless))
      at = stop
    elseif not name or not known[name] then
      result:insert(inlines[at])
    end
    at = at + 1
  end
  return result
end

local function holds_tags(blocks)
  local found = false
  local function look(raw) found = found or raw.format:match("^html") ~= nil end
  pandoc.Div(blocks):walk({ RawInline = look, RawBlock = look })
  return found
end

local never_closed = { br = true, col = true, hr = true, img = true, wbr = true }

-- Whether each tag in these texts has its other, one within the other.
local function is_balanced(texts)
  local open = {}
  for _, text in ipairs(texts) do
    for slash, name, rest in text:gmatch("<(/?)(%a%w*)([^>]*)>") do
      name = name:lower()
      if slash == "/" then
        if table.remove(open) ~= name then return false end
      elseif not never_closed[name] and not rest:match("/$") then
        open[#open + 1] = name
      end
    end
  end
  return #open == 0
end

-- For a format of XML: blocks whose tags do not go together lose them. What holds more than a tag is read.
local function balanced(blocks)
  local texts = {}
  for _, block in ipairs(blocks) do
    if block.t == "RawBlock" and block.format:match("^html") then texts[#texts + 1] = block.text end
  end
  if is_balanced(texts) then return nil end
  local result = pandoc.List()
  for _, block in ipairs(blocks) do
    if block.t ~= "RawBlock" or not block.format:match("^html") then
      result:insert(block)
    elseif block.text:gsub("<[^>]*>", ""):match("%S") then
      result:extend(pandoc.read(block.text, "html").blocks)
    end
  end
  return result
end

-- ------------------------------------------------------------------------------------------------------------- tables

local function tag_of_table(block)
  if block.t ~= "RawBlock" or not block.format:match("^html") then return 0 end
  local _, opened = block.text:gsub("<[Tt][Aa][Bb][Ll][Ee]%f[%s>]", "")
  local _, closed = block.text:gsub("</[Tt][Aa][Bb][Ll][Ee]%s*>", "")
  return opened - closed
end

-- Where the table ends that begins at `at`; nothing when it does not.
local function table_end(blocks, at)
  local depth = 0
  for stop = at, #blocks do
    depth = depth + tag_of_table(blocks[stop])
    if depth <= 0 then return stop end
  end
end

local held = "report-held-"  -- and a number

-- What Pandoc has read of a table's content is held back while it reads the tags.
local function table_of(blocks, first, last)
  local parts, content = {}, {}
  for at = first, last do
    local block = blocks[at]
    if block.t == "RawBlock" and block.format:match("^html") then
      parts[#parts + 1] = block.text
    else
      content[#content + 1] = block
      local form = ({ Plain = '<span id="%s%d"></span>', Para = '<p><span id="%s%d"></span></p>' })[block.t] or '<div id="%s%d"></div>'
      parts[#parts + 1] = form:format(held, #content)
    end
  end
  local function kept(element)
    local number = tonumber(element.identifier:match("^report%-held%-(%d+)$"))
    return number and content[number]
  end
  return pandoc.Div(pandoc.read(table.concat(parts, "\n"), "html").blocks):walk({
    Span = function(span)
      local block = kept(span)
      return block and block.content
    end,
    Div = function(div)
      local block = kept(div)
      return block and { block }
    end,
  }).content
end

local function tables_in(blocks)
  local result, at, changed = pandoc.List(), 1, false
  while at <= #blocks do
    local stop = tag_of_table(blocks[at]) > 0 and table_end(blocks, at)
    if stop then
      result:extend(table_of(blocks, at, stop))
      at, changed = stop, true
    else
      result:insert(blocks[at])
    end
    at = at + 1
  end
  return changed and result or nil
end

-- Tables that are written in HTML, for print and Word, which have none.
function M.with_tables(blocks) return pandoc.Div(blocks):walk({ Blocks = tables_in }).content end

-- Tags of elements that are not `known` stay: they are text to every format. For XML, tags of blocks must go together.
function M.natively(blocks, is_harmless, known, is_xml)
  if not holds_tags(blocks) then return blocks end
  return pandoc.Div(blocks):walk({
    Inlines = function(inlines) return natively(inlines, is_harmless, known) end,
    Blocks = is_xml and balanced or nil,
  }).content
end

return M
