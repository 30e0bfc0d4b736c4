"""A list of people: every row checked and compared with what is known, then stored at once, or nothing."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple
from zlib import crc32

from sqlalchemy import Connection

from qualify.access import Permission, Role
from qualify.errors import InvalidInput
from qualify.imports.headings import plain
from qualify.services.authorization import Actor, Change, UnitOfWork, acting, authorize
from qualify.services.context import Context
from qualify.services.imports.managers import ManagerLines, lines_of, with_managers
from qualify.services.imports.tables import STAFF_NO, Cells, Column, Table, TableFile, read_table
from qualify.services.people.renumbering import read_number
from qualify.services.people.roles import read_roles
from qualify.storage import line_managers, people

COLUMNS = (
    STAFF_NO,
    Column("name", "姓名", required=True, others=("名字",)),
    Column("department", "部门", others=("部門", "部门名称")),
    Column("position", "岗位", others=("崗位", "岗位名称")),
    Column("level", "级别", others=("級別",)),
    Column("manager", "上级", others=("上級", "直属上级", "直接上级", "上级工号")),
    Column("roles", "角色", others=("role",)),
    Column("status", "状态", others=("狀態", "在职状态", "人员状态", "员工状态")),
)


WORDS_OF_STATUS = {
    **dict.fromkeys(("在职", "在岗", "正式", "试用", "试用期", "active", "employed"), True),
    **dict.fromkeys(("离职", "已离职", "離職", "left", "inactive", "resigned"), False),
}


class Difference(NamedTuple):
    """One field of one person, before and after."""

    staff_no: str
    field: str
    before: object
    after: object


@dataclass(frozen=True)
class Imported:
    """What a list of people adds, changes and leaves as it is, by staff number.

    Among those changed, `leaving` are active so far and `returning` come back; `away` have left and stay away, though
    the list has them as if they hadn't. `left_out` are unknown and have left: they aren't added.
    """

    added: list[str]
    changed: list[str]
    same: list[str]
    away: list[str] = field(default_factory=list)
    leaving: list[str] = field(default_factory=list)
    returning: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list, compare=False)
    """Of those who are changed, field by field."""

    @property
    def fingerprint(self) -> int:
        """A number of 31 bits, which a button carries, that is another one when anything of this is."""
        parts = (self.added, self.changed, self.away, self.left_out, self.differences)
        return crc32(repr([[str(each) for each in part] for part in parts]).encode()) >> 1


class PlanChanged(InvalidInput):
    """What a list comes to isn't any more what was said of it."""


def import_people(
    context: Context,
    actor: Actor,
    file: TableFile | Cells,
    *,
    dry_run: bool = False,
    bring_back: bool = False,
    expected: int | None = None,
) -> Imported:
    """Add or update everybody in a CSV or XLSX file. All rows, or with every fault named, none.

    A column that the file lacks stays as it is, and so do the roles of a person whose cell is empty; a new person
    without roles is an employee. A manager is named by staff number, or by a name that one person bears. People who
    have left stay away unless `bring_back`; by the column of the status people leave. With `dry_run` nothing is stored.
    Raises Forbidden, InvalidInput, or InvalidTable; PlanChanged where what a dry run would say by now, with nobody
    brought back, hasn't the fingerprint `expected`.
    """
    readers = {"staff_no": read_number, "roles": read_roles, "status": _status}
    table = read_table(file, COLUMNS, readers, unique=("staff_no",))
    table.refuse_faults()
    staff_numbers = [str(row.values["staff_no"]) for row in table.rows]
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.CHANGE_PEOPLE)
        stands = _standing(connection, table, staff_numbers)
    plan = _planned(stands, table, bring_back=bring_back)
    if dry_run:
        return plan.imported
    with acting(context, actor) as work:
        people.lock_admins(work.connection)
        work.authorize(Permission.CHANGE_PEOPLE)
        now = _standing(work.connection, table, staff_numbers)
        if now != stands:  # somebody was faster: what was worked out beforehand, without the lock, may be wrong
            plan = _planned(now, table, bring_back=bring_back)
        told = _planned(now, table, bring_back=False) if bring_back and expected is not None else plan
        if expected not in (None, told.imported.fingerprint):
            raise PlanChanged("error-file-changed", file=file.name)
        _store_list(work, plan)
    return plan.imported


_BESIDES = ("manager", "roles")
"""Columns that aren't words of the person's own row."""


class _Change(NamedTuple):
    """What a row does to a person (None: somebody new): the columns of the list as they were, and as they will be where
    that differs, with all that will be stored."""

    who: people.ListedPerson | None
    before: dict[str, Any]
    differs: dict[str, Any]
    values: dict[str, Any]
    roles: list[Role]


class _Plan(NamedTuple):
    """What a list comes to, row by row where something changes."""

    imported: Imported
    changes: list[_Change]


class _Standing(NamedTuple):
    """How things stand with the people of a list, and with those above them where it names managers."""

    people: people.KnownPeople
    lines: ManagerLines


def _standing(connection: Connection, table: Table, staff_numbers: list[str]) -> _Standing:
    return _Standing(people.standing(connection, staff_numbers), lines_of(connection, table.rows))


def _planned(standing: _Standing, table: Table, *, bring_back: bool) -> _Plan:
    """What the rows come to, compared with how things stand. Raises InvalidTable where a manager can't be, or
    InvalidInput when the list would leave the company without an administrator."""
    stands = standing.people
    plan, admins = _Plan(Imported([], [], []), []), set(stands.admins)
    imported = plan.imported
    for row in with_managers(table, standing.lines):
        staff_no = str(row.values["staff_no"])
        known, given = stands.people.get(staff_no), dict(row.values)
        status = given.pop("status", None)
        if known is None and status is False:
            imported.left_out.append(staff_no)
            continue
        before = {} if known is None else _as_given(known)
        active = _active_after(known, status, bring_back=bring_back)
        roles = sorted(given.get("roles") or before.get("roles") or (Role.EMPLOYEE,))
        after = before | given | {"roles": roles} | ({} if known is None else {"active": active})
        differs = {name: value for name, value in after.items() if before.get(name) != value}
        (imported.added if known is None else imported.changed if differs else imported.same).append(staff_no)
        if known is not None:
            _note(imported, staff_no, known, active=active, named_active=status is not False)
            imported.differences.extend(Difference(staff_no, name, before.get(name), differs[name]) for name in differs)
        if not differs:
            continue
        values = {name: after[name] for name in given if name not in _BESIDES}
        plan.changes.append(_Change(known, before, differs, values, roles))
        (admins.add if Role.ADMIN in roles and active else admins.discard)(staff_no)
    if stands.admins and not admins:
        raise InvalidInput("error-last-admin")
    return plan


def _active_after(known: people.ListedPerson | None, status: bool | None, *, bring_back: bool) -> bool:
    """Whether the person is here once the list is in."""
    if status is False:
        return False
    return known is None or known.active or bring_back


def _note(imported: Imported, staff_no: str, known: people.ListedPerson, *, active: bool, named_active: bool) -> None:
    """Keep in mind that the person comes, goes, or stays away though the list has them."""
    if known.active and not active:
        imported.leaving.append(staff_no)
    elif active and not known.active:
        imported.returning.append(staff_no)
    elif not known.active and named_active:
        imported.away.append(staff_no)


def _as_given(person: people.ListedPerson) -> dict[str, Any]:
    """A person as the columns of a list name them."""
    return {**person.columns, "roles": sorted(person.roles), "active": person.active}


def _store_list(work: UnitOfWork, plan: _Plan) -> None:
    """Everything at once, and a line in the audit log for each change."""
    people.change_people(work.connection, [(each.who, each.values) for each in plan.changes if each.who is not None])
    for each in plan.changes:
        if each.who is not None and "active" in each.differs:
            people.set_active(work.connection, each.who.id, active=each.differs["active"])
    ids = people.add_people(work.connection, [each.values for each in plan.changes if each.who is None])
    changed = [(each, each.who.id if each.who else ids[each.values["staff_no"]]) for each in plan.changes]
    people.replace_roles(
        work.connection, {key: each.roles for each, key in changed if each.before.get("roles") != each.roles}
    )
    managers = {key: each.differs["manager"] for each, key in changed if "manager" in each.differs}
    line_managers.set_managers(work.connection, managers)
    lines = []
    for each, key in changed:
        was = {name: each.before[name] for name in each.differs if name in each.before}
        lines.append(Change(key, before=was, after=each.differs))
    work.keep_each("import", "person", lines)


def _status(text: str) -> bool | None:
    """Whether somebody is here, by the word of the list; None where it says nothing. Raises InvalidInput."""
    word = plain(text)
    if word and word not in WORDS_OF_STATUS:
        raise InvalidInput("error-status", given=text)
    return WORDS_OF_STATUS.get(word)
