"""Messages that are owed: the queue of them, the day's digests, and what each tells of."""
