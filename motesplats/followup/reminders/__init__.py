"""Whoever keeps a site's reports is told of those that are missing, due soon or overdue: as a task, and by e-mail."""
