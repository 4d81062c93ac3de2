-- Texts as HTML and LaTeX write them, and numbers as the generator prints them.
local M = {}

M.no_break_space = "\u{A0}"

function M.html_text(text)
  return (text:gsub("[&<>\"']", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }))
end

local tex_characters = {
  ["\\"] = "\\textbackslash{}", ["{"] = "\\{", ["}"] = "\\}", ["%"] = "\\%", ["#"] = "\\#", ["$"] = "\\$",
  ["&"] = "\\&", ["_"] = "\\_", ["^"] = "\\textasciicircum{}", ["~"] = "\\textasciitilde{}",
}

function M.tex_text(text) return (text:gsub("[\\{}%%#$&_^~]", tex_characters):gsub("%s+", " ")) end

function M.html(text) return pandoc.RawInline("html", text) end
function M.html_block(text) return pandoc.RawBlock("html", text) end
function M.tex(text) return pandoc.RawInline("latex", text) end
function M.tex_block(text) return pandoc.RawBlock("latex", text) end

-- A plain text as inlines, between whose words lines can break.
function M.words(text)
  local inlines = pandoc.List()
  for word in text:gmatch("[^ ]+") do
    if #inlines > 0 then inlines:insert(pandoc.Space()) end
    inlines:insert(pandoc.Str(word))
  end
  return pandoc.Span(inlines).content
end

-- Words, and powers of ten as mathematics.
function M.pieces(pieces)
  local inlines = pandoc.List()
  for _, piece in ipairs(pieces) do
    inlines:insert(piece.formula and pandoc.Math("InlineMath", piece.formula) or pandoc.Str(piece.words))
  end
  return inlines
end

return M
