"""The demo: invented people, staff and days; everything is written through the verbs."""
