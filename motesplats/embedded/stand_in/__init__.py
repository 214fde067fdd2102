"""A stand-in of the SMS gateway and the mail server: takes what they would take, and shows what would have arrived."""
