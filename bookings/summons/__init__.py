"""The joint letter: composed, laid out, printed, kept per version."""
