"""People: who they are, how they join, what they set."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from qualify.errors import InvalidInput, NotFound
from qualify.services.context import Context, once_more
from qualify.services.tabular import Column, read_table
from qualify.storage import people
from qualify.storage.people import Who
from qualify.storage.tables import Person, Role
from qualify.texts import LANGUAGES, nearest_language

INVITE_VALID = timedelta(days=14)
THEMES = ("light", "dark")
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
    """The account that writes; a new one gets the language its Telegram speaks. Who writes has unblocked the bot."""
    with context.database.transaction() as connection:
        known = people.who(connection, telegram_id)
        if known is None:
            people.add_account(connection, telegram_id, nearest_language(language_code))
            known = people.who(connection, telegram_id)
            assert known is not None
        if known.blocked:
            people.change_account(connection, telegram_id, blocked_at=None)
        return known._replace(blocked=False)


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


def invite(context: Context, staff_no: str) -> str:
    """A single-use token for the deep link, valid for 14 days; only its hash is stored.

    Raises NotFound for an unknown or deactivated person, InvalidInput for one who has joined already.
    """
    token = secrets.token_urlsafe(16)
    with context.database.transaction() as connection:
        person = people.by_staff_no(connection, staff_no)
        if person is None or not person.active:
            raise NotFound("error-person-unknown", staff_no=staff_no)
        if people.accounts_of(connection, [person.id]):
            raise InvalidInput("error-person-joined", name=person.name)
        people.add_invite(connection, _hash(token), person.id, context.now() + INVITE_VALID)
    return token


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


def set_blocked(context: Context, telegram_id: int, *, blocked: bool) -> None:
    """The person blocked the bot, or came back: notices stop and start accordingly."""
    with context.database.transaction() as connection:
        people.change_account(connection, telegram_id, blocked_at=context.now() if blocked else None)


def listed(context: Context) -> list[tuple[Person, frozenset[Role], bool]]:
    """Everybody, with roles and whether they have joined."""
    with context.database.reading() as connection:
        return people.all_people(connection)


def set_active(context: Context, staff_no: str, *, active: bool) -> None:
    """Deactivate somebody who left (no access, no messages, nothing is deleted), or let them in again.

    Raises NotFound for an unknown staff number.
    """
    with context.database.transaction() as connection:
        person = people.by_staff_no(connection, staff_no)
        if person is None:
            raise NotFound("error-person-unknown", staff_no=staff_no)
        people.set_active(connection, person.id, active=active)


def import_people(context: Context, file: Path) -> int:
    """Add or update everybody in a CSV or XLSX file; how many. All rows, or with every fault named, none.

    A column that the file lacks stays as it is, and so do the roles of a person whose cell is empty; who is new without
    roles is an employee.
    """
    table = read_table(file, COLUMNS, {"roles": _roles}, unique=("staff_no",))
    table.refuse_faults()
    with context.database.transaction() as connection:
        for row in table.rows:
            given: Sequence[Role] | None = row.values.pop("roles", None)
            person_id = people.save_person(connection, row.values)
            roles = given or people.roles_of(connection, person_id) or (Role.EMPLOYEE,)
            people.set_roles(connection, person_id, roles)
    return len(table.rows)


def _roles(text: str) -> list[Role]:
    """Roles separated by commas, semicolons or spaces; none in an empty cell."""
    words = re.findall(r"[^\s,;、]+", unicodedata.normalize("NFKC", text).lower())
    unknown = [word for word in words if word not in ROLE_WORDS]
    if unknown:
        raise InvalidInput("error-role", given=unknown[0], roles=", ".join(ROLE_WORDS))
    return [ROLE_WORDS[word] for word in words]
