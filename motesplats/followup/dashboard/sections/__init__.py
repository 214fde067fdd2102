"""The sections of the page of figures: each a table, most with a picture; each can be had as a file by itself."""
