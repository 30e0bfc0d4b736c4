"""What an organisation sets beside a released standard: kept with a number and a first day, never changed.

An assessment is opened with the settings in force on that day and stays with them, whatever is set later.
"""

import json
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission
from qualify.errors import InvalidInput, NotFound
from qualify.services.authorization import Actor, acting, authorize
from qualify.services.context import Context, fingerprint, once_more, reads
from qualify.standard import Standard, overlaid, read_settings
from qualify.storage import adoptions
from qualify.storage import standard_settings as stored
from qualify.storage.tables import StoredSettings


class SettingsView(NamedTuple):
    """Settings beside a standard: as `released`, and with them laid over it (`made`); `given` is what their file says.
    `who` set them ("" = the command line, by the account `operator`); `holds` says that they are in force today."""

    released: Standard
    made: Standard
    given: dict[str, object]
    who: str
    operator: str
    at: datetime
    holds: bool

    @property
    def number(self) -> int:
        """Which of the version's settings they are, from 1."""
        assert self.made.settings is not None
        return self.made.settings.number

    @property
    def valid_from(self) -> date:
        """The first day that they hold."""
        assert self.made.settings is not None
        return self.made.settings.valid_from


def in_force(context: Context, connection: Connection, standard_id: str, day: date | None = None) -> Standard:
    """The version of the standard that new assessments are made by on the day, today by default: the one adopted for
    it, else the latest in a file; with the settings in force. Raises NotFound for an unknown standard."""
    day = day or context.today()
    version = adoptions.version_on(connection, standard_id, day)
    standard = context.standards.usual(standard_id) if version is None else context.standards.get(standard_id, version)
    return with_settings(context, connection, standard, day)


def with_settings(context: Context, connection: Connection, standard: Standard, day: date) -> Standard:
    """A version as it was released, with its settings in force on the day laid over it."""
    found = stored.in_force(connection, standard.id, standard.version, day)
    return standard if found is None else context.adjusted(found)


@once_more
def keep(
    context: Context, actor: Actor, standard_id: str, text: str, file: str, *, version: int | None = None
) -> SettingsView:
    """Set what the text of a file says beside a version of a standard, the latest by default.

    Raises Forbidden, NotFound for an unknown standard or version, InvalidStandard with every problem of the file, or
    InvalidInput for a first day that has passed: what was opened since then was opened without them.
    """
    with acting(context, actor) as work:
        work.authorize(Permission.KEEP_STANDARDS)
        standard = context.standards.get(standard_id, version)
        settings = read_settings(text, file, standard)
        if settings.valid_from < context.today():
            day, today = settings.valid_from.isoformat(), context.today().isoformat()
            raise InvalidInput("error-settings-past", given=day, today=today)
        number = stored.next_number(work.connection, standard.id, standard.version)
        row = StoredSettings(
            standard=standard.id,
            version=standard.version,
            number=number,
            valid_from=settings.valid_from,
            content=settings.model_dump_json(by_alias=True, exclude_unset=True),
            structure=fingerprint(overlaid(standard, settings, number)),
            person_id=actor.person_id,
            operator=actor.operator,
            at=context.now(),
        )
        stored.add(work.connection, row)
        after = {"standard": standard.id, "version": standard.version, "settings": number}
        work.keep("set", "standard", after={**after, "valid_from": settings.valid_from.isoformat()})
        return _of_version(context, work.connection, standard)[-1]


@reads
def listed(context: Context, actor: Actor, standard_id: str, version: int | None = None) -> list[SettingsView]:
    """All settings of a version of a standard, the latest by default, the oldest first. Raises Forbidden, or NotFound
    for an unknown standard or version."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.KEEP_STANDARDS)
        return _of_version(context, connection, context.standards.get(standard_id, version))


@reads
def overview(context: Context, actor: Actor) -> list[tuple[Standard, list[SettingsView]]]:
    """The latest version of each standard as it was released, with its settings that hold today or are to come, the
    oldest first. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.KEEP_STANDARDS)
        latest = {standard.id: standard for standard in context.standards.all()}
        found = {key: _of_version(context, connection, standard) for key, standard in latest.items()}
    today = context.today()
    return [
        (standard, [each for each in found[key] if each.holds or each.valid_from > today])
        for key, standard in latest.items()
    ]


def adjusted(context: Context, connection: Connection) -> list[Standard]:
    """Every version of every standard with each of its settings, as far as it is still there."""
    known = {standard.id for standard in context.standards.all()}
    made = (_made(context, row) for row, _ in stored.of_standards(connection, known))
    return [standard for standard in made if standard is not None]


def _of_version(context: Context, connection: Connection, standard: Standard) -> list[SettingsView]:
    holding = stored.in_force(connection, standard.id, standard.version, context.today())
    found = []
    for row, who in stored.of_standards(connection, [standard.id]):
        made = _made(context, row) if row.version == standard.version else None
        if made is not None:
            holds = holding is not None and holding.number == row.number
            found.append(SettingsView(standard, made, json.loads(row.content), who, row.operator, row.at, holds))
    return found


def _made(context: Context, row: StoredSettings) -> Standard | None:
    try:
        return context.adjusted(row)
    except NotFound:
        return None
