"""The checklist's steps: tick, refer, revise the template, show the sheet."""
