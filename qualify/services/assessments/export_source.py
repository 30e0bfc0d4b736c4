"""The export of everything that an administrator may see: asked for, and read some assessments at a time."""

from collections.abc import Iterator

from sqlalchemy import Connection

from qualify.access import Permission
from qualify.services.assessments.overview import Overview, read
from qualify.services.authorization import Actor, acting, viewer_of
from qualify.services.context import Context
from qualify.storage import assessments

AT_A_TIME = 100
"""How many assessments are read together: with all answers of their reviews, some tens of thousands of rows."""


def begin(context: Context, actor: Actor) -> None:
    """Keep in the audit log that somebody asks for the export. Raises Forbidden."""
    with acting(context, actor) as work:
        work.authorize(Permission.EXPORT)
        work.keep("export", "company")


def overviews(context: Context, connection: Connection, reader: Actor, *, entries: bool = False) -> Iterator[Overview]:
    """Every assessment by number, as the reader sees it, whose permission `begin` has checked; with `entries` also what
    was given."""
    viewer = viewer_of(connection, reader)
    for part in assessments.in_parts(connection, AT_A_TIME):
        yield from read(context, connection, viewer, part, entries=entries, compared=False).values()
