"""The rules of checklists: outcomes, kinds of referrals, and how long a consent holds."""
