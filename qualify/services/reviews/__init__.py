"""One assessor's review: what its screen shows, and what is given in it press by press."""
