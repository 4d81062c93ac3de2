-- Pictures of the text, figures that are made of them, and columns. A figure is a paragraph of one picture or a division
-- whose ID begins with "fig:"; both become divisions of one form, so that all that follows treats them alike.
local M = {}

-- What the filter lends: publication, fail, caption_label, is_html, is_latex, is_written (report.lua).
local filter

local is_epub = FORMAT:match("^epub") ~= nil
local is_word = FORMAT == "docx"

-- The computed figures' own files, which the driver has put in place.
local drawings = {}

function M.set_up(lent)
  filter = lent
  for _, figure in ipairs(filter.publication.figures) do drawings[figure.picture] = true end
end

local function html_block(text) return pandoc.RawBlock("html", text) end
local function tex_block(text) return pandoc.RawBlock("latex", text) end

local function warn(message) io.stderr:write("[WARNING] ", message, "\n") end

local function is_figure_id(id) return id:match("^fig:") ~= nil end

-- -------------------------------------------------------------------------------------------------------- one form

local figure_class, panel_class = "report-figure", "report-panel"

function M.is_figure(block) return block.t == "Div" and block.classes:includes(figure_class) end
function M.is_panel(block) return M.is_figure(block) and block.classes:includes(panel_class) end

-- Where a figure stands can be said in the text, as in a figure directive.
local function figure_division(id, classes, content, caption)
  local kept = pandoc.List({ figure_class })
  for _, class in ipairs({ "full", "margin" }) do
    if classes:includes(class) then kept:insert(class) end
  end
  return pandoc.Div({ pandoc.Div(content), pandoc.Div(caption) }, pandoc.Attr(id, kept))
end

local function only_picture(block)
  local is_text = block.t == "Para" or block.t == "Plain"
  return is_text and #block.content == 1 and block.content[1].t == "Image" and block.content[1] or nil
end

-- Pictures without an ID are Pandoc's affair, but for print, whose captions have looks of their own, and Word, where Pandoc
-- writes no description beside a caption.
local function stays_with_pandoc(id) return not is_figure_id(id) and not filter.is_latex and not is_word end

-- Pandoc 2 marks a picture that is to have a caption by its title.
local function has_caption_mark(image) return image.title:match("^fig:") ~= nil end

local function of_captioned(block)
  local image = only_picture(block)
  if not image then return nil end
  local id, caption = image.identifier, image.caption
  image.title = image.title:gsub("^fig:", "")
  image.identifier = ""
  if not image.attributes.alt then image.attributes.alt = pandoc.utils.stringify(caption) end
  return figure_division(id, image.classes, { pandoc.Plain({ image }) }, #caption > 0 and { pandoc.Para(caption) } or {})
end

local function of_paragraph(block)
  local image = only_picture(block)
  if not image then return nil end
  local id = image.identifier
  if not is_figure_id(id) then
    -- In tables and tight lists Pandoc leaves its mark as a title that readers see.
    if block.t == "Plain" and filter.is_written then image.title = image.title:gsub("^fig:", "") end
    if block.t == "Plain" or not has_caption_mark(image) or stays_with_pandoc(id) then return block end
  end
  return of_captioned(block)
end

-- Pandoc 3 has figures of its own, whose pictures bear their descriptions.
local function of_pandocs_figure(block)
  local caption = pandoc.List()
  for _, part in ipairs(block.caption.long) do caption:insert(part.t == "Plain" and pandoc.Para(part.content) or part) end
  return figure_division(block.identifier, block.classes, block.content, caption)
end

local function of_figure(block)
  if not stays_with_pandoc(block.identifier) then return of_pandocs_figure(block) end
end

local function is_text(block)
  if block.t ~= "Para" then return false end
  for _, inline in ipairs(block.content) do
    if inline.t ~= "Image" and inline.t ~= "Space" and inline.t ~= "SoftBreak" and inline.t ~= "LineBreak" then return true end
  end
  return false
end

-- The division's last paragraph is its caption; pictures before it that have captions of their own are its panels.
local function of_division(div)
  if not is_figure_id(div.identifier) or M.is_figure(div) then return nil end
  local content, caption = pandoc.List(div.content), pandoc.List()
  if #content == 1 then
    local only = M.is_figure(content[1]) and content[1] or content[1].t == "Figure" and of_pandocs_figure(content[1])
      or of_captioned(content[1])
    if only and not is_figure_id(only.identifier) then
      return figure_division(div.identifier, div.classes, only.content[1].content, only.content[2].content)
    end
  end
  if #content > 1 and is_text(content[#content]) then caption:insert(content:remove()) end
  content = pandoc.Div(content):walk({ Div = function(inner)
    if M.is_figure(inner) then inner.classes:insert(panel_class) end
    return inner
  end, Para = function(block)
    local image = only_picture(block)
    if not (image and has_caption_mark(image)) then return nil end
    local panel = of_captioned(block)
    panel.classes:insert(panel_class)
    return panel
  end }).content
  return figure_division(div.identifier, div.classes, content, caption)
end

-- A division for a table: its last paragraph is the caption of a table that has none. What stands for a table, a picture
-- say, is set as a figure is.
local function of_table_division(div)
  if not div.identifier:match("^tbl:") or M.is_figure(div) then return nil end
  local content = pandoc.List(div.content)
  local caption = #content > 1 and is_text(content[#content]) and content[#content] or nil
  local has_table = false
  for at, block in ipairs(content) do
    if block.t == "Table" then
      has_table = true
      if caption and #block.caption.long == 0 then
        local long = block.caption
        long.long = { pandoc.Plain(caption.content) }
        block.caption = long
        content[at] = block
        content:remove()
        caption = nil
      end
    end
  end
  if has_table then
    div.content = content
    return div
  end
  if caption then content:remove() end
  return figure_division(div.identifier, div.classes, content, caption and { caption } or {})
end

function M.with_figures(blocks)
  local shaped = pandoc.Div(blocks):walk({ Para = of_paragraph, Plain = of_paragraph, Figure = of_figure }).content
  return pandoc.Div(shaped):walk({ Div = function(div) return of_division(div) or of_table_division(div) end }).content
end

-- -------------------------------------------------------------------------------------------- where nothing can float

local placed_class = "in-place"

function M.is_placed(element) return element.classes:includes(placed_class) end

-- The share of the line that a column takes, as a fraction.
local function share_of(div) return tonumber((div.attributes.width or ""):match("^([%d.]+)%%$")) end

local function is_columns(block) return block.t == "Div" and block.classes:includes("columns") end
local function is_column(block) return block.t == "Div" and block.classes:includes("column") end

-- The columns of a division with their shares of the line, which are equal where the text does not say them.
local function shares_of(columns)
  local said, silent = 0, 0
  for _, block in ipairs(columns.content) do
    if is_column(block) then
      local share = share_of(block)
      said = said + (share or 0)
      if not share then silent = silent + 1 end
    end
  end
  local rest = silent > 0 and math.max((100 - said) / silent, 10) or 0
  local whole = math.max(said + rest * silent, 100)
  return function(block) return (share_of(block) or rest) / whole end
end

local gap = 5  -- millimetres between columns

-- A column without a width of its own is to LaTeX as wide as the text, of which a picture would take its share.
local function of_share(contents, millimetres)
  if not filter.is_latex then return contents end
  return pandoc.Div(contents):walk({ Image = function(image)
    local percent = tonumber((image.attributes.width or ""):match("^([%d.]+)%%$"))
    if not percent then return nil end
    image.attributes.width = ("%.4gmm"):format(percent / 100 * millimetres)
    return image
  end }).content
end

local function placed_in_rows(rows, widths, room, own)
  for _, row in ipairs(rows) do
    local column = 1
    for _, cell in ipairs(row.cells) do
      local share = 0
      for at = column, math.min(column + cell.col_span - 1, #widths) do share = share + widths[at] end
      local width = math.max(share, 0.05) * room
      if not own[column] then cell.contents = of_share(cell.contents, width) end
      cell.contents = M.placed(cell.contents, width, true)
      column = column + cell.col_span
    end
  end
  return rows
end

-- Columns without a width of their own share what is left.
local function placed_in_table(table, room)
  local widths, own, said, silent = {}, {}, 0, 0
  for at, column in ipairs(table.colspecs) do
    widths[at] = column[2] or 0
    own[at] = widths[at] > 0
    said = said + widths[at]
    silent = silent + (widths[at] == 0 and 1 or 0)
  end
  for at in ipairs(widths) do
    if widths[at] == 0 then widths[at] = math.max(1 - said, 0.1) / silent end
  end
  local head, foot = table.head, table.foot
  head.rows = placed_in_rows(head.rows, widths, room, own)
  foot.rows = placed_in_rows(foot.rows, widths, room, own)
  local bodies = table.bodies
  for _, body in ipairs(bodies) do
    body.head = placed_in_rows(body.head, widths, room, own)
    body.body = placed_in_rows(body.body, widths, room, own)
  end
  table.head, table.foot, table.bodies = head, foot, bodies
  return table
end

-- Figures in tables, columns, notes and figures stand where they are written. `room` is the width in millimetres of what
-- surrounds them.
function M.placed(blocks, room, is_inside)
  local function mark(element)
    if is_inside and not M.is_placed(element) then element.classes:insert(placed_class) end
    element.attributes.room = ("%.4g"):format(room)
    return element
  end
  return pandoc.Div(blocks):walk({
    traverse = "topdown",
    CodeBlock = function(code)
      if code.classes:includes("figure") then return mark(code) end
    end,
    Div = function(div)
      if is_columns(div) then
        local share = shares_of(div)
        local columns = 0
        for _, block in ipairs(div.content) do columns = columns + (is_column(block) and 1 or 0) end
        local content = pandoc.List()
        for _, block in ipairs(div.content) do
          local width = is_column(block) and share(block) * (room - (columns - 1) * gap) or room
          content:extend(M.placed({ block }, width, true))
        end
        div.content = content
        return div, false
      end
      if M.is_figure(div) then
        div.content = M.placed(div.content, room, true)
        return mark(div), false
      end
    end,
    Table = function(table) return placed_in_table(table, room), false end,
    Note = function(note) return pandoc.Note(M.placed(note.content, room, true)), false end,
    Image = function(image) return M.fitted(image, room) end,
  }).content
end

-- ------------------------------------------------------------------------------------------------------------ pictures

local base64_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

local function base64(bytes)
  local parts = {}
  for at = 1, #bytes, 3 do
    local a, b, c = bytes:byte(at, at + 2)
    local bits = a << 16 | (b or 0) << 8 | (c or 0)
    local function letter(shift)
      local index = (bits >> shift & 63) + 1
      return base64_letters:sub(index, index)
    end
    parts[#parts + 1] = letter(18) .. letter(12) .. (b and letter(6) or "=") .. (c and letter(0) or "=")
  end
  return table.concat(parts)
end

local picture_types = { gif = "image/gif", jpg = "image/jpeg", pdf = "application/pdf", png = "image/png", svg = "image/svg+xml",
  webp = "image/webp" }

local function unescaped(source)
  return (source:gsub("%%(%x%x)", function(code) return string.char(tonumber(code, 16)) end))
end

-- The picture as the format takes it (publish/images/images.hpp): its file, and its width in millimetres.
local function picture_of(source) return filter.publication.pictures[unescaped(source)] or filter.publication.pictures[source] end

local function bytes_of(source)
  local picture = picture_of(source)
  local file = picture and io.open(picture.file, "rb")
  local bytes = file and file:read("a")
  if not bytes then filter.fail("the picture " .. unescaped(source) .. " cannot be read, or is none that a chapter may show") end
  file:close()
  return bytes, picture.file:match("%.(%w+)$")
end

-- <img> is a picture of the text like any other. The driver has looked at those that stand in the text; one in code
-- marked {=html} is the page's affair.
function M.of_html(blocks)
  local function picture(raw)
    if not raw.format:match("^html") or not raw.text:match("^<[iI][mM][gG]%s[^>]*>$") then return nil end
    local read = pandoc.read(raw.text, "html").blocks[1]
    local image = read and read.content and read.content[1]
    if not image or image.t ~= "Image" or not picture_of(image.src) then return nil end
    for _, name in ipairs({ "width", "height" }) do
      local length = (";" .. (image.attributes.style or "")):match("[;%s]" .. name .. "%s*:%s*([%d.]+%s*[%a%%]+)")
      if length then image.attributes[name] = length:gsub("%s", "") end
    end
    image.attributes.style = nil
    return image
  end
  return pandoc.Div(blocks):walk({ RawInline = picture, RawBlock = function(raw)
    local image = picture(raw)
    return image and pandoc.Plain({ image })
  end }).content
end

local lengths = { px = 25.4 / 96, cm = 10, mm = 1, ["in"] = 25.4, inch = 25.4, pt = 25.4 / 72, pc = 25.4 / 6 }

-- A length of the text in millimetres, or as a fraction of what surrounds it.
local function length_of(text)
  local number, unit = (text or ""):match("^([%d.]+)%s*([%a%%]*)$")
  number = tonumber(number)
  if not number then return nil end
  if unit == "%" then return nil, number / 100 end
  if unit == "em" then return number * 10.5 * 25.4 / 72 end
  return lengths[unit == "" and "px" or unit] and number * lengths[unit == "" and "px" or unit]
end

-- Word's pictures are not wider than their places, and know no per cents.
local function fitted_for_word(image, room)
  local picture = picture_of(image.src)
  local millimetres, fraction = length_of(image.attributes.width)
  if fraction then millimetres = fraction * room end
  if not millimetres and not image.attributes.height and picture and picture.width > room then millimetres = room end
  if not millimetres then return nil end
  image.attributes.width = ("%.4gmm"):format(math.min(millimetres, room))
  local _, of_height = length_of(image.attributes.height)
  if of_height then image.attributes.height = nil end
  return image
end

-- In columns of a table that have no width of their own LaTeX has none to hold a picture against.
local function fitted_for_print(image, room)
  local millimetres = length_of(image.attributes.width)
  if not millimetres or millimetres <= room then return nil end
  local of_height = length_of(image.attributes.height)
  image.attributes.width = ("%.4gmm"):format(room)
  if of_height then image.attributes.height = ("%.4gmm"):format(of_height * room / millimetres) end
  return image
end

function M.fitted(image, room)
  if is_word then return fitted_for_word(image, room) end
  if filter.is_latex then return fitted_for_print(image, room) end
end

local function tex_length(millimetres, fraction, whole)
  if fraction then return ("%.4g%s"):format(fraction, whole) end
  return millimetres and ("%.4gmm"):format(millimetres)
end

local function tex_picture(image, name)
  local options = pandoc.List()
  local w, w_fraction = length_of(image.attributes.width)
  local h, h_fraction = length_of(image.attributes.height)
  local width = tex_length(w, w_fraction, "\\linewidth")
  local height = tex_length(h, h_fraction, "\\textheight")
  -- One of the two alone may enlarge a picture, up to what surrounds it.
  if width or height then
    options:extend({ "width=" .. (width or "\\linewidth"), "height=" .. (height or "\\textheight") })
  end
  if width and height then options:insert("keepaspectratio=false") end
  options:insert("alt={" .. filter.tex_text(pandoc.utils.stringify(image.caption)) .. "}")
  local label = image.identifier ~= "" and "\\hypertarget{" .. image.identifier .. "}{}" or ""
  return pandoc.RawInline("latex", ("%s\\reportfitted{\\includegraphics[%s]{%s}}"):format(label, table.concat(options, ","), name))
end

-- The page holds its pictures; other formats get them under names that do not depend on where the chapters lie. Only
-- files that the driver has looked at are read: Pandoc would read any, and fetch others from the network.
function M.replace_image(image)
  if not filter.is_written then return nil end
  local alt = image.attributes.alt
  if alt and not has_caption_mark(image) then
    image.caption = pandoc.List({ pandoc.Str(alt) })
    image.attributes.alt = nil
  end
  image.attributes.room = nil
  if drawings[image.src] then return image end
  local bytes, kind = bytes_of(image.src)
  if filter.is_html then
    image.src = "data:" .. picture_types[kind] .. ";base64," .. base64(bytes)
    return image
  end
  local name = "pictures/" .. pandoc.utils.sha1(bytes) .. "." .. kind
  local file = assert(io.open(filter.publication.folder .. "/" .. name, "wb"))
  file:write(bytes)
  file:close()
  if filter.is_latex then return tex_picture(image, name) end
  image.src = name
  return image
end

-- ------------------------------------------------------------------------------------------------------------- figures

-- A figure for Word: paragraphs in the styles that Word's own lists of figures look for.
function M.word_figure(id, content, caption)
  local function styled(blocks, style) return pandoc.Div(blocks, pandoc.Attr("", {}, { { "custom-style", style } })) end
  local parts = pandoc.List()
  for _, block in ipairs(content) do
    parts:insert(only_picture(block) and styled({ pandoc.Para(block.content) }, "Captioned Figure") or block)
  end
  if #caption > 0 then parts:insert(styled(caption, "Image Caption")) end
  return pandoc.Div(parts, pandoc.Attr(id))
end

-- A figure as HTML has it, for EPUB and the page.
function M.html_figure(id, class, content, caption)
  local name = id ~= "" and (' id="%s"'):format(id) or ""
  local blocks = pandoc.List({ html_block(('<figure%s class="%s">'):format(name, class)) })
  blocks:extend(content)
  if #caption > 0 then
    blocks:insert(html_block("<figcaption>"))
    blocks:extend(caption)
    blocks:insert(html_block("</figcaption>"))
  end
  blocks:insert(html_block("</figure>"))
  return blocks
end

local function holds_table(blocks)
  local found = false
  pandoc.Div(blocks):walk({ Table = function() found = true end })
  return found
end

function M.tex_figure(environment, id, content, caption)
  local blocks = pandoc.List({ tex_block(("\\begin{%s}{%s}"):format(environment, id)) })
  blocks:extend(content)
  if #caption > 0 then
    blocks:insert(tex_block("\\figurecaption"))
    blocks:extend(caption)
  end
  blocks:insert(tex_block("\\end{" .. environment .. "}"))
  return blocks
end

local function tex_environment(div, content)
  if M.is_placed(div) or holds_table(content) then return "placedfigure" end
  if div.classes:includes("full") then return "widepicture" end
  if div.classes:includes("margin") then return "marginpicture" end
  return "columnpicture"
end

local function html_class(div)
  local classes = pandoc.List({ "picture" })
  if not M.is_placed(div) then
    for _, class in ipairs({ "full", "margin" }) do
      if div.classes:includes(class) then classes:insert(class) end
    end
  end
  return table.concat(classes, " ")
end

-- Other tools get Pandoc's own figures where its document has them.
local function plain_figure(div, content, caption)
  local attributes = pandoc.Attr(div.identifier, div.classes:filter(function(class) return class ~= figure_class and class ~= panel_class end))
  if pandoc.Figure then return pandoc.Figure(content, { long = caption }, attributes) end
  local image = #content == 1 and only_picture(content[1])
  if image then
    image.caption = pandoc.utils.blocks_to_inlines(caption, { pandoc.LineBreak() })
    image.title = "fig:" .. image.title
    return pandoc.Div({ pandoc.Para({ image }) }, attributes)
  end
  local blocks = pandoc.List(content)
  blocks:extend(caption)
  return pandoc.Div(blocks, attributes)
end

function M.replace_figure(div)
  if not M.is_figure(div) then return nil end
  local content, caption = div.content[1].content, div.content[2].content
  local kind = div.identifier:match("^(%a+):")
  if kind == "fig" or kind == "tbl" then caption = filter.label_blocks(caption, filter.caption_label(kind, div.identifier)) end
  if not filter.is_written then return plain_figure(div, content, caption) end
  if filter.is_latex then return M.tex_figure(tex_environment(div, content), div.identifier, content, caption) end
  if filter.is_html or is_epub then return M.html_figure(div.identifier, html_class(div), content, caption) end
  return M.word_figure(div.identifier, content, caption)
end

-- ------------------------------------------------------------------------------------------------------------- columns

-- Columns that stand together, with what stands between such rows of them.
local function rows_of(div)
  local rows = pandoc.List()
  for _, block in ipairs(div.content) do
    local last = rows[#rows]
    if is_column(block) and last and is_column(last[1]) then
      last:insert(block)
    else
      rows:insert(pandoc.List({ block }))
    end
  end
  return rows
end

local function tex_row(columns, share, small_table)
  local numbers = {}
  for at in ipairs(columns) do numbers[at] = tostring(at) end
  local blocks = pandoc.List({ tex_block(("\\begin{reportcolumns}{%s}"):format(table.concat(numbers, ","))) })
  for at, column in ipairs(columns) do
    blocks:insert(tex_block(("\\begin{reportcolumn}{%.4f}{%d}{%d}"):format(share(column), #columns - 1, at)))
    blocks:extend(pandoc.Div(column.content):walk({ Table = small_table }).content)
    blocks:insert(tex_block("\\end{reportcolumn}"))
  end
  blocks:insert(tex_block("\\end{reportcolumns}"))
  return blocks
end

-- Word knows columns of a page only, so that these become a table of one row without rules.
local function word_row(columns, share)
  local cells, widths, aligns = pandoc.List(), pandoc.List(), pandoc.List()
  for _, column in ipairs(columns) do
    cells:insert(column.content)
    widths:insert(share(column))
    aligns:insert("AlignDefault")
  end
  return { pandoc.utils.from_simple_table(pandoc.SimpleTable({}, aligns, widths, {}, { cells })) }
end

local function in_rows(div, set)
  local share, blocks = shares_of(div), pandoc.List()
  for _, row in ipairs(rows_of(div)) do blocks:extend(is_column(row[1]) and set(row, share) or row) end
  return blocks
end

function M.replace_columns(div)
  if is_word and is_columns(div) then return in_rows(div, word_row) end
end

-- For print, once all else is in place: a table that pages can break does not stand in a column, but a small one does.
function M.print_columns(blocks, small_table)
  return pandoc.Div(blocks):walk({ Div = function(div)
    if is_columns(div) then return in_rows(div, function(row, share) return tex_row(row, share, small_table) end) end
  end }).content
end

return M
