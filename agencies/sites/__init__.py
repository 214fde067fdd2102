"""Sites and what is in them."""
