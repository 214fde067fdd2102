"""Expected newcomers against what a site's days can take: a picture of the weeks ahead, and what to do about it."""
