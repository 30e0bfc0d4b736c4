"""Lists that people send: read, recognised, compared and taken in."""
