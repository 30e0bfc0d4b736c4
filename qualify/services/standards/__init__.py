"""Standards on their way: drafts from workbooks, tried, told apart from the version before, released."""
