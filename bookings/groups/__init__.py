"""A day's group information: opened and cancelled, with the parties that are met together; the four conditions."""
