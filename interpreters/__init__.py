"""The pool of interpreters and their languages."""
