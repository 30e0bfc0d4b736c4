"""People, their roles, their Telegram accounts and their invitations."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update
from sqlmodel import col

from qualify.storage.database import new_id
from qualify.storage.tables import Account, Invite, Person, PersonRole, Role


class Who(NamedTuple):
    """An account as the chat needs it; `person_id` is None for a stranger."""

    telegram_id: int
    person_id: int | None
    language: str
    theme: str
    review_id: int | None
    blocked: bool
    name: str
    active: bool
    roles: frozenset[Role]

    @property
    def is_known(self) -> bool:
        """Whether an active person stands behind the account."""
        return self.person_id is not None and self.active


def who(connection: Connection, telegram_id: int) -> Who | None:
    """The account, with its person and roles; None when it never wrote."""
    row = connection.execute(
        select(
            col(Account.person_id),
            col(Account.language),
            col(Account.theme),
            col(Account.review_id),
            col(Account.blocked_at),
            col(Person.name),
            col(Person.active),
        )
        .outerjoin(Person, col(Person.id) == col(Account.person_id))
        .where(col(Account.telegram_id) == telegram_id)
    ).first()
    if row is None:
        return None
    roles = roles_of(connection, row.person_id) if row.person_id else frozenset()
    return Who(
        telegram_id=telegram_id,
        person_id=row.person_id,
        language=row.language,
        theme=row.theme,
        review_id=row.review_id,
        blocked=row.blocked_at is not None,
        name=row.name or "",
        active=bool(row.active),
        roles=roles,
    )


def roles_of(connection: Connection, person_id: int) -> frozenset[Role]:
    """The person's roles."""
    found = connection.execute(select(col(PersonRole.role)).where(col(PersonRole.person_id) == person_id))
    return frozenset(Role(role) for (role,) in found)


def set_roles(connection: Connection, person_id: int, roles: Iterable[Role]) -> None:
    """Replace the person's roles."""
    connection.execute(delete(PersonRole).where(col(PersonRole.person_id) == person_id))
    rows = [{"person_id": person_id, "role": role.value} for role in sorted(set(roles))]
    if rows:
        connection.execute(insert(PersonRole), rows)


def add_account(connection: Connection, telegram_id: int, language: str) -> None:
    """A new account that belongs to nobody yet."""
    connection.execute(insert(Account).values(telegram_id=telegram_id, language=language, theme="light"))


def change_account(connection: Connection, telegram_id: int, **values: object) -> None:
    """Change the account's language, theme, person, review in hand, or when it blocked the bot."""
    connection.execute(update(Account).where(col(Account.telegram_id) == telegram_id).values(**values))


def account_of(connection: Connection, person_id: int) -> Account | None:
    """The Telegram account of a person, if they have accepted an invitation."""
    row = connection.execute(select(Account.__table__).where(col(Account.person_id) == person_id)).first()  # type: ignore[attr-defined]
    return None if row is None else Account(**row._mapping)


def by_staff_no(connection: Connection, staff_no: str) -> Person | None:
    """The person with this staff number."""
    row = connection.execute(select(Person.__table__).where(col(Person.staff_no) == staff_no)).first()  # type: ignore[attr-defined]
    return None if row is None else Person(**row._mapping)


def by_id(connection: Connection, person_id: int) -> Person:
    """The person with this id; NoResultFound when there is none."""
    row = connection.execute(select(Person.__table__).where(col(Person.id) == person_id)).one()  # type: ignore[attr-defined]
    return Person(**row._mapping)


def all_people(connection: Connection) -> list[tuple[Person, frozenset[Role], bool]]:
    """Everybody by staff number, with roles and whether they have joined on Telegram."""
    joined = {person for (person,) in connection.execute(select(col(Account.person_id)))}
    people = [
        Person(**row._mapping)
        for row in connection.execute(select(Person.__table__).order_by(col(Person.staff_no)))  # type: ignore[attr-defined]
    ]
    return [(person, roles_of(connection, person.id or 0), person.id in joined) for person in people]


def save_person(connection: Connection, values: dict[str, object]) -> int:
    """Insert the person, or update the one with the same staff number; the id."""
    known = by_staff_no(connection, str(values["staff_no"]))
    if known is not None and known.id is not None:
        connection.execute(update(Person).where(col(Person.id) == known.id).values(**values))
        return known.id
    added = connection.execute(insert(Person).values(**({"active": True} | values)))
    return new_id(added)


def add_invite(connection: Connection, token_hash: str, person_id: int, expires_at: datetime) -> None:
    """Store an invitation."""
    connection.execute(insert(Invite).values(token_hash=token_hash, person_id=person_id, expires_at=expires_at))


def use_invite(connection: Connection, token_hash: str, now: datetime) -> int | None:
    """Use the invitation up, exactly once; the person's id, or None when it is unknown, used or expired."""
    used = connection.execute(
        update(Invite)
        .where(
            col(Invite.token_hash) == token_hash,
            col(Invite.used_at).is_(None),
            col(Invite.expires_at) > now,
        )
        .values(used_at=now)
        .returning(col(Invite.person_id))
    ).first()
    return None if used is None else int(used[0])
