"""Words, captions and charts of a result, made from plain data. Nothing here reads the database or decides anything."""
