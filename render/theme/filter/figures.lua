-- The computed figures, which stand where the text has their directives.
local publication = require("filter.publication")
local messages = require("filter.messages")
local labels = require("filter.labels")
local macros = require("filter.macros")
local captions = require("filter.captions")
local statements = require("filter.statements")
local writer = require("filter.writer")

local M = {}

local figures = {}
for _, figure in ipairs(publication.figures) do figures[figure.id] = figure end

function M.exists(id) return figures[id] ~= nil end

local function figure_of(block) return labels.is_directive(block) and figures[block.identifier] end

-- The computed figure of a directive.
function M.of(code) return figures[code.identifier] end

-- In the document's order.
M.shown = pandoc.List()

-- The computed figure of a block of code that is a directive.
M.of_block = figure_of

-- Numbers the claims of the text. Captions are read here, so that theirs are counted where the figures stand.
function M.number_claims(blocks)
  return pandoc.Div(blocks):walk({
    traverse = "topdown",
    Span = statements.number_claim,
    CodeBlock = function(code)
      local figure = figure_of(code)
      if not figure then return nil end
      M.shown:insert(figure)
      figure.blocks = M.number_claims(writer.clean(statements.prepared(macros.read(figure.caption, figure.macros))))
    end,
  }).content
end

-- The figure in place of its directive; `replace` is the filter that its caption goes through as the text does.
function M.replace(code, replace)
  if not labels.is_directive(code) then return nil end
  local figure = figures[code.identifier]
  if not figure then messages.fail("there is no figure " .. code.identifier) end
  local caption = captions.labelled(pandoc.Div(figure.blocks):walk(replace).content, figure.id)
  return writer.computed_figure(figure, caption, code)
end

return M
