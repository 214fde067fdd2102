"""The outbox: what must go out once after a verb is written in its transaction, and a sweep sends it."""
