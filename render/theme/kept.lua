-- A Pandoc that stays: it is asked for one text after the other, in the form of system/conversation.hpp, and answers
-- with what `pandoc --to=html5 --mathml --number-sections --wrap=preserve` would print of each with the report's filter.
-- Starting Pandoc, and touching its program for the first time, takes longer than reading a section.
local folder = PANDOC_SCRIPT_FILE:match("^(.*)/[^/]*$")
local options = pandoc.WriterOptions({ html_math_method = "mathml", number_sections = true, wrap_text = "wrap-preserve" })

-- The filter keeps what it counts in its modules, and begins anew with each text.
local function filtered(document)
  for name in pairs(package.loaded) do
    if name:match("^filter%.") or name:match("^writers%.") then package.loaded[name] = nil end
  end
  dofile(folder .. "/report.lua")
  return Pandoc(document)
end

local function written(document) return pandoc.write(document, "html5", options) end

-- What most texts hold, so that the first of them finds the program in memory.
written(pandoc.read([[
# A [heading]{.x} {#warm}

A *sentence*[^1] with "quotes", `code`, $x_1^2 = \frac{1}{2}$, [a link](#warm) and @source.

$$\sum_{i=1}^n \lambda_i$$

- an item

| a | b |
|---|--:|
| 1 | 2 |

::: {.division}
```yaml
a: 1
```
:::

[^1]: A note.
]], "markdown"))

for line in io.lines() do
  local key, size = line:match("^(%x+) (%d+)$")
  local html = written(filtered(pandoc.read(io.read(tonumber(size)), "markdown")))
  io.write("\n", key, " ", #html, "\n", html)
  io.flush()
end
os.exit(0, true)
