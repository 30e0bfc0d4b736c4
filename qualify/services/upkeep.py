"""What a day or a list brings along for many assessments, done a part at a time, each in a transaction of its own:
whoever presses a button gets in between, and a process that dies leaves the rest to the next."""

from contextlib import suppress

from qualify.errors import Busy
from qualify.services.assessments.adopting import convert_due
from qualify.services.assessments.corrections import catch_up
from qualify.services.assessments.lifecycle import expire
from qualify.services.context import Context


def do_part(context: Context) -> bool:
    """Score again what a list has changed, end results that are no longer valid, or let running assessments go over to
    a version whose day has come: the first of these that has something to do does a part of it. Returns whether there
    may be more."""
    return any(part(context) for part in (catch_up, expire, convert_due))  # a list came before the day did


def finish(context: Context) -> None:
    """Do all of it, for who waits for it on the command line; what a busy database doesn't let be done is left to the
    bot, for what brought it along is done."""
    with suppress(Busy):
        while do_part(context):
            pass
