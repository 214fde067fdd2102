"""A newcomer's link: its token and its paper code."""
