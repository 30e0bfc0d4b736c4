"""One function an intention, one transaction each: what the chat and the command line can do."""

from qualify.services.context import Context, open_context, utc_now

__all__ = ["Context", "open_context", "utc_now"]
