"""Python's garbage collector, kept out of the way: it would look at everything a process has loaded again and again."""

import gc

MANY = 100_000
"""New objects that call for a collection: a press leaves no cycles worth one, and a workbook's rows are let go of as
they are written."""


def spare_what_is_loaded() -> None:
    """Let all that was loaded so far stay for good, and look at what comes after only once there is much of it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(MANY)
