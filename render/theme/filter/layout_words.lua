-- Words of the theme that belong to the layout.
return {
  list_of_figures = "List of figures",
  list_of_tables = "List of tables",
  appendix = "Appendix",
  appendices = "Appendices",
  draft = "Draft",
}
