-- What the report ends with, where the format lists it: all claims, and how the figures were made.
local numbering = require("filter.numbering")
local figures = require("filter.figures")
local statements = require("filter.statements")
local markup = require("filter.markup")
local wording = require("filter.wording")
local writer = require("filter.writer")

local M = {}

local function facts_of(claim)
  local before, after = wording.around(claim.holds and "claim_holds" or "claim_fails")
  local facts = pandoc.List({ pandoc.Code(claim.condition), pandoc.Space(), pandoc.Str(before) })
  facts:extend(markup.pieces(claim.pieces))
  if after ~= "" then facts:insert(pandoc.Str(after)) end
  for _, value in ipairs(claim.values) do facts:extend({ pandoc.Str(","), pandoc.Space(), pandoc.Code(value) }) end
  for _, figure in ipairs(claim.figures) do
    if figures.exists(figure) and numbering.of(figure) then
      facts:extend({ pandoc.Str(","), pandoc.Space(), pandoc.Cite({}, { pandoc.Citation(figure, "AuthorInText") }) })
    end
  end
  return facts
end

-- An entry's words, and what was checked of them.
local function described(entry) return statements.repeated(entry.text), facts_of(entry.claim) end

-- All claims of the text.
function M.claims()
  local list = #statements.listed > 0 and writer.claims_list(statements.listed, described)
  if not list then return {} end
  local blocks = pandoc.List({
    pandoc.Header(1, markup.words(wording.claims), pandoc.Attr("claims", { "unnumbered" })),
  })
  blocks:extend(pandoc.read(wording.claims_introduction, "markdown").blocks)
  blocks:extend(list)
  return blocks
end

-- What the page shows under each figure, the print shows here: all that it takes to make the figure again.
function M.figures()
  local list = #figures.shown > 0 and writer.figures_list(figures.shown)
  if not list then return {} end
  local level = #statements.listed > 0 and 2 or 1  -- below the list of claims where there is one
  local blocks = pandoc.List({ pandoc.Header(level, markup.words(wording.figures_made), pandoc.Attr("figures", { "unnumbered" })) })
  blocks:extend(list)
  return blocks
end

return M
