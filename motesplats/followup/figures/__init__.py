"""Published figures read for a period, a site and a part, for pages, files and the API alike."""
