-- The writer of the document's format: all that differs from format to format. Every writer has all of this, and a test
-- says which lacks something. Functions take and give Pandoc's elements. Where one is given a single element and gives
-- nothing back, the element stays as it is.
--
-- The whole text
--   clean(blocks)               leaves what the format may carry of text that others wrote
--   prepared(blocks)            before anything is numbered
--   placed(blocks, room)        figures and pictures fit where they stand; room is the text's width in millimetres
--   finished(blocks, fields)    once all is in place; the metadata's fields are changed, too
--   quotation_marks(language)   filters that put a language's marks in place; nothing where Pandoc's own stay
--   metadata(fields, blocks, pandocs)   what the document is given beside its text, of our fields and Pandoc's
--   sources(meta)               what citeproc is given
--
-- What bears a number, or refers to it
--   link(id, kind, inlines)     kind: "fig", "tbl", "eq", "sec" or "chapter"
--   appendix_heading(heading, number, is_first)   blocks: one that bears this letter, the first of them or a later one
--   contents_lists(lists, blocks, fields)   puts lists of figures and tables, each { id, title, lines } of { id, inlines },
--                               where the format has them; gives the text
--   caption_label(name)         inlines: the name with which a caption begins, "Figure 2.1"
--   equation(id, number, math)
--   numbered_table(table, id)   a table with its caption's label
--   table_division(division)    one that holds such a table, and bears the ID
--
-- Values and claims
--   value(inlines, expression)
--   claim(number, holds, inlines)
--   claims_list(entries, described)   all claims, { claim, text } each; described(entry) gives words and facts
--   figures_list(figures)       how the computed figures were made
-- Both lists are nothing where the format has none.
--
-- Figures
--   computed_figure(figure, caption, directive)
--   picture_figure(division, content, caption)   one that is made of pictures
--   sets_all_captions           whether pictures that have captions, but no ID, are figures of ours and not Pandoc's
--   unmark(image)               takes Pandoc's mark from a picture without a caption
--   picture(image)
--
-- Other elements
--   math(math), heading(heading), ordered_list(list)
local publication = require("filter.publication")

local names = { html = "page", latex = "print", epub = "book", docx = "word" }

return require("writers." .. (names[publication.format:match("^%a+")] or "document"))
