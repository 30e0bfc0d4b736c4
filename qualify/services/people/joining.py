"""People: who they are, how they join, what they set."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection

from qualify.access import Action, Role
from qualify.errors import InvalidInput, NotFound
from qualify.reminders import known_zone
from qualify.services.authorization import Actor, Deed, Line, acting, authorize
from qualify.services.context import Context, once_more, reads
from qualify.services.imports.tables import Cells, Column, Row, TableFile, read_table
from qualify.storage import people
from qualify.storage.people import Who
from qualify.storage.personal import ERASED
from qualify.storage.tables import Person
from qualify.texts import LANGUAGES, nearest_language
from qualify.themes import THEMES

INVITE_VALID = timedelta(days=14)
HOURS = 24

ROLE_WORDS = {
    **{role.value: role for role in Role},
    "员工": Role.EMPLOYEE,
    "评审员": Role.ASSESSOR,
    "管理员": Role.ADMIN,
}
COLUMNS = (
    Column("staff_no", "工号", required=True),
    Column("name", "姓名", required=True),
    Column("department", "部门"),
    Column("position", "岗位"),
    Column("level", "级别"),
    Column("manager", "上级"),
    Column("roles", "角色"),
)


@once_more
def meet(context: Context, telegram_id: int, language_code: str | None) -> Who:
    """The account that writes; a new one gets the language its Telegram speaks. Who writes has unblocked the bot.

    Who is known and hasn't blocked it needs no more than `find`, which waits for nobody who writes.
    """
    with context.database.transaction() as connection:
        known = people.who(connection, telegram_id)
        if known is None:
            people.add_account(connection, telegram_id, nearest_language(language_code))
            known = people.who(connection, telegram_id)
            assert known is not None
        if known.blocked:
            people.set_blocked(connection, telegram_id, None)
        return known._replace(blocked=False)


@reads
def find(context: Context, telegram_id: int) -> Who | None:
    """The account, if it ever wrote."""
    with context.database.reading() as connection:
        return people.who(connection, telegram_id)


@once_more
def accept(context: Context, telegram_id: int, token: str) -> Who:
    """Tie the account to the invited person. Raises InvalidInput when the invitation is used, expired or unknown,
    when the account or the person is taken already, or the person was deactivated; nothing is used up then."""
    with context.database.transaction() as connection:
        account = people.who(connection, telegram_id)
        if account is None:
            raise NotFound("error-account-unknown")
        if account.person_id is not None:
            raise InvalidInput("error-already-joined", name=account.name)
        person_id = people.use_invite(connection, _hash(token), context.now())
        if person_id is None or people.accounts_of(connection, [person_id]):
            raise InvalidInput("error-invite-unusable")
        is_free = people.join(connection, telegram_id, person_id)
        joined = people.who(connection, telegram_id)
        if not is_free or joined is None or not joined.active:
            raise InvalidInput("error-invite-unusable")
        return joined


def invite(context: Context, actor: Actor, staff_no: str) -> str:
    """A single-use token for the deep link, valid for 14 days; only its hash is stored. Earlier ones of the person end.

    Raises Forbidden, NotFound for an unknown or deactivated person, InvalidInput for one who has joined already.
    """
    token = secrets.token_urlsafe(16)
    with acting(context, actor) as deed:
        deed.authorize(Action.CHANGE_PEOPLE)
        person = people.by_staff_no(deed.connection, staff_no)
        if person is None or not person.active:
            raise NotFound("error-person-unknown", staff_no=staff_no)
        if people.accounts_of(deed.connection, [person.id]):
            raise InvalidInput("error-person-joined", name=person.name)
        _store(deed, [(person, token)])
        deed.keep("invite", "person", person.id)
    return token


def invite_everybody(context: Context, actor: Actor, department: str = "") -> list[tuple[Person, str]]:
    """A token as `invite` makes it for each active person who hasn't joined, in the department if one is given.

    Raises Forbidden, or InvalidInput where there is nobody to invite.
    """
    with acting(context, actor) as deed:
        deed.authorize(Action.CHANGE_PEOPLE)
        invited = [(person, secrets.token_urlsafe(16)) for person in people.away(deed.connection, department)]
        if not invited:
            raise InvalidInput(
                "error-invite-nobody-there" if department else "error-invite-nobody", department=department
            )
        _store(deed, invited)
        deed.keep("invite", "person", after={"staff_no": [person.staff_no for person, _ in invited]})
    return invited


def _store(deed: Deed, invited: Sequence[tuple[Person, str]]) -> None:
    """One live invitation a person: what was made before is worth nothing now, whoever has it."""
    now = deed.context.now()
    people.end_invites(deed.connection, [person.id for person, _ in invited], now)
    for person, token in invited:
        people.add_invite(deed.connection, _hash(token), person.id, now + INVITE_VALID)


def invitation_link(username: str, token: str) -> str:
    """What opens the bot of this username and hands it the token."""
    return f"https://t.me/{username}?start={token}"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def set_language(context: Context, telegram_id: int, language: str) -> None:
    """Remember the language. Raises InvalidInput for one the project doesn't speak."""
    if language not in LANGUAGES:
        raise InvalidInput("error-choice", given=language)
    with context.database.transaction() as connection:
        people.change_account(connection, telegram_id, language=language)


def set_theme(context: Context, telegram_id: int, theme: str) -> None:
    """Remember whether charts are light or dark."""
    if theme not in THEMES:
        raise InvalidInput("error-choice", given=theme)
    with context.database.transaction() as connection:
        people.change_account(connection, telegram_id, theme=theme)


def set_quiet_hours(context: Context, telegram_id: int, start: int, end: int) -> None:
    """Remember when not to disturb: whole hours of the day, equal ones mean never."""
    if not (0 <= start < HOURS and 0 <= end < HOURS):
        raise InvalidInput("error-choice", given=f"{start}–{end}")
    with context.database.transaction() as connection:
        people.change_account(connection, telegram_id, quiet_from=start, quiet_until=end)


def set_weekends(context: Context, telegram_id: int, *, weekends: bool) -> None:
    """Remember whether reminders may come on weekends."""
    with context.database.transaction() as connection:
        people.change_account(connection, telegram_id, weekends=weekends)


def set_timezone(context: Context, telegram_id: int, timezone: str | None) -> None:
    """Remember where the person lives, by the zone's IANA name; None: where the company is.

    Raises InvalidInput for a name that no zone has.
    """
    if timezone is not None and known_zone(timezone) is None:
        raise InvalidInput("error-choice", given=timezone)
    with context.database.transaction() as connection:
        people.change_account(connection, telegram_id, timezone=timezone)


def set_blocked(context: Context, telegram_id: int, *, blocked: bool) -> None:
    """The person blocked the bot, or came back: notices stop and start accordingly."""
    with context.database.transaction() as connection:
        people.set_blocked(connection, telegram_id, context.now() if blocked else None)


@reads
def listed(context: Context, actor: Actor) -> list[tuple[Person, frozenset[Role], bool]]:
    """Everybody who wasn't erased, with roles and whether they have joined."""
    with context.database.reading() as connection:
        authorize(connection, actor, Action.SEE_PEOPLE)
        return [each for each in people.all_people(connection) if each[0].erased_at is None]


def set_active(context: Context, actor: Actor, staff_no: str, *, active: bool) -> None:
    """Deactivate somebody who left (no access, no messages, nothing is deleted), or let them in again.

    Raises Forbidden, NotFound for an unknown staff number, InvalidInput for the last administrator.
    """
    with acting(context, actor) as deed:
        people.lock_admins(deed.connection)
        deed.authorize(Action.CHANGE_PEOPLE)
        person = known(deed.connection, staff_no)
        people.set_active(deed.connection, person.id, active=active)
        keep_an_admin(deed.connection, people.roles_of(deed.connection, person.id))
        deed.keep("active", "person", person.id, before={"active": person.active}, after={"active": active})


def set_roles(context: Context, actor: Actor, staff_no: str, roles: Iterable[Role]) -> None:
    """Replace somebody's roles. Raises Forbidden, NotFound, or InvalidInput: no role, or no administrator left."""
    given = frozenset(roles)
    if not given:
        raise InvalidInput("error-roles-none")
    with acting(context, actor) as deed:
        people.lock_admins(deed.connection)
        deed.authorize(Action.CHANGE_PEOPLE)
        person = known(deed.connection, staff_no)
        before = people.roles_of(deed.connection, person.id)
        people.set_roles(deed.connection, person.id, given)
        keep_an_admin(deed.connection, before)
        deed.keep("roles", "person", person.id, before={"roles": sorted(before)}, after={"roles": sorted(given)})


def known(connection: Connection, staff_no: str) -> Person:
    """Somebody who may have left but wasn't erased. Raises NotFound."""
    person = people.by_staff_no(connection, staff_no)
    if person is None or person.erased_at is not None:
        raise NotFound("error-staff-no-unknown", staff_no=staff_no)
    return person


def keep_an_admin(connection: Connection, roles_before: frozenset[Role]) -> None:
    """Raises InvalidInput when a change to somebody with these roles has left the company without an administrator."""
    if Role.ADMIN in roles_before and not people.with_role(connection, Role.ADMIN):
        raise InvalidInput("error-last-admin")


class Imported(NamedTuple):
    """What a list of people adds, changes and leaves as it is, by staff number."""

    added: list[str]
    changed: list[str]
    same: list[str]


def import_people(context: Context, actor: Actor, file: TableFile | Cells, *, dry_run: bool = False) -> Imported:
    """Add or update everybody in a CSV or XLSX file. All rows, or with every fault named, none.

    A column that the file lacks stays as it is, and so do the roles of a person whose cell is empty; who is new without
    roles is an employee. With `dry_run` nothing is stored. Raises Forbidden, InvalidInput, or InvalidTable.
    """
    table = read_table(file, COLUMNS, {"staff_no": _staff_no, "roles": read_roles}, unique=("staff_no",))
    table.refuse_faults()
    staff_numbers = [str(row.values["staff_no"]) for row in table.rows]
    with context.database.reading() as connection:
        authorize(connection, actor, Action.CHANGE_PEOPLE)
        stands = people.standing(connection, staff_numbers)
    plan = _planned(stands, table.rows)
    if dry_run:
        return plan.imported
    with acting(context, actor) as deed:
        people.lock_admins(deed.connection)
        deed.authorize(Action.CHANGE_PEOPLE)
        now = people.standing(deed.connection, staff_numbers)
        if now != stands:  # somebody was faster: what was worked out beforehand, without the lock, may be wrong
            plan = _planned(now, table.rows)
        _store_list(deed, plan)
    return plan.imported


class _Change(NamedTuple):
    """What a row does to a person (None: somebody new): the columns of the list as they were, and as they will be where
    that differs, with all that is to be stored."""

    who: people.Listed | None
    before: dict[str, Any]
    differs: dict[str, Any]
    values: dict[str, Any]
    roles: list[Role]


class _Plan(NamedTuple):
    """What a list comes to, row by row where something changes."""

    imported: Imported
    changes: list[_Change]


def _planned(stands: people.Standing, rows: Iterable[Row]) -> _Plan:
    """Raises InvalidInput when the list would leave the company without an administrator."""
    plan, admins = _Plan(Imported([], [], []), []), set(stands.admins)
    for row in rows:
        staff_no = str(row.values["staff_no"])
        known = stands.people.get(staff_no)
        before = {} if known is None else _as_given(known)
        roles = sorted(row.values.get("roles") or before.get("roles") or (Role.EMPLOYEE,))
        after = before | row.values | {"roles": roles}
        differs = {name: value for name, value in after.items() if before.get(name) != value}
        imported = plan.imported
        (imported.added if known is None else imported.changed if differs else imported.same).append(staff_no)
        if not differs:
            continue
        values = {name: after[name] for name in row.values if name != "roles"}
        plan.changes.append(_Change(known, before, differs, values, roles))
        if known is None or known.active:
            (admins.add if Role.ADMIN in roles else admins.discard)(staff_no)
    if stands.admins and not admins:
        raise InvalidInput("error-last-admin")
    return plan


def _as_given(person: people.Listed) -> dict[str, Any]:
    """A person as the columns of a list name them."""
    values = {column.name: getattr(person, column.name) for column in COLUMNS if column.name != "roles"}
    return values | {"roles": sorted(person.roles)}


def _store_list(deed: Deed, plan: _Plan) -> None:
    """Everything at once, and a line in the audit log for each change."""
    people.change_people(deed.connection, [(each.who, each.values) for each in plan.changes if each.who is not None])
    ids = people.add_people(deed.connection, [each.values for each in plan.changes if each.who is None])
    changed = [(each, each.who.id if each.who else ids[each.values["staff_no"]]) for each in plan.changes]
    people.replace_roles(
        deed.connection, {key: each.roles for each, key in changed if each.before.get("roles") != each.roles}
    )
    lines = []
    for each, key in changed:
        was = {name: each.before[name] for name in each.differs if name in each.before}
        lines.append(Line(key, before=was, after=each.differs))
    deed.keep_each("import", "person", lines)


def _staff_no(text: str) -> str:
    """A staff number that no erased person has."""
    if text.startswith(ERASED):
        raise InvalidInput("error-staff-no-reserved", given=ERASED)
    return text


def read_roles(text: str) -> list[Role]:
    """Roles in English or Chinese, separated by commas, semicolons or spaces; none in an empty text.

    Raises InvalidInput for a word that is no role.
    """
    words = re.findall(r"[^\s,;、]+", unicodedata.normalize("NFKC", text).lower())
    unknown = [word for word in words if word not in ROLE_WORDS]
    if unknown:
        raise InvalidInput("error-role", given=unknown[0], roles=", ".join(ROLE_WORDS))
    return [ROLE_WORDS[word] for word in words]
