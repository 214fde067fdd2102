"""The demo data: invented staff, interpreters, rosters and booked families, written through the apps' verbs."""
