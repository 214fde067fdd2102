"""The one search field of the staff's pages, and the lists that it leads to."""
