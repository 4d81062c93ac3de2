-- HTML that chapters may carry into a page or a book: elements, attributes, properties and addresses.
local words = require("filter.words")
local messages = require("filter.messages")

local M = {}

M.elements = words.set([[
  a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3
  h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table
  tbody td tfoot th thead time tr tt u ul var wbr]])

local attributes = words.set([[
  abbr align alt cite class colspan datetime dir headers height href id lang open reversed role rowspan scope span src
  start style title type valign value width]])

-- For Pandoc's writers, and for this report's filter.
local attributes_of_pandoc = words.set("that format number short-caption startFrom start-from line-anchors lineAnchors custom-style entry-spacing")

-- Properties of the text itself; none that lays something over the page or loads anything.
local properties = words.set([[
  background-color border border-bottom border-collapse border-left border-right border-top color float clear font-family
  font-size font-style font-variant font-weight height line-height list-style-type margin margin-bottom margin-left
  margin-right margin-top max-width min-width padding padding-bottom padding-left padding-right padding-top text-align
  text-decoration text-indent text-transform vertical-align white-space width]])

local schemes = words.set("http https mailto tel ftp doi")

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

local function is_allowed(attribute) return attributes[attribute] or attribute:match("^aria%-%l+$") end

local function attribute_text(name, value)
  if not is_allowed(name) then return "" end
  value = allowed_value(name, value)
  if not value then
    messages.warn("an attribute '" .. name .. "' of the text's HTML is left out: it may not hold what it holds")
    return ""
  end
  return (' %s="%s"'):format(name, (value:gsub('[<>"]', { ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" })))
end

local void = words.set("br col hr img wbr")

-- The tag at `at`, written anew from what was understood of it, and where it ends; nothing when it is none of ours.
local function tag_at(text, at, is_xml)
  local slash, name, after = text:match("^<(/?)(%a%w*)()", at)
  name = name and name:lower()
  if not name or not M.elements[name] then return nil, nil, name end
  local parts = { "<" .. slash .. name }
  while true do
    local closed, stop = text:match("^%s*(/?)>()", after)
    if stop then
      local is_whole = is_xml and slash == "" and (void[name] or closed == "/")
      return table.concat(parts) .. (is_whole and " />" or ">"), stop
    end
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

local entities_of_xml = words.set("amp lt gt quot apos")

-- XML knows few characters by name.
local function xml_text(text)
  return (text:gsub("&([#%w]*)(;?)", function(name, stop)
    if stop == ";" and (entities_of_xml[name] or name:match("^#%d+$") or name:match("^#x%x+$")) then return nil end
    local character = stop == ";" and pandoc.utils.stringify(pandoc.Pandoc(pandoc.read("&" .. name .. ";", "html").blocks)) or ""
    return character ~= "" and not character:find("&", 1, true) and character or "&amp;" .. name .. stop
  end))
end

-- A warning that the report shows the tag as text.
function M.warn_of_tag(name) messages.warn("the report shows <" .. name .. "> as text: chapters may not use it") end

-- Tags of the lists stay, comments go, and everything else becomes text that readers can see. A book is XML.
function M.cleaned(text, is_xml)
  local parts, at = {}, 1
  while true do
    local less = text:find("<", at, true)
    local plain = text:sub(at, (less or 0) - 1)
    parts[#parts + 1] = is_xml and xml_text(plain) or plain
    if not less then return table.concat(parts) end
    if text:sub(less, less + 3) == "<!--" then
      local _, stop = text:find("-->", less + 4, true)
      at = (stop or #text) + 1
    else
      local tag, stop, name = tag_at(text, less, is_xml)
      if not tag and name then M.warn_of_tag(name) end
      parts[#parts + 1] = tag or "&lt;"
      at = stop or less + 1
    end
  end
end

-- The attributes of one of Pandoc's elements: those that the lists name, and others as Pandoc writes names that HTML does
-- not know.
function M.cleaned_attributes(element)
  local list = {}
  for key, value in pairs(element.attributes) do
    local name = key:lower()
    if attributes_of_pandoc[key] then
      list[#list + 1] = { key, value }
    elseif is_allowed(name) then
      if name ~= "href" and name ~= "src" then
        local kept = allowed_value(name, value)
        if kept then list[#list + 1] = { name, kept } end
      end
    else
      list[#list + 1] = { (name:match("^data%-") and "" or "data-") .. name:gsub("[^%w-]", "-"), value }
    end
  end
  return list
end

return M
