"""PDF editions, set by typst: tagged, right to left where the language is, readable when copied."""
