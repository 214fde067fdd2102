"""The pool: the interpreters whom the sites share, the languages they master and the hours they work."""
