"""The secretariat's view of all text blocks: what is missing, how the letter looks, files for translators."""
