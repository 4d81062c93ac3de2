-- Puts figures, values and claims into Pandoc's document, numbers what bears an ID, and turns @fig:, @sec:, @eq: and
-- @tbl: into links. Numbers are made here and nowhere else, so that all formats agree. Pandoc 2.17 and later.

-- ---------------------------------------------------------------------------------------------------- the publication

local is_published = os.getenv("REPORT_PUBLICATION") ~= nil

-- A table that the driver wrote: it can call nothing.
local function load_publication()
  local path = os.getenv("REPORT_PUBLICATION")
  if not path then
    return { figures = {}, values = {}, claims = {}, pictures = {}, links = {}, metadata = {}, format = "" }
  end
  return assert(loadfile(path, "t", {}))()
end

local publication = load_publication()

-- Word's document is written from Pandoc's own: given the chapters, Pandoc would put names in place of all pictures that lie
-- elsewhere before it asks a filter.
if publication.format == "docx" then FORMAT = "docx" end

-- Chapters are text that others may have written; a document for other tools keeps all of it.
local theme = PANDOC_SCRIPT_FILE:match("^(.*)/[^/]*$") or "."
local untrusted = dofile(theme .. "/untrusted.lua")
local print_form = dofile(theme .. "/print.lua")
local is_written = FORMAT ~= "json" and FORMAT ~= "native"
local pictures = dofile(theme .. "/pictures.lua")
local metadata = dofile(theme .. "/metadata.lua")
local quotation = dofile(theme .. "/quotation.lua")
local formula = dofile(theme .. "/formula.lua")
local raw_html = dofile(theme .. "/raw_html.lua")
local function cleaned(blocks)
  if not is_written then return blocks end
  return untrusted.clean_blocks(raw_html.with_tables(pictures.of_html(quotation.with_apostrophes(blocks))))
end

local function by(list, key)
  local index = {}
  for _, item in ipairs(list) do index[key(item)] = item end
  return index
end

local figures = by(publication.figures, function(f) return f.id end)
local values = by(publication.values, function(v) return v.expression .. "\0" .. v.format end)

-- condition -> its claims in the sources' order
local claims = {}
for _, claim in ipairs(publication.claims) do
  claims[claim.condition] = claims[claim.condition] or {}
  table.insert(claims[claim.condition], claim)
end

local is_html = FORMAT:match("^html") ~= nil
local is_latex = FORMAT:match("latex") ~= nil
local is_epub = FORMAT:match("^epub") ~= nil

-- ------------------------------------------------------------------------------------------------------ small helpers

local function html_text(text)
  return (text:gsub("[&<>\"']", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }))
end

local tex_characters = {
  ["\\"] = "\\textbackslash{}", ["{"] = "\\{", ["}"] = "\\}", ["%"] = "\\%", ["#"] = "\\#", ["$"] = "\\$",
  ["&"] = "\\&", ["_"] = "\\_", ["^"] = "\\textasciicircum{}", ["~"] = "\\textasciitilde{}",
}
local function tex_text(text) return (text:gsub("[\\{}%%#$&_^~]", tex_characters):gsub("%s+", " ")) end

local function html(text) return pandoc.RawInline("html", text) end
local function html_block(text) return pandoc.RawBlock("html", text) end
local function tex(text) return pandoc.RawInline("latex", text) end
local function tex_block(text) return pandoc.RawBlock("latex", text) end

-- The whole message, without Lua's own trace of calls.
local function fail(message)
  io.stderr:write(message, "\n")
  os.exit(1, true)
end

local no_break_space = "\u{A0}"

-- ------------------------------------------------------------------------------------------------------------ numbers

local names = {
  fig = { "Figure", "Figures" },
  tbl = { "Table", "Tables" },
  eq = { "Equation", "Equations" },
  sec = { "Section", "Sections" },
  chapter = { "Chapter", "Chapters" },
}

-- id -> { kind, number } or, for a heading without a number, { kind, title }
local numbered = {}
local chapter = 0
local counts = { fig = 0, tbl = 0, eq = 0 }

local function number_item(kind, id)
  if numbered[id] then return end
  counts[kind] = counts[kind] + 1
  local number = tostring(counts[kind])
  if chapter > 0 then number = chapter .. "." .. number end
  numbered[id] = { kind = kind, number = number }
end

local function is_directive(block)
  return block.t == "CodeBlock" and block.classes:includes("figure") and block.identifier:match("^fig:") ~= nil
end

-- The equation's ID when the inlines at `at` are display mathematics, a space and {#eq:id}; and what follows it.
local function equation_label(inlines, at)
  local math, space, label = inlines[at], inlines[at + 1], inlines[at + 2]
  if not (label and math.t == "Math" and math.mathtype == "DisplayMath") then return nil end
  if (space.t ~= "Space" and space.t ~= "SoftBreak") or label.t ~= "Str" then return nil end
  return label.text:match("^{#(eq:[%w_:.%-]+)}(.*)$")
end

local function is_equation_span(span)
  return span.identifier:match("^eq:") and #span.content == 1 and span.content[1].t == "Math"
end

local function table_label(table)
  local caption = table.caption.long
  local last = caption[#caption]
  local inlines = last and last.content
  local label = inlines and inlines[#inlines]
  return label and label.t == "Str" and label.text:match("^{#(tbl:[%w_:.%-]+)}$")
end

-- Whether a formula is displayed in it. Handing a list of inlines to Lua is dear, so that only such blocks are looked into.
local function displays(block)
  local found = false
  block:walk({ Math = function(math) found = found or math.mathtype == "DisplayMath" end })
  return found
end

-- A figure made of pictures; its panels bear its number with a letter.
local panelled, panels

local function number_figure(div)
  if not pictures.is_figure(div) then return end
  local id = div.identifier
  if not pictures.is_panel(div) then
    if id:match("^fig:") then number_item("fig", id) end
    panelled, panels = id, 0
  elseif id:match("^fig:") and numbered[panelled] and not numbered[id] then
    panels = panels + 1
    local letter = string.char(("a"):byte() + panels - 1)
    numbered[id] = { kind = "fig", number = numbered[panelled].number .. letter, panel = "(" .. letter .. ")" }
  end
end

local function remember_title(heading)
  if heading.identifier ~= "" then numbered[heading.identifier] = { kind = "sec", title = heading.content } end
end

-- Headings within other blocks have no numbers.
local function count_blocks(block, is_heading)
  block:walk({
    traverse = "topdown",
    Header = not is_heading and remember_title or nil,
    CodeBlock = function(code)
      if is_directive(code) then number_item("fig", code.identifier) end
    end,
    Inlines = displays(block) and function(inlines)
      for at = 1, #inlines do
        local id = equation_label(inlines, at)
        if id then number_item("eq", id) end
      end
    end or nil,
    Span = function(span)
      if is_equation_span(span) then number_item("eq", span.identifier) end
    end,
    Div = function(div)
      if div.identifier:match("^tbl:") then number_item("tbl", div.identifier) end
      number_figure(div)
    end,
    Table = function(table)
      local id = table_label(table) or (table.identifier:match("^tbl:") and table.identifier)
      if id then number_item("tbl", id) end
    end,
  })
end

local levels = {}

local function count_heading(heading)
  if heading.classes:includes("unnumbered") then return remember_title(heading) end
  for level = 1, heading.level do levels[level] = levels[level] or 0 end
  levels[heading.level] = levels[heading.level] + 1
  for level = heading.level + 1, 6 do levels[level] = 0 end
  if heading.level == 1 then
    chapter = levels[1]
    counts = { fig = 0, tbl = 0, eq = 0 }
  end
  local number = table.concat(levels, ".", 1, heading.level)
  numbered[heading.identifier] = { kind = heading.level == 1 and "chapter" or "sec", number = number }
end

-- Headings within quotes, lists, tables and notes have no numbers, and do not stand in the contents: LaTeX and Word would
-- give them some.
local function unnumbered(heading)
  for _, class in ipairs({ "unnumbered", "unlisted" }) do
    if not heading.classes:includes(class) then heading.classes:insert(class) end
  end
  return heading
end

local function unnumbered_within(element) return element:walk({ Header = unnumbered }) end

local function with_inner_headings_unnumbered(blocks)
  if not (is_latex or FORMAT == "docx") then return blocks end
  return pandoc.Div(blocks):walk({ BlockQuote = unnumbered_within, BulletList = unnumbered_within, OrderedList = unnumbered_within,
    DefinitionList = unnumbered_within, Table = unnumbered_within, Note = unnumbered_within }).content
end

-- In the document's order; headings count where Pandoc's writers number them: at the top and in divisions.
local function count(blocks)
  for _, block in ipairs(blocks) do
    if block.t == "Header" then count_heading(block) end
    if block.t == "Div" and not block.identifier:match("^tbl:") then
      number_figure(block)
      count(block:clone().content)  -- Pandoc 2.17 puts an empty paragraph into an empty division whose content was looked at
    else
      count_blocks(pandoc.Div({ block }), block.t == "Header")
    end
  end
end

-- ---------------------------------------------------------------------------------------------------- figures in notes

-- A figure floats, or stands as wide as the text: a note can only refer to it.
local function taken_out(block, directives)
  return block:walk({
    Note = function(note)
      return note:walk({
        CodeBlock = function(code)
          if not is_directive(code) then return nil end
          directives:insert(code)
          return pandoc.Para({ pandoc.Cite({}, { pandoc.Citation(code.identifier, "AuthorInText") }) })
        end,
      })
    end,
  })
end

local function holds_noted_figures(blocks)
  local directives = pandoc.List()
  taken_out(pandoc.Div(blocks), directives)
  return #directives > 0
end

-- Figures in notes are set after the block that bears the note.
local function with_noted_figures_after(blocks)
  if not holds_noted_figures(blocks) then return blocks end
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

-- --------------------------------------------------------------------------------------------------------- references

local function shown_number(item) return item.kind == "eq" and "(" .. item.number .. ")" or item.number end

local function link_to(id, text)
  if not is_latex then return { pandoc.Link(text, "#" .. id, "", pandoc.Attr("", { "reference" })) } end
  local command = numbered[id].kind:match("^[sc]") and "\\hyperref[" .. id .. "]" or "\\hyperlink{" .. id .. "}"
  local inlines = pandoc.List({ tex("\\protect" .. command .. "{") })
  inlines:extend(text)
  inlines:insert(tex("}"))
  return inlines
end

local function reference(citation, with_name)
  local id = citation.id
  local item = numbered[id]
  if not item then fail("the reference @" .. id .. " leads nowhere") end
  if item.title then return link_to(id, pandoc.List(item.title)) end
  if citation.mode == "SuppressAuthor" then return link_to(id, pandoc.List({ pandoc.Str(item.number) })) end
  local text = shown_number(item)
  if with_name then text = names[item.kind][1] .. no_break_space .. text end
  return link_to(id, pandoc.List({ pandoc.Str(text) }))
end

local function is_reference(citation)
  local kind = citation.id:match("^(%a+):")
  return kind == "fig" or kind == "sec" or kind == "eq" or kind == "tbl"
end

-- "Figures 2.1 and 2.2" where all are of one kind and have no words of their own between them.
local function shared_name(citations)
  if #citations < 2 then return nil end
  local kind = numbered[citations[1].id] and numbered[citations[1].id].kind
  for at, citation in ipairs(citations) do
    local item = numbered[citation.id]
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
      if at == #citations then inlines:extend({ pandoc.Space(), pandoc.Str("and") }) end
      inlines:insert(pandoc.Space())
    end
    if #citation.prefix > 0 then
      inlines:extend(citation.prefix)
      inlines:insert(pandoc.Space())
    end
    if at == 1 and plural then inlines:insert(pandoc.Str(plural .. no_break_space)) end
    inlines:extend(reference(citation, not plural))
    if #citation.suffix > 0 and citation.mode == "AuthorInText" then inlines:insert(pandoc.Space()) end
    inlines:extend(citation.suffix)
  end
  return inlines
end

local function replace_citation(cite)
  local ours, others = pandoc.List(), pandoc.List()
  for _, citation in ipairs(cite.citations) do (is_reference(citation) and ours or others):insert(citation) end
  if #ours == 0 then return nil end
  local inlines = references(ours)
  if #others > 0 then
    inlines:insert(pandoc.Space())
    inlines:insert(pandoc.Cite(cite.content, others))
  end
  return inlines
end

-- -------------------------------------------------------------------------------------------------- equations, tables

local function equation(id, math)
  local number = numbered[id].number
  if is_latex then
    math.text = "\\hypertarget{" .. id .. "}{}" .. math.text .. "\\tag{" .. number .. "}"
    return math
  end
  local label = pandoc.Span({ pandoc.Str("(" .. number .. ")") }, pandoc.Attr("", { "equation-number" }))
  local parts = pandoc.List({ math, pandoc.Space(), label })
  if is_html then parts = pandoc.List({ pandoc.Span({ math }, pandoc.Attr("", { "equation-body" })), label }) end
  return pandoc.Span(parts, pandoc.Attr(id, { "equation" }))
end

local function replace_equations(inlines)
  local result, changed, at = pandoc.List(), false, 1
  while at <= #inlines do
    local id, rest = equation_label(inlines, at)
    if id then
      result:insert(equation(id, inlines[at]))
      if rest ~= "" then result:insert(pandoc.Str(rest)) end
      changed, at = true, at + 3
    else
      result:insert(inlines[at])
      at = at + 1
    end
  end
  return changed and result or nil
end

local function is_display(block)
  if not block or block.t ~= "Para" then return false end
  local last = block.content[#block.content]
  if #block.content == 1 then return last.t == "Math" and last.mathtype == "DisplayMath" end
  return #block.content == 3 and equation_label(block.content, 1) ~= nil
end

local function starts_lowercase(block)
  local first = block and block.t == "Para" and block.content[1]
  return first and first.t == "Str" and first.text:match("^%l") ~= nil
end

-- TeX sets a display that begins a paragraph too low, and indents the half sentence after it. So a display belongs to
-- the paragraph before it, and one that goes on in lower case after it does too.
local function join_displays(blocks)
  local result = pandoc.List()
  local after_display = false
  for _, block in ipairs(blocks) do
    local last = result[#result]
    local display = is_display(block)
    if last and last.t == "Para" and (display or (after_display and starts_lowercase(block))) then
      last.content:insert(pandoc.SoftBreak())
      last.content:extend(block.content)
    else
      result:insert(block)
    end
    after_display = display
  end
  return result
end

local function caption_label(kind, id)
  local text = pandoc.Str(numbered[id].panel or names[kind][1] .. no_break_space .. numbered[id].number)
  local label = pandoc.List({ pandoc.Strong({ text }) })
  if is_latex then label:insert(tex("\\hspace{0.3em}")) end
  return pandoc.Span(label, pandoc.Attr("", { "caption-label" }))
end

local function label_blocks(blocks, label)
  local first = blocks[1]
  if first and (first.t == "Para" or first.t == "Plain") then
    first.content:insert(1, pandoc.Space())
    first.content:insert(1, label)
  else
    blocks:insert(1, pandoc.Plain({ label }))
  end
  return blocks
end

local function numbered_table(table, id)
  local caption = table.caption
  caption.long = label_blocks(pandoc.List(caption.long), caption_label("tbl", id))
  table.caption = caption
  if is_latex then return { tex_block("\\reportanchor{" .. id .. "}"), table } end
  return pandoc.Div({ table }, pandoc.Attr(id, { "numbered-table" }))
end

local function replace_table(table)
  local id = table_label(table)
  if not id then
    id = table.identifier:match("^tbl:.+")
    if not id then return nil end
    table.identifier = ""
    return numbered_table(table, id)
  end
  local caption = table.caption
  local last = caption.long[#caption.long]
  last.content:remove()
  if #last.content > 0 and last.content[#last.content].t == "Space" then last.content:remove() end
  caption.long[#caption.long] = last
  table.caption = caption
  return numbered_table(table, id)
end

local function replace_table_division(div)
  local id = div.identifier
  if not id:match("^tbl:") or pictures.is_figure(div) then return nil end
  for at, block in ipairs(div.content) do
    if block.t == "Table" then
      local caption = block.caption
      caption.long = label_blocks(pandoc.List(caption.long), caption_label("tbl", id))
      block.caption = caption
      div.content[at] = block
      break
    end
  end
  if not is_latex then return div end
  local blocks = pandoc.List({ tex_block("\\reportanchor{" .. id .. "}") })
  blocks:extend(div.content)
  return blocks
end

local function replace_division(div)
  return replace_table_division(div) or pictures.replace_figure(div) or pictures.replace_columns(div)
end

-- --------------------------------------------------------------------------------------------------- values and claims

-- Text with numbers as the generator prints them: words, and powers of ten as mathematics.
local function set_pieces(pieces)
  local inlines = pandoc.List()
  for _, piece in ipairs(pieces) do
    inlines:insert(piece.formula and pandoc.Math("InlineMath", piece.formula) or pandoc.Str(piece.words))
  end
  return inlines
end

-- What the driver has not seen, it has not judged either. Alone, for tests, the filter leaves such text as it is.
local function not_filled_in(what)
  if is_published then fail(what .. " stands where the report does not see it; write it in a paragraph of its own") end
end

local function replace_value(code)
  if not code.classes:includes("value") then return nil end
  local value = values[code.text .. "\0" .. (code.attributes.format or "")]
  if not value then return not_filled_in("the value `" .. code.text .. "`") end
  value.is_shown = true
  local shown = set_pieces(value.pieces)
  if not is_html then return shown end
  return pandoc.Span(shown, pandoc.Attr("", { "value" }, { title = code.text }))
end

-- What the text claims, in the document's order: a claim's number is its place here.
local listed_claims = pandoc.List()

local function number_claim(span)
  if not span.classes:includes("claim") then return nil end
  local claim = table.remove(claims[span.attributes.that or ""] or {}, 1)
  if not claim then return not_filled_in("the claim '" .. (span.attributes.that or "") .. "'") end
  listed_claims:insert({ claim = claim, text = span.content })
  span.attributes.number = tostring(#listed_claims)
  return span
end

local claim_counter = { traverse = "topdown", Span = number_claim }

-- The figures in the document's order.
local shown_figures = pandoc.List()

-- A caption knows the macros that the text has defined before its figure.
local function remember_macros(blocks)
  local definitions = pandoc.List()
  local function define(raw)
    if raw.format == "tex" and untrusted.is_definitions(raw.text) then definitions:insert(raw.text) end
  end
  pandoc.Div(blocks):walk({
    traverse = "topdown",
    RawBlock = define,
    RawInline = define,
    CodeBlock = function(code)
      local figure = #definitions > 0 and is_directive(code) and figures[code.identifier]
      if figure then figure.macros = table.concat(definitions, "\n") end
    end,
  })
end

local function read_caption(figure)
  if not figure.macros then return pandoc.read(figure.caption, "markdown").blocks end
  local blocks = pandoc.read(figure.macros .. "\n\n" .. figure.caption, "markdown").blocks
  return blocks:filter(function(block) return not (block.t == "RawBlock" and untrusted.is_definitions(block.text)) end)
end

-- Captions are read here, so that their claims are counted where their figures stand.
local function number_claims(blocks)
  return pandoc.Div(blocks):walk({
    traverse = "topdown",
    Span = number_claim,
    CodeBlock = function(code)
      local figure = is_directive(code) and figures[code.identifier]
      if not figure then return nil end
      shown_figures:insert(figure)
      figure.blocks = number_claims(cleaned(read_caption(figure)))
    end,
  }).content
end

-- Every claim and every value that was judged stands in the document.
local function require_all_statements()
  for _, rest in pairs(claims) do
    if rest[1] then fail(rest[1].place .. ": the claim '" .. rest[1].condition .. "' stands where Pandoc does not see it") end
  end
  for _, value in pairs(values) do
    if not value.is_shown then fail("the value `" .. value.expression .. "` stands where Pandoc does not see it") end
  end
end

-- In the text a claim bears a quiet mark that leads to its entry in the list of claims; the page's script opens the
-- entry's facts beside the text.
local function replace_claim(span)
  local number = span.attributes.number
  local entry = number and span.classes:includes("claim") and listed_claims[tonumber(number)]
  if not entry then return nil end
  local verdict = entry.claim.holds and "holds" or "fails"
  if is_html then
    local mark = ('<a class="claim-mark" id="claim-%s-mark" href="#claim-%s" aria-label="Claim %s %s: its condition and numbers">%s</a>')
      :format(number, number, number, verdict, entry.claim.holds and "✓" or "✗")
    local inlines = pandoc.List({ html('<span class="claim ' .. verdict .. '">') })
    inlines:extend(span.content)
    inlines:insert(html(mark .. "</span>"))
    return inlines
  end
  if is_latex then span.content:insert(tex("\\protect\\claimmark{" .. number .. "}")) end
  return span.content
end

local function claim_facts(entry)
  local claim = entry.claim
  local facts = pandoc.List({ pandoc.Code(claim.condition), pandoc.Space(), pandoc.Str(claim.holds and "holds: " or "fails: ") })
  facts:extend(set_pieces(claim.pieces))
  if figures[claim.figure] and numbered[claim.figure] then
    facts:extend({ pandoc.Str(","), pandoc.Space(), pandoc.Cite({}, { pandoc.Citation(claim.figure, "AuthorInText") }) })
  end
  return facts
end

local function without_notes(inlines)
  return pandoc.Span(inlines):walk({ Note = function() return {} end }).content
end

local function html_claim(number, entry)
  local inlines = pandoc.List({ html(('<span id="claim-%d"></span>'):format(number)) })
  inlines:extend(without_notes(entry.text))
  inlines:insert(html((' <a class="claim-back" href="#claim-%d-mark" aria-label="Back to claim %d in the text">↩</a>'
    .. '<span class="claim-facts">'):format(number, number)))
  inlines:extend(claim_facts(entry))
  inlines:insert(html(('<span class="claim-place">%s</span></span>'):format(html_text(entry.claim.place))))
  return { pandoc.Plain(inlines) }
end

local function latex_claim(number, entry)
  local inlines = pandoc.List({ tex(("\\claimentry{%d}"):format(number)) })
  inlines:extend(without_notes(entry.text))
  inlines:insert(tex("\\claimfacts "))
  inlines:extend(claim_facts(entry))
  inlines:extend({ pandoc.Str(","), pandoc.Space(), tex(("\\claimpage{%d}"):format(number)), pandoc.Str(","), pandoc.Space(),
    pandoc.Str((entry.claim.place:gsub("^.*/", ""))) })
  return pandoc.Plain(inlines)
end

-- The list of all claims that the report ends with.
local function claims_appendix()
  local blocks = pandoc.List({
    pandoc.Header(1, "Claims", pandoc.Attr("claims", { "unnumbered" })),
    pandoc.Para(pandoc.read("Every claim of the text with the condition that was checked when this report was built, and the "
      .. "numbers on its two sides. Names in the conditions are of what the figure's experiment exports.", "markdown").blocks[1].content),
  })
  if is_latex then
    blocks:insert(tex_block("\\begin{reportlist}"))
    for number, entry in ipairs(listed_claims) do blocks:insert(latex_claim(number, entry)) end
    blocks:insert(tex_block("\\end{reportlist}"))
  else
    local items = pandoc.List()
    for number, entry in ipairs(listed_claims) do items:insert(html_claim(number, entry)) end
    blocks:insert(pandoc.Div({ pandoc.OrderedList(items) }, pandoc.Attr("", { "claims" })))
  end
  return blocks
end

-- ------------------------------------------------------------------------------------------------------------ figures

local replace  -- the filter of all replacements, for captions too

local function caption_blocks(figure)
  local blocks = pandoc.Div(figure.blocks):walk(replace).content
  return label_blocks(blocks, caption_label("fig", figure.id))
end

local function fact_rows(figure)
  local rows = {}
  for _, fact in ipairs(figure.facts) do
    rows[#rows + 1] = ("<div><dt>%s</dt><dd>%s</dd></div>"):format(html_text(fact[1]), html_text(fact[2]))
  end
  return table.concat(rows, "\n")
end

local function data_links(figure)
  local links = {}
  local function add(href, name)
    if href ~= "" then links[#links + 1] = ('<a href="%s">%s</a>'):format(html_text(href), name) end
  end
  add(figure.csv, "CSV")
  add(figure.json, "JSON")
  add(figure.png, "PNG")
  return table.concat(links, ", ")
end

local function figure_details(figure)
  local links = data_links(figure)
  local parts = { '<div class="more">\n<details class="made">\n<summary>How this figure was made</summary>\n<dl>\n' .. fact_rows(figure) }
  if links ~= "" then parts[#parts + 1] = "<div><dt>files</dt><dd>" .. links .. "</dd></div>" end
  if figure.rerun ~= "" then
    parts[#parts + 1] = "<div><dt>rerun</dt><dd><code>" .. html_text(figure.rerun) .. "</code></dd></div>"
  end
  parts[#parts + 1] = "</dl>\n</details>\n</div>"
  return table.concat(parts, "\n")
end

-- Where a figure stands by its width in millimetres: in the margin (drawn 50 wide), in the text's column (117), or over
-- both (175).
local function place_of(figure)
  if figure.width > 130 then return "full" end
  return figure.width < 60 and "margin" or "column"
end

local function html_figure(figure, code)
  local place = pictures.is_placed(code) and "column" or place_of(figure)
  local head = ('<figure id="%s" class="%s" style="--width: %.4g">\n<div class="graphic"><div class="canvas">\n%s\n</div></div>')
    :format(figure.id, place, figure.width, figure.picture)
  if figure.reading ~= "" then
    head = head .. '\n<script type="application/json" class="reading">' .. figure.reading .. "</script>"
  end
  local blocks = pandoc.List({ html_block(head .. "\n<figcaption>") })
  blocks:extend(caption_blocks(figure))
  blocks:insert(html_block(figure_details(figure) .. "\n</figcaption>\n</figure>"))
  return blocks
end

local function latex_figure(figure, code)
  local width = math.min(figure.width, 175)
  local options = ("alt={%s}"):format(tex_text(figure.alt))
  if pictures.is_placed(code) then
    local picture = ("\\includegraphics[width=\\ifdim%.4gmm>\\linewidth\\linewidth\\else%.4gmm\\fi,%s]{%s}")
      :format(width, width, options, figure.picture)
    return pictures.tex_figure("placedfigure", figure.id, { pandoc.Plain({ tex(picture) }) }, caption_blocks(figure))
  end
  local environment = ({ full = "widefigure", column = "columnfigure", margin = "marginfigure" })[place_of(figure)]
  local picture = ("\\includegraphics[width=%.4gmm,%s]{%s}"):format(width, options, figure.picture)
  local blocks = pandoc.List({ tex_block(("\\begin{%s}{%s}{%s}"):format(environment, figure.id, picture)) })
  blocks:extend(caption_blocks(figure))
  blocks:insert(tex_block("\\end{" .. environment .. "}"))
  return blocks
end

-- For formats without our own markup, with the picture as PNG and what it shows as its description.
local function plain_figure(figure, code)
  local room = tonumber(code.attributes.room) or figure.width
  local attributes = pandoc.Attr("", {}, { { "width", ("%.4gmm"):format(math.min(figure.width, room)) } })
  local picture = pandoc.Plain({ pandoc.Image({ pandoc.Str(figure.alt) }, figure.picture, "", attributes) })
  if is_epub then return pictures.html_figure(figure.id, "picture", { picture }, caption_blocks(figure)) end
  return pictures.word_figure(figure.id, { picture }, caption_blocks(figure))
end

-- For other tools: Pandoc's own figure.
local function figure_of_pandoc(figure)
  local blocks = caption_blocks(figure)
  local width = { "width", ("%.4gmm"):format(math.min(figure.width, 160)) }
  if pandoc.Figure then
    local picture = pandoc.Image({ pandoc.Str(figure.alt) }, figure.png, "", pandoc.Attr("", {}, { width }))
    return pandoc.Figure({ pandoc.Plain({ picture }) }, { long = blocks }, pandoc.Attr(figure.id))
  end
  -- A list of pairs: a table of Lua's would give its attributes in another order each time.
  local attributes = pandoc.Attr("", {}, { { "alt", figure.alt }, width })
  local caption = pandoc.utils.blocks_to_inlines(blocks, { pandoc.LineBreak() })
  return pandoc.Div({ pandoc.Para({ pandoc.Image(caption, figure.png, "fig:", attributes) }) }, pandoc.Attr(figure.id))
end

local function replace_directive(code)
  if not is_directive(code) then return nil end
  local figure = figures[code.identifier]
  if not figure then fail("there is no figure " .. code.identifier) end
  if is_html then return html_figure(figure, code) end
  if is_latex then return latex_figure(figure, code) end
  if is_written then return plain_figure(figure, code) end
  return figure_of_pandoc(figure)
end

-- -------------------------------------------------------------------------------------------------------- mathematics

-- Pandoc turns TeX into MathML and Word's formulas by itself, but for a few commands that it does not know: \Bigl (it
-- has \Big, and \bigl), and the delimiters between two things, which have a relation's space.
local function known_mathematics(text)
  text = text:gsub("\\Bigl%f[%A]", "\\Big")
  for _, size in ipairs({ "big", "Big", "bigg", "Bigg" }) do
    local between = "\\" .. size .. "m%f[%A]%s*"
    text = text:gsub(between .. "(\\%a+)", "\\;\\" .. size .. "%1\\;"):gsub(between .. "(\\?[^%a%s])", "\\;\\" .. size .. "%1\\;")
  end
  -- A sign in braces has no space around it, as in 1{,}000; Pandoc forgets braces that are nobody's argument.
  return (text:gsub("(){([,;:=<>!+*/-])}", function(at, sign)
    local before = text:sub(1, at - 1)
    if before:match("\\%a+%s*$") or before:match("[%^_}%]]%s*$") then return nil end
    return "\\mathord{" .. sign .. "}"
  end))
end

local function replace_math(math)
  if is_latex or not is_written then return nil end
  local text = known_mathematics(math.text)
  return text ~= math.text and pandoc.Math(math.mathtype, text) or nil
end

-- ------------------------------------------------------------------------------------------------------- the document

local function replace_equations_of(block)
  return displays(block) and block:walk({ Inlines = replace_equations }) or nil
end

-- "02.md#results" leads to a section of this document.
local function replace_link(link)
  local id = publication.links[(link.target:gsub("%%(%x%x)", function(code) return string.char(tonumber(code, 16)) end))]
  if not id then return nil end
  link.target = "#" .. id
  return link
end

local numerals = { LowerAlpha = "lower-alpha", UpperAlpha = "upper-alpha", LowerRoman = "lower-roman", UpperRoman = "upper-roman" }

-- HTML has no parentheses around the numbers of lists, which the text may refer to: styles set them by these classes.
local function list_with_parentheses(list)
  local kind = ({ OneParen = "one-paren", TwoParens = "two-parens" })[tostring(list.delimiter)]
  if not kind or not (is_html or is_epub) then return nil end
  return pandoc.Div({ list }, pandoc.Attr("", { kind, numerals[tostring(list.style)] or "decimal" }))
end

-- Bookmarks and tables of contents of readers show letters only.
local function heading_for_readers(heading)
  if not (is_latex or is_epub) then return nil end
  local changed = false
  local content = heading.content:walk({ Math = function(math)
    changed = true
    return formula.for_readers(math, is_latex)
  end })
  if not changed then return nil end
  heading.content = content
  return heading
end

replace = {
  Link = replace_link,
  CodeBlock = replace_directive,
  Cite = replace_citation,
  Para = replace_equations_of,
  Plain = replace_equations_of,
  Span = function(span)
    if is_equation_span(span) then return equation(span.identifier, span.content[1]) end
    return replace_claim(span)
  end,
  Code = replace_value,
  Table = replace_table,
  Image = pictures.replace_image,
  Math = replace_math,
  Header = heading_for_readers,
  OrderedList = list_with_parentheses,
}

pictures.set_up({ publication = publication, fail = fail, caption_label = caption_label, label_blocks = label_blocks, tex_text = tex_text,
  is_html = is_html, is_latex = is_latex, is_written = is_written })

-- What the page shows under each figure, the print shows here: all that it takes to make the figure again.
local function figures_appendix()
  local level = #listed_claims > 0 and 2 or 1  -- below the list of claims where there is one
  local blocks = pandoc.List({ pandoc.Header(level, "How the figures were made", pandoc.Attr("figures", { "unnumbered" })),
    tex_block("\\begin{reportlist}") })
  for _, figure in ipairs(shown_figures) do
    local inlines = pandoc.List({ tex("\\item[] ") })
    inlines:insert(pandoc.Cite({}, { pandoc.Citation(figure.id, "AuthorInText") }))
    inlines:extend({ pandoc.Str(":"), pandoc.Space() })
    inlines:extend(set_pieces(figure.settings))
    inlines:extend({ pandoc.Space(), pandoc.Code(figure.rerun) })
    blocks:insert(pandoc.Plain(inlines))
  end
  blocks:insert(tex_block("\\end{reportlist}"))
  return blocks
end

-- A report that has a date gets the build's, which SOURCE_DATE_EPOCH may have set.
local function set_date(meta)
  if not (meta.date and publication.date) or publication.date == "" then return end
  meta["date-iso"] = publication.date
  local language = meta.lang and pandoc.utils.stringify(meta.lang) or "en"
  meta.date = language:match("^en") and publication.long_date or publication.date
end

-- Citeproc sets the sources after this filter, at the division #refs or at the very end. They belong before what the
-- filter appends, below a heading that waits for them or below one that the metadata gives.
local function place_sources(blocks, fields)
  local waiting, cited = false, fields.nocite ~= nil
  local function look(cite) cited = cited or #cite.citations:filter(function(c) return not is_reference(c) end) > 0 end
  pandoc.Div(blocks):walk({ Div = function(div) waiting = waiting or div.identifier == "refs" end, Cite = look })
  for _, value in pairs(fields) do metadata.walked(value, { Cite = look }) end
  if waiting or not cited or fields["suppress-bibliography"] == true then return end
  local title, last = fields["reference-section-title"], blocks[#blocks]
  if title then
    blocks:insert(pandoc.Header(1, title, pandoc.Attr("bibliography", { "unnumbered" })))
  elseif last and last.t == "Header" and not last.classes:includes("unnumbered") then
    last.classes:insert("unnumbered")
  end
  blocks:insert(pandoc.Div({}, pandoc.Attr("refs")))
end

local function set_metadata(document, fields)
  local meta = is_written and {} or document.meta
  for _, field in ipairs(publication.metadata) do meta[field.key] = fields[field.key] end
  if is_written then
    metadata.prepare(meta, document.blocks, publication.format)
  end
  if publication.bibliography then meta.bibliography = publication.bibliography end
  if meta.bibliography or fields.references then
    meta.csl = theme .. "/report.csl"
    if meta["link-citations"] == nil then meta["link-citations"] = true end
  end
  document.meta = meta
end

function Pandoc(document)
  if not is_written and publication.bibliography then untrusted.clean_citations(document.meta, publication.bibliography) end
  metadata.use_macros(document.blocks, untrusted.is_definitions)
  local fields = metadata.read(publication.metadata, cleaned)
  remember_macros(document.blocks)
  document.blocks = with_inner_headings_unnumbered(with_noted_figures_after(pictures.with_figures(cleaned(document.blocks))))
  if publication.bibliography or fields.references then place_sources(document.blocks, fields) end
  count(document.blocks)
  if is_latex then document.blocks = pandoc.Div(document.blocks):walk({ Blocks = join_displays }).content end
  for _, field in ipairs(publication.metadata) do fields[field.key] = metadata.walked(fields[field.key], claim_counter) end
  document.blocks = number_claims(document.blocks)
  if (is_latex or is_html) and #listed_claims > 0 then document.blocks:extend(claims_appendix()) end
  if is_latex and #shown_figures > 0 then document.blocks:extend(figures_appendix()) end
  if is_written then document.blocks = pictures.placed(document.blocks, publication.text_width or 150, false) end
  local body = pandoc.Div(document.blocks):walk({ Div = replace_division }):walk(replace)
  document.blocks = body.content
  for key, value in pairs(fields) do fields[key] = metadata.walked(value, replace) end
  require_all_statements()
  local quotes = is_written and fields.lang and quotation.filter(fields.lang)
  if quotes then
    document.blocks = pandoc.Div(document.blocks):walk(quotes).content
    for key, value in pairs(fields) do fields[key] = metadata.walked(value, quotes) end
  end
  if is_latex then
    document.blocks = pictures.print_columns(print_form.settable(document.blocks), print_form.small_table)
    for key, value in pairs(fields) do fields[key] = metadata.blockwise(value, print_form.settable) end
  end
  set_metadata(document, fields)
  set_date(document.meta)
  if is_written and (document.meta.bibliography or document.meta.references) then untrusted.clean_references(document.meta) end
  return document
end
