"""One function an intention, one transaction each: what the chat and the command line can do."""

from qualify.services.context import Context, only_reads, open_context, reads, utc_now

__all__ = ["Context", "only_reads", "open_context", "reads", "utc_now"]
