"""Web editions: one page a language, readable without a script, a network or a server."""
