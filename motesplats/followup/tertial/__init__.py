"""The report of each site three times a year: figures filled in, texts by its managers, for the secretariat."""
