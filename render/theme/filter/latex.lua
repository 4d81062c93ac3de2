-- LaTeX in chapters: what of it is allowed, and what the formats make of it that LaTeX does not make. allowed-latex.txt says both.
local theme_folder = require("filter.theme")

local M = {}

-- name -> { kind, arguments, sign }; environments by their names in braces.
local names

local function read_table()
  names = {}
  local kind
  for line in io.lines(theme_folder .. "/allowed-latex.txt") do
    kind = line:match("^%[([%a-]+)%]$") or kind
    if not line:match("^[#[]") then
      for word in line:gmatch("%S+") do
        local name, mark, rest = word:match("^([^:=]+)([:=]?)(.*)$")
        names[name] = { kind = kind, arguments = mark == ":" and rest or "", sign = mark == "=" and rest or nil }
      end
    end
  end
end

local function entry(name)
  if not names then read_table() end
  return names[name]
end

local function is_formula_environment(name)
  local known = entry("{" .. name .. "}")
  return known and known.kind == "formula"
end

-- ------------------------------------------------------------------------------------------------------- what is allowed

-- What a text of LaTeX holds that is not on the list; nothing when all is.
function M.foreign(text)
  if text:find("^^", 1, true) then return "^^" end
  for at, name in text:gmatch("()\\(%a+)") do
    local before = text:sub(1, at - 1):match("\\*$")
    if #before % 2 == 0 then
      if not entry(name) then return "\\" .. name end
      if name == "begin" or name == "end" then
        local environment = text:match("^\\%a+%s*{([%a*]+)}", at)
        if not environment then return "\\" .. name end
        if not entry("{" .. environment .. "}") then return "\\" .. name .. "{" .. environment .. "}" end
      end
    end
  end
end

-- --------------------------------------------------------------------------------------------------------- definitions

-- What follows a macro's definition at `at`; nothing when none stands there.
local function after_definition(text, at)
  local next = text:match("^%s*\\newcommand%*?%s*()", at) or text:match("^%s*\\renewcommand%*?%s*()", at)
    or text:match("^%s*\\providecommand%*?%s*()", at) or text:match("^%s*\\DeclareMathOperator%*?%s*()", at)
  if next then
    next = text:match("^%b{}()", next) or text:match("^\\%a+()", next)
    for _ = 1, 2 do next = next and (text:match("^%s*%b[]()", next) or next) end
    return next and text:match("^%s*%b{}()", next)
  end
  next = text:match("^%s*\\newenvironment%*?%s*%b{}()", at) or text:match("^%s*\\renewenvironment%*?%s*%b{}()", at)
  if next then
    for _ = 1, 2 do next = text:match("^%s*%b[]()", next) or next end
    return text:match("^%s*%b{}%s*%b{}()", next)
  end
  return text:match("^%s*\\def%s*\\%a+[^{}\\]*%b{}()", at) or text:match("^%s*\\let%s*\\%a+%s*=?%s*\\%a+()", at)
end

-- Pandoc has put macros in place where they are used, so their definitions need not reach LaTeX.
function M.is_definitions(text)
  local at = after_definition(text, 1)
  while at and text:match("%S", at) do at = after_definition(text, at) end
  return at ~= nil
end

-- -------------------------------------------------------------------------------------------------------------- pieces

-- Where the formula ends that begins at `at`; nothing when none does.
local function after_formula(text, at)
  local dollars = text:match("^%$%$?", at)
  if dollars then
    local next = at + #dollars
    while true do
      local stop = text:find("[\\$]", next)
      if not stop then return nil end
      if text:sub(stop, stop + #dollars - 1) == dollars then return stop + #dollars end
      next = stop + (text:sub(stop, stop) == "\\" and 2 or 1)
    end
  end
  for open, close in pairs({ ["\\("] = "\\)", ["\\["] = "\\]" }) do
    if text:sub(at, at + 1) == open then return select(2, text:find(close, at + 2, true)) end
  end
  local environment = text:match("^\\begin%s*{([%a*]+)}", at)
  if environment and is_formula_environment(environment) then
    local _, stop = text:find("\\end%s*{" .. environment:gsub("%*", "%%*") .. "}", at)
    return stop and stop + 1
  end
end

local argument_forms = { o = "^%s*%b[]()", p = "^%s*%b()()", m = "^%s*%b{}()", w = "^%s*%b{}()" }

-- Where the arguments at `at` end, and the words among them.
local function after_arguments(text, at, arguments)
  local words = ""
  at = text:match("^%*()", at) or at
  for form in arguments:gmatch(".") do
    local stop = text:match(argument_forms[form], at)
    if form == "w" and stop then words = words .. text:sub(at, stop - 1):gsub("^%s+", "") end
    at = stop or at
  end
  return at, words
end

-- "\quad word": TeX skips the blank, with which a name ends.
local function after_blank(text, at) return text:match("^[ \t]*\n?[ \t]*()", at) or at end

local breaks = { space = "\\ ", ["break"] = "\\\\{}" }

-- What Pandoc's reader gets for a command or the frame of an environment, and where that ends; nothing when it can
-- read it as it is.
local function replaced(text, at, name, next)
  local known = entry(name)
  if (name == "begin" or name == "end") then
    local environment, behind = text:match("^%s*({[%a*]+})()", next)
    known = environment and entry(environment)
    if not known or known.kind ~= "box" then return nil end
    return "", name == "begin" and after_arguments(text, behind, known.arguments) or behind
  end
  if not known then return nil end
  if known.kind == "sign" then
    local braces = text:match("^{}()", next)
    return "{" .. known.sign .. "}", braces or after_blank(text, next)
  end
  if breaks[known.kind] or known.kind == "nothing" or known.kind == "print-style" or (known.kind == "part" and known.arguments ~= "") then
    local stop = after_arguments(text, next, known.arguments)
    return breaks[known.kind] or "", stop == next and after_blank(text, next) or stop
  end
  if known.kind == "box" then
    local stop, words = after_arguments(text, next, known.arguments)
    return words, stop
  end
end

-- The same text for Pandoc's reader: what it does not know is put into words that it does.
local function readable(text)
  local parts, at = {}, 1
  while at <= #text do
    local stop = text:find("[\\$%%]", at)
    if not stop then break end
    parts[#parts + 1] = text:sub(at, stop - 1)
    local formula = after_formula(text, stop)
    local name, next = text:match("^\\(%a+)()", stop)
    if formula then
      parts[#parts + 1] = text:sub(stop, formula - 1)
      at = formula
    elseif text:sub(stop, stop) == "%" then
      at = text:match("^[^\n]*\n?()", stop)
    elseif name then
      local instead, behind = replaced(text, stop, name, next)
      parts[#parts + 1] = instead or text:sub(stop, next - 1)
      if instead and name ~= "begin" and name ~= "end" and names[name].kind == "box" then
        parts[#parts] = "{" .. readable(instead:sub(2, -2)) .. "}"
      end
      at = behind or next
    else
      parts[#parts + 1] = text:sub(stop, stop + 1)
      at = stop + 2
    end
  end
  parts[#parts + 1] = text:sub(at)
  return table.concat(parts)
end

-- ------------------------------------------------------------------------------------------------------------- formulas

local inner_environments = {
  align = "aligned", flalign = "aligned", alignat = "alignedat", gather = "gathered", multline = "gathered", eqnarray = "array",
}
local without_frame = { equation = true, displaymath = true, subequations = true, math = true }

-- Environments that display their formula by themselves, made such as stand within a displayed one.
function M.inner_formula(text)
  if not text:find("\\begin", 1, true) then return text end
  local inner = text:gsub("\\(%a+)%s*{(%a+)%*?}", function(command, environment)
    if command ~= "begin" and command ~= "end" then return nil end
    if without_frame[environment] then return "" end
    local name = inner_environments[environment]
    if not name then return nil end
    return ("\\%s{%s}%s"):format(command, name, name == "array" and command == "begin" and "{rcl}" or "")
  end)
  if inner == text then return text end
  return (inner:gsub("\\nonumber%f[%A]", ""):gsub("\\notag%f[%A]", ""):gsub("^%s+", ""):gsub("%s+$", ""))
end

-- The display's label, and the text without it.
local function without_label(text)
  local id
  text = text:gsub("%s*\\label%s*{([^{}]*)}", function(label)
    id = id or label
    return ""
  end)
  return text, id
end

-- A displayed formula, and its label as the filter knows it.
function M.display(text)
  local id
  text, id = without_label(text)
  local inlines = pandoc.List({ pandoc.Math("DisplayMath", M.inner_formula(text)) })
  if id then inlines:extend({ pandoc.Space(), pandoc.Str("{#" .. id .. "}") }) end
  return inlines
end

-- The formula that a piece of raw LaTeX is; nothing when it is none.
local function formula_of(text)
  text = text:gsub("^%s+", ""):gsub("%s+$", "")
  local environment = text:match("^\\begin%s*{([%a*]+)}")
  if not environment or not is_formula_environment(environment) or after_formula(text, 1) ~= #text + 1 then return nil end
  if environment == "math" then return pandoc.List({ pandoc.Math("InlineMath", M.inner_formula(text)) }) end
  return M.display(text)
end

-- ------------------------------------------------------------------------------------------------------------- reading

local function reference_of(text)
  local command, id = text:match("^%s*\\(%a+)%s*{([^{}]*)}%s*$")
  if command ~= "ref" and command ~= "eqref" then return nil end
  local cite = pandoc.Cite({}, { pandoc.Citation(id, "SuppressAuthor") })
  if command == "ref" then return pandoc.List({ cite }) end
  return pandoc.List({ pandoc.Str("("), cite, pandoc.Str(")") })
end

-- What all formats make the same of: formulas that stand by themselves, and references.
function M.shared(text) return formula_of(text) or reference_of(text) end

local function remains_raw(blocks)
  local found
  pandoc.Div(blocks):walk({
    RawInline = function(raw) found = found or raw.text end,
    RawBlock = function(raw) found = found or raw.text end,
  })
  return found
end

local function is_empty(block)
  if block.t ~= "Para" and block.t ~= "Plain" then return false end
  for _, inline in ipairs(block.content) do
    if inline.t ~= "Space" and inline.t ~= "SoftBreak" and inline.t ~= "LineBreak" then return false end
  end
  return true
end

-- A piece of LaTeX as Pandoc's reader reads it. Also gives what it could not read, of which the other formats would
-- show nothing.
function M.blocks(text)
  local ok, document = pcall(pandoc.read, readable(text), "latex+raw_tex")
  if not ok then return nil, text end
  local function formula(raw) return M.shared(raw.text) end
  local blocks = pandoc.Div(document.blocks):walk({
    RawInline = formula,
    RawBlock = function(raw)
      local inlines = M.shared(raw.text)
      return inlines and pandoc.Para(inlines)
    end,
    Math = function(math)
      if math.mathtype == "DisplayMath" then return M.display(math.text) end
    end,
  }).content
  return blocks:filter(function(block) return not is_empty(block) end), remains_raw(blocks)
end

-- The same for a piece within a paragraph.
function M.inlines(text)
  -- A blank or a new line alone makes no paragraph.
  local blocks, raw = M.blocks("x" .. text)
  if raw then return nil, raw end
  local inlines = pandoc.utils.blocks_to_inlines(blocks)
  local first = inlines[1]
  if first.text == "x" then inlines:remove(1) else first.text = first.text:sub(2) end
  return inlines
end

return M
