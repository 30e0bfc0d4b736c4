"""People, their roles, their Telegram accounts and their invitations."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Executable, bindparam, delete, func, insert, select, tuple_, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from qualify.access import Role
from qualify.storage import notices, search
from qualify.storage.database import made_due, new_id
from qualify.storage.rows import as_object, batches, count_some, store
from qualify.storage.tables import CAREER, FACTS, Account, Draft, Invite, Person, PersonRole, Review
from qualify.texts import staff_number
from qualify.themes import DEFAULT_THEME


class Who(NamedTuple):
    """An account as the chat needs it; `person_id` is None for a stranger."""

    telegram_id: int
    person_id: int | None
    language: str
    theme: str
    quiet_from: int | None
    quiet_until: int | None
    weekends: bool | None
    team_news: bool
    timezone: str | None
    asked: str
    review_id: int | None
    blocked: bool
    name: str
    active: bool
    roles: frozenset[Role]

    @property
    def is_known(self) -> bool:
        """Whether an active person stands behind the account."""
        return self.person_id is not None and self.active


_accounts = select(
    col(Account.telegram_id),
    col(Account.person_id),
    col(Account.language),
    col(Account.theme),
    col(Account.quiet_from),
    col(Account.quiet_until),
    col(Account.weekends),
    col(Account.team_news),
    col(Account.timezone),
    col(Account.asked),
    col(Account.review_id),
    col(Account.blocked_at),
    col(Person.name),
    col(Person.active),
).outerjoin(Person, col(Person.id) == col(Account.person_id))


def who(connection: Connection, telegram_id: int) -> Who | None:
    """The account, with its person and roles; None when it never wrote."""
    found = _whos(connection, _accounts.where(col(Account.telegram_id) == telegram_id))
    return found[0] if found else None


def all_accounts(connection: Connection) -> list[Who]:
    """Every account that belongs to somebody."""
    return _whos(connection, _accounts.where(col(Account.person_id).is_not(None)).order_by(col(Account.telegram_id)))


def accounts_of(connection: Connection, person_ids: Iterable[int]) -> dict[int, Who]:
    """The accounts of those people who have joined, by person."""
    found = _whos(connection, _accounts.where(col(Account.person_id).in_(set(person_ids))))
    return {who.person_id: who for who in found if who.person_id is not None}


def has_account(connection: Connection, pairs: Iterable[tuple[int, str]]) -> bool:
    """Whether any of these Telegram accounts belongs to the person with the staff number beside it."""
    theirs = select(col(Account.telegram_id)).join(Person, col(Person.id) == col(Account.person_id))
    wanted = tuple_(col(Account.telegram_id), col(Person.staff_no)).in_(list(pairs))
    return connection.execute(theirs.where(wanted).limit(1)).first() is not None


def _whos(connection: Connection, statement: Executable) -> list[Who]:
    rows = connection.execute(statement).all()
    known = {row.person_id for row in rows if row.person_id is not None}
    roles = _roles(connection, _all_roles.where(col(PersonRole.person_id).in_(known))) if known else {}
    return [
        Who(
            telegram_id=row.telegram_id,
            person_id=row.person_id,
            language=row.language,
            theme=row.theme,
            quiet_from=row.quiet_from,
            quiet_until=row.quiet_until,
            weekends=row.weekends,
            team_news=row.team_news,
            timezone=row.timezone,
            asked=row.asked,
            review_id=row.review_id,
            blocked=row.blocked_at is not None,
            name=row.name or "",
            active=bool(row.active),
            roles=roles.get(row.person_id, frozenset()),
        )
        for row in rows
    ]


_all_roles = select(col(PersonRole.person_id), col(PersonRole.role))


def _roles(connection: Connection, statement: Executable) -> dict[int, frozenset[Role]]:
    roles: dict[int, set[Role]] = {}
    for person_id, role in connection.execute(statement):
        roles.setdefault(person_id, set()).add(Role(role))
    return {person_id: frozenset(found) for person_id, found in roles.items()}


def roles_of(connection: Connection, person_id: int) -> frozenset[Role]:
    """The person's roles."""
    found = _roles(connection, _all_roles.where(col(PersonRole.person_id) == person_id))
    return found.get(person_id, frozenset())


def roles_if_active(connection: Connection, person_id: int) -> frozenset[Role]:
    """The roles of somebody who hasn't left; none of anybody else."""
    found = connection.execute(
        select(col(PersonRole.role))
        .join(Person, col(Person.id) == col(PersonRole.person_id))
        .where(col(PersonRole.person_id) == person_id, col(Person.active))
    )
    return frozenset(Role(role) for (role,) in found)


def with_role(connection: Connection, role: Role) -> list[int]:
    """The active people who have the role."""
    found = connection.execute(
        select(col(PersonRole.person_id))
        .join(Person, col(Person.id) == col(PersonRole.person_id))
        .where(col(PersonRole.role) == role.value, col(Person.active))
    )
    return [person_id for (person_id,) in found]


def show_digest(connection: Connection, telegram_id: int, message_id: int) -> int | None:
    """Remember that this message is the newest digest in the account's chat. Returns the one that was it before."""
    account = col(Account.telegram_id) == telegram_id
    before = connection.execute(select(col(Account.digest_id)).where(account).with_for_update()).scalar_one_or_none()
    connection.execute(update(Account).where(account).values(digest_id=message_id))
    return before


def lock_admins(connection: Connection) -> None:
    """Changes to who there is, by which number and in which role take turns: two of them could each take the other
    administrator for the last, or give one number to two people."""
    admins = select(col(PersonRole.role)).where(col(PersonRole.role) == Role.ADMIN.value)
    connection.execute(admins.order_by(col(PersonRole.person_id)).with_for_update())


def set_roles(connection: Connection, person_id: int, roles: Iterable[Role]) -> None:
    """Replace the person's roles."""
    connection.execute(delete(PersonRole).where(col(PersonRole.person_id) == person_id))
    rows = [{"person_id": person_id, "role": role.value} for role in sorted(set(roles))]
    if rows:
        connection.execute(insert(PersonRole), rows)


def add_account(connection: Connection, telegram_id: int, language: str) -> None:
    """A new account that belongs to nobody yet."""
    store(connection, Account, {"telegram_id": telegram_id, "language": language, "theme": DEFAULT_THEME})


def change_account(connection: Connection, telegram_id: int, **values: object) -> None:
    """Change the account's language, theme, quiet hours, review in hand or question."""
    connection.execute(update(Account).where(col(Account.telegram_id) == telegram_id).values(**values))
    if values.get("blocked_at", ...) is None:
        made_due(connection)  # what waited for somebody who comes back


def settle(connection: Connection, telegram_id: int, question: str) -> bool:
    """Clear the question that the account has answered; returns False when it isn't asked this any more."""
    asked = col(Account.telegram_id) == telegram_id, col(Account.asked) == question
    return connection.execute(update(Account).where(*asked).values(asked="")).rowcount == 1


def join(connection: Connection, telegram_id: int, person_id: int) -> bool:
    """Tie the account to the person unless it belongs to somebody already; returns whether it is tied now.

    A person who has an account already raises IntegrityError.
    """
    free = col(Account.telegram_id) == telegram_id, col(Account.person_id).is_(None)
    if connection.execute(update(Account).where(*free).values(person_id=person_id)).rowcount != 1:
        return False
    connection.execute(update(Person).where(col(Person.id) == person_id).values(joined=True))
    notices.wake(connection, person_id)
    return True


SETTINGS = ("language", "theme", "quiet_from", "quiet_until", "weekends", "timezone", "review_id")
"""Columns of `Account` that follow a person to another account."""


def leave(connection: Connection, old: Who, new_id: int) -> None:
    """Delete the account `old` and keep what it had for the account `new_id`, which belongs to nobody yet: its
    settings, its review in hand and what it was filling in."""
    kept = {name: getattr(old, name) for name in SETTINGS}
    connection.execute(delete(Draft).where(col(Draft.telegram_id) == new_id))
    connection.execute(update(Draft).where(col(Draft.telegram_id) == old.telegram_id).values(telegram_id=new_id))
    connection.execute(delete(Account).where(col(Account.telegram_id) == old.telegram_id))
    connection.execute(update(Account).where(col(Account.telegram_id) == new_id).values(**kept))
    shown = col(Review.assessor_id) == old.person_id, col(Review.message_id).is_not(None)
    connection.execute(update(Review).where(*shown).values(message_id=None))  # their messages stand in the old chat


def set_blocked(connection: Connection, telegram_id: int, at: datetime | None) -> None:
    """Store when the account blocked the bot. None: it can be written to again, and what waited for that waits no
    longer."""
    change_account(connection, telegram_id, blocked_at=at)
    if at is None:
        owner = select(col(Account.person_id)).where(col(Account.telegram_id) == telegram_id)
        person_id = connection.execute(owner).scalar_one_or_none()
        if person_id is not None:
            notices.wake(connection, person_id)


def by_staff_no(connection: Connection, staff_no: str) -> Person | None:
    """The person with this staff number, however it is written; None when there is none."""
    spelt = {staff_no, staff_number(staff_no)}
    rows = connection.execute(select(Person.__table__).where(col(Person.staff_no).in_(spelt))).all()  # type: ignore[attr-defined]
    found = {row.staff_no: as_object(Person, row._mapping) for row in rows}
    return found.get(staff_no) or next(iter(found.values()), None)


def by_id(connection: Connection, person_id: int) -> Person:
    """The person with this id; NoResultFound when there is none."""
    row = connection.execute(select(Person.__table__).where(col(Person.id) == person_id)).one()  # type: ignore[attr-defined]
    return as_object(Person, row._mapping)


def by_ids(connection: Connection, person_ids: Iterable[int]) -> dict[int, Person]:
    """People by their ids."""
    statement = select(Person.__table__).where(col(Person.id).in_(set(person_ids)))  # type: ignore[attr-defined]
    return {row.id: as_object(Person, row._mapping) for row in connection.execute(statement)}


def all_people(connection: Connection) -> list[tuple[Person, frozenset[Role], bool]]:
    """Everybody by staff number, with roles and whether they have joined on Telegram."""
    roles = _roles(connection, _all_roles)
    rows = connection.execute(select(Person.__table__).order_by(col(Person.staff_no)))  # type: ignore[attr-defined]
    people = [as_object(Person, row._mapping) for row in rows]
    return [(person, roles.get(person.id, frozenset()), person.joined) for person in people]


def of_department(connection: Connection, department: str) -> list[Person]:
    """The active people of a department, by staff number."""
    statement = select(Person.__table__).where(col(Person.department) == department, col(Person.active))  # type: ignore[attr-defined]
    return [as_object(Person, row._mapping) for row in connection.execute(statement.order_by(col(Person.staff_no)))]


def not_joined(connection: Connection, department: str = "") -> list[Person]:
    """The active people who haven't joined, of this department if one is given, by staff number."""
    here = col(Person.department) == department if department else col(Person.department) >= ""
    statement = select(Person.__table__).where(*_NOT_JOINED, here)  # type: ignore[attr-defined]
    found = [as_object(Person, row._mapping) for row in connection.execute(statement)]
    return sorted(found, key=lambda person: person.staff_no)


def count_not_joined(connection: Connection) -> int:
    """How many active people haven't joined; of very many only `rows.MOST_COUNTED`."""
    return count_some(connection, *_NOT_JOINED)


_NOT_JOINED = (col(Person.active), ~col(Person.joined))  # somebody who was erased isn't active


def departments(connection: Connection) -> list[str]:
    """The name of every department with active people. Jumps from name to name, however many people there are
    in each."""
    name = func.min(col(Person.department)).label("name")
    names = select(name).where(col(Person.active), col(Person.department) > "").cte("names", recursive=True)
    following = select(name).where(col(Person.active), col(Person.department) > names.c.name)
    names = names.union_all(select(following.correlate(names).scalar_subquery()).where(names.c.name.is_not(None)))
    found = connection.execute(select(names.c.name).where(names.c.name.is_not(None)).order_by(names.c.name))
    return list(found.scalars())


def count_in(connection: Connection, departments: Iterable[str]) -> dict[str, int]:
    """How many active people each of the departments has; those without any are left out."""
    statement = select(col(Person.department), func.count()).where(
        col(Person.department).in_(list(departments)), col(Person.active)
    )
    rows = connection.execute(statement.group_by(col(Person.department))).all()
    return {row[0]: row[1] for row in rows}


def save_person(connection: Connection, values: Mapping[str, object]) -> int:
    """Insert the person, or change what `values` name of the one with the same staff number; returns the id."""
    known = by_staff_no(connection, str(values["staff_no"]))
    if known is None:
        known = Person.model_validate(dict(values))
        known.id = new_id(store(connection, Person, values))
        search.index(connection, {known.id: search.texts_of(known)})
        return known.id
    connection.execute(update(Person).where(col(Person.id) == known.id).values(**values))
    changed = known.model_copy(update=dict(values))
    if search.texts_of(changed) != search.texts_of(known):
        search.index(connection, {known.id: search.texts_of(changed)})
    return known.id


def renumber(connection: Connection, person: Person, staff_no: str) -> None:
    """Give the person another staff number; one that somebody has already raises IntegrityError."""
    connection.execute(update(Person).where(col(Person.id) == person.id).values(staff_no=staff_no))
    search.index(connection, {person.id: search.texts_of(person.model_copy(update={"staff_no": staff_no}))})


class ListedPerson(NamedTuple):
    """A person as the company's list of people has them; `columns` are staff number, name, `FACTS`,
    `CAREER` and the manager's staff number."""

    id: int
    active: bool
    columns: dict[str, Any]
    roles: frozenset[Role]


class KnownPeople(NamedTuple):
    """What a list of people is compared with: those among them who are known, by staff number, and the staff numbers of
    the company's active administrators."""

    people: dict[str, ListedPerson]
    admins: frozenset[str]


def standing(connection: Connection, staff_numbers: Collection[str]) -> KnownPeople:
    """How things stand with these people: some statements for each thousand."""
    names = ("staff_no", "name", *FACTS, *CAREER)
    manager = aliased(Person)
    wanted = select(
        col(Person.id),
        col(Person.active),
        *(col(getattr(Person, name)) for name in names),
        func.coalesce(col(manager.staff_no), "").label("manager"),
    ).outerjoin(manager, col(manager.id) == col(Person.manager_id))
    found = [
        row
        for some in batches(staff_numbers)
        for row in connection.execute(wanted.where(col(Person.staff_no).in_(some)))
    ]
    roles: dict[int, frozenset[Role]] = {}
    for some in batches([row.id for row in found]):
        roles |= _roles(connection, _all_roles.where(col(PersonRole.person_id).in_(some)))
    admins = (
        select(col(Person.staff_no))
        .join(PersonRole, col(PersonRole.person_id) == col(Person.id))
        .where(col(PersonRole.role) == Role.ADMIN.value, col(Person.active))
    )
    known = {
        row.staff_no: ListedPerson(
            row.id,
            row.active,
            dict(zip((*names, "manager"), row[2:], strict=True)),
            roles.get(row.id, frozenset()),
        )
        for row in found
    }
    return KnownPeople(known, frozenset(connection.execute(admins).scalars()))


def add_people(connection: Connection, people: Sequence[Mapping[str, object]]) -> dict[str, int]:
    """Insert new people, whose values all name the same columns; returns their ids by staff number."""
    texts = {str(values["staff_no"]): [str(values.get(name, "")) for name in search.FOUND_BY] for values in people}
    if people:
        connection.execute(insert(Person), people)
    ids: dict[str, int] = {}
    for some in batches([str(values["staff_no"]) for values in people]):
        statement = select(col(Person.staff_no), col(Person.id)).where(col(Person.staff_no).in_(some))
        ids |= {row.staff_no: row.id for row in connection.execute(statement)}
    search.index(connection, {ids[staff_no]: found_by for staff_no, found_by in texts.items()})
    return ids


def change_people(connection: Connection, people: Sequence[tuple[ListedPerson, Mapping[str, object]]]) -> None:
    """Change people as they stand; the values all name the same columns."""
    if not people:
        return
    new_values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in people[0][1]}
    changed = update(Person).where(col(Person.id) == bindparam("person")).values(new_values)
    rows = [{"person": who.id} | {f"new_{name}": new for name, new in values.items()} for who, values in people]
    connection.execute(changed, rows)
    found_by = {}
    for who, values in people:
        before = [who.columns[name] for name in search.FOUND_BY]
        after = [str(values.get(name, was)) for name, was in zip(search.FOUND_BY, before, strict=True)]
        if before != after:
            found_by[who.id] = after
    search.index(connection, found_by)


def replace_roles(connection: Connection, roles: Mapping[int, Iterable[Role]]) -> None:
    """Replace the roles of many people."""
    if roles:
        gone = delete(PersonRole).where(col(PersonRole.person_id) == bindparam("person"))
        connection.execute(gone, [{"person": person_id} for person_id in roles])
    rows = [{"person_id": key, "role": role.value} for key, given in roles.items() for role in sorted(set(given))]
    if rows:
        connection.execute(insert(PersonRole), rows)


def set_active(connection: Connection, person_id: int, *, active: bool) -> None:
    """Let the person in, or keep them out. What waited to be told to somebody who is let in waits no longer."""
    connection.execute(update(Person).where(col(Person.id) == person_id).values(active=active))
    if active:
        notices.wake(connection, person_id)


def add_invite(
    connection: Connection, token_hash: str, person_id: int, expires_at: datetime, *, moves: bool = False
) -> None:
    """Store an invitation."""
    values = {"token_hash": token_hash, "person_id": person_id, "expires_at": expires_at, "moves": moves}
    store(connection, Invite, values)


def end_invites(connection: Connection, person_ids: Collection[int], now: datetime) -> None:
    """End every unused invitation of these people. Anybody else who invites one of them waits until the transaction
    ends: otherwise each of the two would leave a valid one."""
    locked = select(col(Person.id)).where(col(Person.id).in_(person_ids)).order_by(col(Person.id)).with_for_update()
    connection.execute(locked)
    unused = (col(Invite.person_id).in_(person_ids), col(Invite.used_at).is_(None), col(Invite.expires_at) > now)
    connection.execute(update(Invite).where(*unused).values(expires_at=now))


class UsedInvite(NamedTuple):
    """Whom an invitation was for, and whether it moves them to another account."""

    person_id: int
    moves: bool


def use_invite(connection: Connection, token_hash: str, now: datetime) -> UsedInvite | None:
    """Use the invitation up, exactly once; returns whom it was for, or None when it is unknown, used or expired."""
    used = connection.execute(
        update(Invite)
        .where(
            col(Invite.token_hash) == token_hash,
            col(Invite.used_at).is_(None),
            col(Invite.expires_at) > now,
        )
        .values(used_at=now)
        .returning(col(Invite.person_id), col(Invite.moves))
    ).first()
    return None if used is None else UsedInvite._make(used)
