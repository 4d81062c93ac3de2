-- Figures in notes. A figure floats, or stands as wide as the text: a note can only refer to it.
local labels = require("filter.labels")

local M = {}

local function taken_out(block, directives)
  return block:walk({
    Note = function(note)
      return note:walk({
        CodeBlock = function(code)
          if not labels.is_directive(code) then return nil end
          directives:insert(code)
          return pandoc.Para({ pandoc.Cite({}, { pandoc.Citation(code.identifier, "AuthorInText") }) })
        end,
      })
    end,
  })
end

local function are_in(blocks)
  local directives = pandoc.List()
  taken_out(pandoc.Div(blocks), directives)
  return #directives > 0
end

-- Each is set after the block that bears the note.
function M.set_after(blocks)
  if not are_in(blocks) then return blocks end
  return pandoc.Div(blocks):walk({
    Blocks = function(list)
      local result = pandoc.List()
      for _, block in ipairs(list) do
        local directives = pandoc.List()
        result:insert(taken_out(block, directives))
        result:extend(directives)
      end
      return result
    end,
  }).content
end

return M
