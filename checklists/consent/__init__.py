"""Ask each adult for consent, record the answer, open or close what it opens."""
