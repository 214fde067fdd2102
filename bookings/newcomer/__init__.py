"""The newcomer's pages behind the link: the day, the paper code, who has read."""
