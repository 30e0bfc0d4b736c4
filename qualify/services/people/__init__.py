"""People: found, invited, given roles, their own settings, and what is kept about them."""
