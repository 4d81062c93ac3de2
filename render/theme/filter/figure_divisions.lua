-- Figures that are made of pictures, in the one form that all that follows treats alike: a division of two, the content
-- and the caption.
local M = {}

local figure_class, panel_class = "report-figure", "report-panel"

function M.is_figure(block) return block.t == "Div" and block.classes:includes(figure_class) end
function M.is_panel(block) return M.is_figure(block) and block.classes:includes(panel_class) end
function M.make_panel(division) division.classes:insert(panel_class) end

function M.is_figure_id(id) return id:match("^fig:") ~= nil end

-- Where a figure stands can be said in the text, as in a figure directive.
function M.make(id, classes, content, caption, short)
  local kept = pandoc.List({ figure_class })
  for _, class in ipairs({ "full", "margin" }) do
    if classes:includes(class) then kept:insert(class) end
  end
  local attributes = short and { { "short-caption", short } } or {}
  return pandoc.Div({ pandoc.Div(content), pandoc.Div(caption) }, pandoc.Attr(id, kept, attributes))
end

function M.content_of(division) return division.content[1].content end
function M.caption_of(division) return division.content[2].content end

-- The division's attributes without those that make it a figure of this form.
function M.attributes_of(division)
  local function is_authors(class) return class ~= figure_class and class ~= panel_class end
  return pandoc.Attr(division.identifier, division.classes:filter(is_authors))
end

-- The picture that a block is; nothing when it is more, or something else.
function M.only_picture(block)
  local is_text = block.t == "Para" or block.t == "Plain"
  return is_text and #block.content == 1 and block.content[1].t == "Image" and block.content[1] or nil
end

return M
