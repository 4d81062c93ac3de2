-- The nodes of the PDF's structure tree, in reading order, and the marks that say where each stands on the pages. The
-- template writes the nodes behind the text, where LaTeX reads nothing; the driver makes tags of both
-- (render/publish/tags/). In a line: ID, parent, presence, role, and facts; presence is g (holds others), m (between its
-- marks), h (a heading) or u (what stands between the marked ones before and after it).
local markup = require("filter.markup")
local mathml_tree = require("filter.mathml_tree")
local spoken = require("filter.spoken")

local M = {}

local tex = markup.tex

local document, within = 0, -1  -- parents: the document, and what is open where a mark stands
local front, contents, sources = 1, 2, 3  -- groups that the template fills
local last = sources
local lines = {}

local escapes = { ["\n"] = "\\n", ["\t"] = "\\t", ["\\"] = "\\\\" }

local function node_line(id, parent, presence, role, facts)
  local line = ("%% %d %d %s %s"):format(id, parent, presence, role)
  local names = {}
  for name in pairs(facts or {}) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do line = line .. "\t" .. name .. "=" .. tostring(facts[name]):gsub("[\n\t\\]", escapes) end
  lines[#lines + 1] = line
end

local function node(parent, presence, role, facts)
  last = last + 1
  node_line(last, parent, presence, role, facts)
  return last
end

local function group(parent, role, facts) return node(parent, "g", role, facts) end
local function unmarked(parent, role) node(parent, "u", role) end

local function begins(id) return ("\\reporttag{%d}"):format(id) end
local ends = "\\reportendtag{}"

-- --------------------------------------------------------------------------------------------------------- what pictures and headings leave

-- The LaTeX of a picture that has a description, between marks whose node is known when its place is.
function M.picture(latex, alt) return alt == "" and latex or "\\reporttag{picture}" .. latex .. ends end

-- An inline that is such a picture.
function M.inline_picture(latex, alt)
  return pandoc.Span({ tex(latex) }, pandoc.Attr("", {}, { { "tag", "picture" }, { "alt", alt } }))
end

-- Blocks that are a figure, a caption, or an entry of a list whose first inline is LaTeX's \item.
function M.division(role, blocks, facts)
  local attributes = { { "tag", role } }
  for name, value in pairs(facts or {}) do attributes[#attributes + 1] = { name, value } end
  return pandoc.Div(blocks, pandoc.Attr("", {}, attributes))
end

-- A formula where text moves, with what stands for it where only letters are shown.
function M.moving_formula(latex, math, text)
  return pandoc.Span({ tex("\\texorpdfstring{" .. latex .. "}{"), pandoc.Str(text), tex("}") },
    pandoc.Attr("", {}, { { "tag", "formula" }, { "tex", math } }))
end

-- The group of a list of figures or tables, which the template fills.
local contents_lists = {}
function M.contents_list()
  last = last + 1
  contents_lists[#contents_lists + 1] = last
  return last
end

-- ------------------------------------------------------------------------------------------------------------- inlines

local inlines_of, blocks_of

local function formula_node(parent, math, number)
  local said = spoken.text(math)
  return node(parent, "m", "Formula", { alt = number and said .. " (" .. number .. ")" or said, mathml = mathml_tree.mathml(math) })
end

-- A mark at the end of a displayed formula: behind it LaTeX would begin a line. The number stands behind the formula.
local function with_end(math)
  if math:match("\\reportendtag{}}$") then return math:sub(1, -2) .. ends .. "}" end
  local before, number = math:match("^(.*)\\tag{([^{}]*)}$")
  return number and ("%s\\tag*{\\reportnumber{%s}%s}"):format(before, number, ends) or math .. ends
end

local function is_display(inline) return inline and inline.t == "Math" and inline.mathtype == "DisplayMath" end

local function plain_formula(math)
  return (math:gsub("^\\hypertarget{[^{}]*}{}", ""):gsub("\\tag{[^{}]*}$", ""):gsub("^%s+", ""):gsub("%s+$", ""))
end

local inline = {}

function inline.Math(math, parent)
  local id = formula_node(parent, plain_formula(math.text), math.text:match("\\tag{([^{}]*)}$"))
  if not is_display(math) then return { tex(begins(id)), math, tex(ends) } end
  math.text = begins(id) .. with_end(math.text)
  return { math }
end

function inline.Span(span, parent)
  local kind = span.attributes.tag
  if kind == "picture" then
    local id = node(parent, "m", "Figure", { alt = span.attributes.alt })
    return { tex((span.content[1].text:gsub("\\reporttag{picture}", begins(id), 1))) }
  end
  if kind == "formula" then
    local id = formula_node(parent, span.attributes.tex)
    local content = pandoc.List(span.content)
    content[1] = tex((content[1].text:gsub("^(\\texorpdfstring{)(.*)(}{)$", function(a, latex, b)
      return a .. begins(id) .. latex .. ends .. b
    end)))
    return content
  end
  if span.attributes.lang then
    local id = node(parent, "m", "Span", { lang = span.attributes.lang })
    span.content = inlines_of(span.content, id)
    span.content:insert(1, tex(begins(id)))
    span.content:insert(tex(ends))
    return { span }
  end
  span.content = inlines_of(span.content, parent)
  return { span }
end

function inline.Note(note)
  note.content = blocks_of(note.content, within)
  return { note }
end

local function holds_inlines(element, parent)
  element.content = inlines_of(element.content, parent)
  return { element }
end
for _, kind in ipairs({ "Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Quoted", "Cite", "Link" }) do
  inline[kind] = holds_inlines
end

-- Each element as the function of its kind makes it, in elements; one whose kind has none stays.
local function changed(elements, changes, parent)
  local result = pandoc.List()
  for _, element in ipairs(elements) do
    local change = changes[element.t]
    if change then result:extend(change(element, parent)) else result:insert(element) end
  end
  return result
end

function inlines_of(inlines, parent) return changed(inlines, inline, parent) end

-- -------------------------------------------------------------------------------------------------------------- blocks

local function is_item(element)
  return element and element.t == "RawInline" and (element.text:match("^\\item") or element.text:match("^\\claimentry")) ~= nil
end

-- Inlines between the marks of a node.
local function between(id, inlines)
  if #inlines == 0 then return inlines end
  inlines:insert(is_item(inlines[1]) and 2 or 1, tex(begins(id)))
  local final = inlines[#inlines]
  if is_display(final) then
    final.text = with_end(final.text)
    inlines[#inlines] = final
  else
    inlines:insert(tex(ends))
  end
  return inlines
end

local function leaf(parent, role, inlines, facts)
  if #inlines == 0 then return inlines end
  local id = node(parent, "m", role, facts)
  return between(id, inlines_of(inlines, id))
end

local function is_paragraph(block) return block.t == "Para" or block.t == "Plain" end

-- The blocks of a cell, a caption, a list's body: a paragraph alone is the node itself.
local function body(parent, role, blocks, facts)
  if #blocks == 1 and is_paragraph(blocks[1]) and #blocks[1].content > 0 then
    blocks[1].content = leaf(parent, role, blocks[1].content, facts)
    return blocks
  end
  return blocks_of(blocks, node(parent, "g", role, facts))
end

local block = {}

local function is_picture(inlines)
  return #inlines == 1 and inlines[1].t == "Span" and inlines[1].attributes.tag == "picture"
end

local function paragraph(element, parent)
  if is_picture(element.content) then
    element.content = inlines_of(element.content, parent)
    return { element }
  end
  element.content = leaf(parent, "P", element.content)
  return { element }
end
block.Para, block.Plain = paragraph, paragraph

local level_before = 0

function block.Header(heading, parent)
  if parent == within then return paragraph(heading, parent) end
  local level = math.min(heading.level, level_before + 1, 6)
  level_before = level
  heading.content = inlines_of(heading.content, node(parent, "h", "H" .. level))
  return { heading }
end

-- LaTeX marks the lines of highlighted code, for which it is told the node.
function block.CodeBlock(code, parent)
  return { markup.tex_block(("\\reportcodeof{%d}"):format(node(group(parent, "P"), "u", "Code"))), code }
end

local silent = { "^\\reportanchor{[^{}]*}$", "^\\appendix$", "^\\%a+{report%a+}", "^\\%a+{%a+figure}", "^\\%a+{%a+picture}", "^\\figurecaption$" }

-- LaTeX of the writer sets no text; that of authors may.
function block.RawBlock(raw, parent)
  for _, form in ipairs(silent) do
    if raw.text:match(form) then return { raw } end
  end
  unmarked(parent, "P")
  return { raw }
end

function block.LineBlock(element, parent)
  local rows = pandoc.List(element.content)
  if #rows == 0 then return { element } end
  local id = node(parent, "m", "P")
  for at, row in ipairs(rows) do rows[at] = inlines_of(row, id) end
  rows[1]:insert(1, tex(begins(id)))
  rows[#rows]:insert(tex(ends))
  element.content = rows
  return { element }
end

function block.BlockQuote(quote, parent)
  quote.content = blocks_of(quote.content, group(parent, "BlockQuote"))
  return { quote }
end

local numberings = { Decimal = "Decimal", LowerRoman = "LowerRoman", UpperRoman = "UpperRoman", LowerAlpha = "LowerAlpha", UpperAlpha = "UpperAlpha" }

local function list(element, parent, numbering)
  local id = group(parent, "L", { numbering = numbering })
  local items = pandoc.List(element.content)
  for at, item in ipairs(items) do
    local entry = group(id, "LI")
    unmarked(entry, "Lbl")
    items[at] = body(entry, "LBody", item)
  end
  element.content = items
  return { element }
end

function block.BulletList(element, parent) return list(element, parent, "Disc") end
function block.OrderedList(element, parent) return list(element, parent, numberings[element.style] or "Decimal") end

function block.DefinitionList(element, parent)
  local id = group(parent, "L", { numbering = "None" })
  local items = pandoc.List(element.content)
  for at, item in ipairs(items) do
    local entry = group(id, "LI")
    local term, definitions = leaf(entry, "Lbl", pandoc.List(item[1])), pandoc.List(item[2])
    for k, definition in ipairs(definitions) do definitions[k] = body(entry, "LBody", definition) end
    items[at] = { term, definitions }
  end
  element.content = items
  return { element }
end

local divisions = {}

function divisions.figure(division, parent)
  local id = group(parent, "Div", division.attributes.place ~= "text" and { float = "" } or nil)
  local first = division.content[1]
  if first and first.t == "RawBlock" and first.text:find("\\reporttag{picture}", 1, true) then
    local picture = node(id, "m", "Figure", { alt = division.attributes.alt })
    division.content[1] = markup.tex_block((first.text:gsub("\\reporttag{picture}", begins(picture), 1)))
  end
  return blocks_of(division.content, id)
end

function divisions.Caption(division, parent) return body(parent, "Caption", division.content) end

function divisions.L(division, parent) return blocks_of(division.content, group(parent, "L", { numbering = "None" })) end

function divisions.LI(division, parent)
  local id = group(parent, "LI")
  unmarked(id, "Lbl")
  return body(id, "LBody", division.content)
end

function block.Div(division, parent)
  local own = divisions[division.attributes.tag]
  if own then return own(division, parent) end
  if division.identifier == "refs" and parent ~= within then node_line(sources, parent, "g", "Sect") end
  local lang = division.attributes.lang
  division.content = blocks_of(division.content, lang and group(parent, "Div", { lang = lang }) or parent)
  return { division }
end

-- -------------------------------------------------------------------------------------------------------------- tables

local function rows_of(rows, parent, role_of)
  for at, row in ipairs(rows) do
    local id = group(parent, "TR")
    local cells = row.cells
    for k, cell in ipairs(cells) do
      local role, scope = role_of(k)
      local facts = { scope = scope, columns = cell.col_span > 1 and cell.col_span or nil, rows = cell.row_span > 1 and cell.row_span or nil }
      cell.contents = body(id, role, pandoc.List(cell.contents), facts)
      cells[k] = cell
    end
    row.cells = cells
    rows[at] = row
  end
  return rows
end

local function heading_cell() return "TH", "Column" end

function block.Table(element, parent)
  local id = group(parent, "Table")
  local caption = element.caption
  if #caption.long > 0 then caption.long = body(id, "Caption", pandoc.List(caption.long)) end
  element.caption = caption
  local head = element.head
  if #head.rows > 0 then head.rows = rows_of(head.rows, group(id, "THead"), heading_cell) end
  element.head = head
  local bodies = element.bodies
  for at, part in ipairs(bodies) do
    local rows = group(id, "TBody")
    local function cell(k)
      if k <= (part.row_head_columns or 0) then return "TH", "Row" end
      return "TD"
    end
    part.head = rows_of(part.head, rows, heading_cell)
    part.body = rows_of(part.body, rows, cell)
    bodies[at] = part
  end
  element.bodies = bodies
  local foot = element.foot
  if #foot.rows > 0 then foot.rows = rows_of(foot.rows, group(id, "TFoot"), function() return "TD" end) end
  element.foot = foot
  return { element }
end

function blocks_of(blocks, parent) return changed(blocks, block, parent) end

-- ------------------------------------------------------------------------------------------------------------ the whole

-- The text with its marks, and the fields that the template sets.
function M.mark(blocks, fields)
  node_line(front, document, "g", "Div")
  for _, key in ipairs({ "title", "subtitle" }) do
    if pandoc.utils.type(fields[key]) == "Inlines" then fields[key] = pandoc.Span(inlines_of(fields[key], within)).content end
  end
  if pandoc.utils.type(fields.abstract) == "Blocks" then
    fields.abstract = pandoc.Div(blocks_of(fields.abstract, front)).content
  end
  node_line(contents, document, "g", "TOC")
  for _, id in ipairs(contents_lists) do node_line(id, document, "g", "TOC") end
  return blocks_of(blocks, document)
end

-- All nodes, for the end of the LaTeX.
function M.structure() return table.concat(lines, "\n") end

return M
