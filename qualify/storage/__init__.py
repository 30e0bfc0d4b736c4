"""The database: tables, and narrow reads and writes on them. Never commits: services own the transactions."""

from qualify.storage.database import Database

__all__ = ["Database"]
