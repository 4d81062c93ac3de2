-- All that a text goes through before anything is made of it.
local html_pictures = require("filter.html_pictures")
local quotation = require("filter.quotation")
local raw_html = require("filter.raw_html")
local untrusted = require("filter.untrusted")

local M = {}

-- What a format does to blocks and, in the end, to the sources in the metadata; `keeps` as for untrusted.cleaner.
function M.keeping(keeps)
  local clean = untrusted.cleaner(keeps)
  return {
    blocks = function(blocks)
      blocks = html_pictures.read(quotation.with_apostrophes(blocks))
      return clean.blocks(keeps.html and blocks or raw_html.with_tables(blocks))
    end,
    sources = function(meta)
      if meta.bibliography or meta.references then untrusted.clean_references(meta, clean) end
    end,
  }
end

return M
