-- HTML has no parentheses around the numbers of lists, which the text may refer to: the styles of page and book set them
-- by these classes.
local M = {}

local numerals = { LowerAlpha = "lower-alpha", UpperAlpha = "upper-alpha", LowerRoman = "lower-roman", UpperRoman = "upper-roman" }

function M.with_parentheses(list)
  local kind = ({ OneParen = "one-paren", TwoParens = "two-parens" })[tostring(list.delimiter)]
  return kind and pandoc.Div({ list }, pandoc.Attr("", { kind, numerals[tostring(list.style)] or "decimal" }))
end

return M
