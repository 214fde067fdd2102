"""The ways out of the house: a text to a telephone by an SMS gateway, or to a mailbox by a mail server."""
