"""The checklist's pages: for each agency its own part, for the party all of it."""
