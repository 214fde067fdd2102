"""A day's interpreters and their orders beside the meetings: who is met with whom, and who pays which part."""
