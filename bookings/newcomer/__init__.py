"""The pages behind a newcomer's link: the day, the paper code, who has read."""
