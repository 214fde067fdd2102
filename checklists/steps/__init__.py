"""The steps of a checklist: ticking, hiding, the note, referrals, and the templates the steps come from."""
