-- Figures that are made of pictures. A figure is a paragraph of one picture, or a division whose ID begins with "fig:";
-- both become divisions of one form (figure_divisions.lua), and these what the format makes of figures.
local figure_divisions = require("filter.figure_divisions")
local captions = require("filter.captions")
local writer = require("filter.writer")

local M = {}

local is_figure, is_figure_id = figure_divisions.is_figure, figure_divisions.is_figure_id
local only_picture = figure_divisions.only_picture

-- Others are Pandoc's affair.
local function is_ours(id) return is_figure_id(id) or writer.sets_all_captions end

-- Pandoc 2 marks a picture that is to have a caption by its title.
local function has_caption_mark(image) return image.title:match("^fig:") ~= nil end

local function of_captioned(block)
  local image = only_picture(block)
  if not image then return nil end
  local id, caption = image.identifier, image.caption
  image.title = image.title:gsub("^fig:", "")
  image.identifier = ""
  if not image.attributes.alt then image.attributes.alt = pandoc.utils.stringify(caption) end
  local paragraphs = #caption > 0 and { pandoc.Para(caption) } or {}
  return figure_divisions.make(id, image.classes, { pandoc.Plain({ image }) }, paragraphs)
end

local function of_paragraph(block)
  local image = only_picture(block)
  if not image then return nil end
  if is_figure_id(image.identifier) then return of_captioned(block) end
  if block.t == "Plain" then
    writer.unmark(image)
    return block
  end
  return has_caption_mark(image) and is_ours(image.identifier) and of_captioned(block) or block
end

-- Pandoc 3 has figures of its own, whose pictures bear their descriptions.
local function of_pandocs_figure(block)
  local caption = pandoc.List()
  for _, part in ipairs(block.caption.long) do caption:insert(part.t == "Plain" and pandoc.Para(part.content) or part) end
  return figure_divisions.make(block.identifier, block.classes, block.content, caption)
end

local function of_figure(block)
  if is_ours(block.identifier) then return of_pandocs_figure(block) end
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
  if not is_figure_id(div.identifier) or is_figure(div) then return nil end
  local content, caption, short = pandoc.List(div.content), pandoc.List(), div.attributes["short-caption"]
  if #content == 1 then
    local only = is_figure(content[1]) and content[1] or content[1].t == "Figure" and of_pandocs_figure(content[1])
      or of_captioned(content[1])
    if only and not is_figure_id(only.identifier) then
      return figure_divisions.make(div.identifier, div.classes, figure_divisions.content_of(only),
        figure_divisions.caption_of(only), short)
    end
  end
  if #content > 1 and is_text(content[#content]) then caption:insert(content:remove()) end
  content = pandoc.Div(content):walk({ Div = function(inner)
    if is_figure(inner) then figure_divisions.make_panel(inner) end
    return inner
  end, Para = function(block)
    local image = only_picture(block)
    if not (image and has_caption_mark(image)) then return nil end
    local panel = of_captioned(block)
    figure_divisions.make_panel(panel)
    return panel
  end }).content
  return figure_divisions.make(div.identifier, div.classes, content, caption, short)
end

-- A division for a table: its last paragraph is the caption of a table that has none. What stands for a table, a picture
-- say, is set as a figure is.
local function of_table_division(div)
  if not div.identifier:match("^tbl:") or is_figure(div) then return nil end
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
  return figure_divisions.make(div.identifier, div.classes, content, caption and { caption } or {}, div.attributes["short-caption"])
end

-- All figures and tables of pictures and divisions in their one form.
function M.with_figures(blocks)
  local shaped = pandoc.Div(blocks):walk({ Para = of_paragraph, Plain = of_paragraph, Figure = of_figure }).content
  return pandoc.Div(shaped):walk({ Div = function(div) return of_division(div) or of_table_division(div) end }).content
end

function M.replace_figure(div)
  if not is_figure(div) then return nil end
  local caption = figure_divisions.caption_of(div)
  local kind = div.identifier:match("^(%a+):")
  if kind == "fig" or kind == "tbl" then caption = captions.labelled(caption, div.identifier) end
  return writer.picture_figure(div, figure_divisions.content_of(div), caption)
end

return M
