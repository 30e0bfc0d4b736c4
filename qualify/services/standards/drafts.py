"""Drafts of standards in the database: taken in from workbooks, looked at, dropped."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission
from qualify.errors import InvalidInput, NotFound, Stale
from qualify.services.assessments.opening_draft import mark_of
from qualify.services.authorization import Actor, acting, authorize
from qualify.services.context import Context, fingerprint, once_more, reads
from qualify.services.library import parsed, stored
from qualify.services.reading import mark
from qualify.services.standard_settings import in_force
from qualify.standard import Standard
from qualify.storage import adoptions, people
from qualify.storage import standards as storage
from qualify.storage.tables import StandardState, StandardVersion

RECORD = "standard"
"""What the audit log calls them."""


class StandardEntry(NamedTuple):
    """A version in the list: what it is, how far it is, and who sent it or asked for its release ("" for nobody known).
    One that lies in a file has no `id` and no `changed_at`; `mark` changes with the content. `current` is the version
    of the standard in force, `adopted_from` the day to come from which this one is."""

    standard: Standard
    state: StandardState
    id: int = 0
    mark: int = 0
    changed_by: str = ""
    changed_at: datetime | None = None
    asked_by: str = ""
    may_sign: bool = False
    current: int = 0
    adopted_from: date | None = None

    @property
    def is_in_force(self) -> bool:
        """Whether new assessments are made by it today."""
        return self.standard.version == self.current

    @property
    def word(self) -> str:
        """How far it is, and of a released one whether it is in force, or will be from a day to come."""
        if self.state is not StandardState.RELEASED:
            return self.state
        return "in_force" if self.is_in_force else "planned" if self.adopted_from else self.state


class DraftPreview(NamedTuple):
    """What taking a draft in would do: the draft there that it replaces, and the version before it, if there are."""

    standard: Standard
    replaced: Standard | None
    before: Standard | None


@reads
def listing(context: Context, actor: Actor) -> list[StandardEntry]:
    """Every version of every standard, the newest of each first. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.KEEP_STANDARDS)
        rows = storage.all_of(connection)
        names_of = {row.standard for row in rows} | {each.id for each in context.standards.all()}
        planned = {each: _planned(context, connection, each) for each in names_of}
        named = people.by_ids(connection, [each for row in rows for each in (row.changed_by, row.asked_by) if each])
    names = {number: person.name for number, person in named.items()}
    entries = [_entry(row, names, actor) for row in rows]
    known = {(each.standard.id, each.standard.version) for each in entries}
    entries += [
        StandardEntry(each, StandardState.RELEASED)
        for each in context.standards.all()
        if (each.id, each.version) not in known
    ]
    entries = [_placed(each, *planned[each.standard.id]) for each in entries]
    return sorted(entries, key=lambda each: (each.standard.id, -each.standard.version))


def _planned(context: Context, connection: Connection, standard_id: str) -> tuple[int, dict[int, date]]:
    """The version in force (0 for none), and from which days to come others are."""
    today, days = context.today(), dict[int, date]()
    for each in adoptions.of_standard(connection, standard_id):
        days = {version: since for version, since in days.items() if since < each.since}  # the newest decision counts
        if each.since > today:
            days[each.version] = each.since
    try:
        return in_force(context, connection, standard_id).version, days
    except NotFound:  # nothing of it is released yet
        return 0, days


def _placed(entry: StandardEntry, current: int, days: dict[int, date]) -> StandardEntry:
    return entry._replace(current=current, adopted_from=days.get(entry.standard.version))


@reads
def entry(context: Context, actor: Actor, number: int) -> StandardEntry:
    """The version that a button names by its mark (see `reading.mark`). Raises Forbidden, Stale where it is gone."""
    for each in listing(context, actor):
        if mark(each.standard) == number:
            return each
    raise Stale("error-stale")


def _entry(row: StandardVersion, names: dict[int, str], actor: Actor) -> StandardEntry:
    changed_by, asked_by = (names.get(each, "") if each else "" for each in (row.changed_by, row.asked_by))
    may_sign = row.state == StandardState.TO_SIGN and row.asked_by != actor.person_id
    return StandardEntry(
        parsed(row.content),
        StandardState(row.state),
        row.id,
        mark_of(row.content),
        changed_by,
        row.changed_at,
        asked_by,
        may_sign,
    )


@reads
def found(context: Context, actor: Actor, standard_id: str, version: int | None = None) -> Standard:
    """The standard in that version, draft or released; the newest released one by default. Raises Forbidden,
    NotFound."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.KEEP_STANDARDS)
        row = None if version is None else storage.find(connection, standard_id, version)
    return parsed(row.content) if row is not None else context.standards.get(standard_id, version)


@reads
def before(context: Context, actor: Actor, standard: Standard) -> Standard | None:
    """The version before this one, released or else a draft; None for a first one. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.KEEP_STANDARDS)
        rows = storage.all_of(connection)
    return _before(standard, [*(parsed(row.content) for row in rows), *context.standards.all()])


def _before(standard: Standard, known: Iterable[Standard]) -> Standard | None:
    earlier = [each for each in known if each.id == standard.id and each.version < standard.version]
    return max(earlier, key=lambda each: each.version, default=None)


@reads
def try_out(context: Context, actor: Actor, standard: Standard) -> DraftPreview:
    """What `take_in` would do; it raises the same and writes nothing."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.KEEP_STANDARDS)
        row = storage.find(connection, standard.id, standard.version)
        rows = storage.all_of(connection)
    replaced = parsed(row.content) if row is not None else None
    _refuse_released(context, standard, row)
    known = [*(parsed(each.content) for each in rows), *context.standards.all()]
    return DraftPreview(standard, replaced, _before(standard, known))


@once_more
def take_in(context: Context, actor: Actor, standard: Standard) -> int:
    """Keep the standard as a draft, in the place of an earlier one of its version; one that was to be signed is a draft
    again. Returns its id.

    Raises Forbidden, Stale where the actor answers a question that was answered since, and InvalidInput for a version
    that is released or lies in a file.
    """
    with acting(context, actor) as work:
        work.authorize(Permission.KEEP_STANDARDS)
        row = storage.find(work.connection, standard.id, standard.version, lock=True)
        _refuse_released(context, standard, row)
        values = {
            "structure": fingerprint(standard),
            "content": stored(standard),
            "state": StandardState.DRAFT,
            "changed_by": actor.person_id,
            "changed_at": context.now(),
            "asked_by": None,
            "asked_at": None,
        }
        if row is None:
            number = storage.add(work.connection, standard=standard.id, version=standard.version, **values)
        else:
            number = row.id
            storage.change(work.connection, number, **values)
        work.keep("import", RECORD, number, after=told(standard))
    return number


def drop(context: Context, actor: Actor, standard_id: str, version: int) -> None:
    """Delete a draft for good. Raises Forbidden, NotFound, or Stale for one that is released."""
    with acting(context, actor) as work:
        work.authorize(Permission.KEEP_STANDARDS)
        row = draft_row(work.connection, standard_id, version)
        storage.remove(work.connection, row.id)
        work.keep("drop", RECORD, row.id, before=told(parsed(row.content)))


def draft_row(connection: Connection, standard_id: str, version: int) -> StandardVersion:
    """The row of a version that isn't released, kept from other writers. Raises NotFound where there is none, Stale
    where it is released."""
    row = storage.find(connection, standard_id, version, lock=True)
    if row is None:
        raise NotFound("error-draft-unknown", id=standard_id, version=str(version))
    if row.state == StandardState.RELEASED:
        raise Stale("error-draft-released", id=standard_id, version=str(version))
    return row


def told(standard: Standard) -> dict[str, object]:
    """What the audit log keeps of a version."""
    return {"standard": standard.id, "version": standard.version, "hash": fingerprint(standard)}


def refuse_filed(context: Context, standard: Standard) -> None:
    """A version that lies in a file stays what it is there. Raises InvalidInput."""
    filed = context.standards.in_files.get((standard.id, standard.version))
    if filed is not None:
        _refuse(context, standard, filed)


def _refuse_released(context: Context, standard: Standard, row: StandardVersion | None) -> None:
    """A version that is in use stays what it is."""
    if row is not None and row.state == StandardState.RELEASED:
        _refuse(context, standard, parsed(row.content))
    refuse_filed(context, standard)


def _refuse(context: Context, standard: Standard, used: Standard) -> None:
    versions = [each.version for each in context.standards.all() if each.id == standard.id]
    values = {"id": standard.id, "version": str(standard.version), "next": str(max([*versions, used.version]) + 1)}
    raise InvalidInput("error-draft-same" if used == standard else "error-draft-version-taken", **values)
