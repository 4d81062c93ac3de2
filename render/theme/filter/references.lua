-- @fig:, @sec:, @eq: and @tbl: become links that name what they lead to.
local numbering = require("filter.numbering")
local messages = require("filter.messages")
local markup = require("filter.markup")
local wording = require("filter.wording")
local writer = require("filter.writer")

local M = {}

local names = {
  fig = { wording.figure, wording.figures },
  tbl = { wording.table, wording.tables },
  eq = { wording.equation, wording.equations },
  sec = { wording.section, wording.sections },
  chapter = { wording.chapter, wording.chapters },
  appendix = { wording.appendix, wording.appendices },
}

-- "Figure 2.1", and "(a)" for a panel: how a caption begins.
function M.name_of(id)
  local item = numbering.of(id)
  return item.panel or names[item.kind][1] .. markup.no_break_space .. item.number
end

local function shown_number(item) return item.kind == "eq" and "(" .. item.number .. ")" or item.number end

local function reference(citation, with_name)
  local id = citation.id
  local item = numbering.of(id)
  if not item then messages.fail("the reference @" .. id .. " leads nowhere") end
  local function link_to(inlines) return writer.link(item.anchor or id, item.kind, inlines) end
  if item.title then return link_to(pandoc.List(item.title)) end
  if citation.mode == "SuppressAuthor" then return link_to(pandoc.List({ pandoc.Str(item.number) })) end
  local text = shown_number(item)
  if with_name then text = names[item.kind][1] .. markup.no_break_space .. text end
  return link_to(pandoc.List({ pandoc.Str(text) }))
end

-- Whether it refers to something of the report; all others cite sources.
function M.is_reference(citation)
  local kind = citation.id:match("^(%a+):")
  return kind == "fig" or kind == "sec" or kind == "eq" or kind == "tbl"
end

-- Whether a source is among what is cited.
function M.cites_source(cite)
  return #cite.citations:filter(function(citation) return not M.is_reference(citation) end) > 0
end

-- "Figures 2.1 and 2.2" where all are of one kind and have no words of their own between them.
local function shared_name(citations)
  if #citations < 2 then return nil end
  local first = numbering.of(citations[1].id)
  local kind = first and first.kind
  for at, citation in ipairs(citations) do
    local item = numbering.of(citation.id)
    if not item or item.kind ~= kind or item.title or citation.mode == "SuppressAuthor" then return nil end
    if (at > 1 and #citation.prefix > 0) or (at < #citations and #citation.suffix > 0) then return nil end
  end
  return names[kind][2]
end

local function references(citations)
  local plural = shared_name(citations)
  local inlines = pandoc.List()
  for at, citation in ipairs(citations) do
    if at > 1 then
      if at < #citations or at > 2 then inlines:insert(pandoc.Str(",")) end
      if at == #citations then inlines:extend({ pandoc.Space(), pandoc.Str(wording["and"]) }) end
      inlines:insert(pandoc.Space())
    end
    if #citation.prefix > 0 then
      inlines:extend(citation.prefix)
      inlines:insert(pandoc.Space())
    end
    if at == 1 and plural then inlines:insert(pandoc.Str(plural .. markup.no_break_space)) end
    inlines:extend(reference(citation, not plural))
    if #citation.suffix > 0 and citation.mode == "AuthorInText" then inlines:insert(pandoc.Space()) end
    inlines:extend(citation.suffix)
  end
  return inlines
end

function M.replace(cite)
  local ours, others = pandoc.List(), pandoc.List()
  for _, citation in ipairs(cite.citations) do (M.is_reference(citation) and ours or others):insert(citation) end
  if #ours == 0 then return nil end
  local inlines = references(ours)
  if #others > 0 then
    inlines:insert(pandoc.Space())
    inlines:insert(pandoc.Cite(cite.content, others))
  end
  return inlines
end

return M
