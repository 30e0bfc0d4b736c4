"""A list of people: every row checked and compared with what is known, then stored at once, or nothing."""

from typing import Any, NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission, Role
from qualify.errors import InvalidInput
from qualify.services.authorization import Actor, Change, UnitOfWork, acting, authorize
from qualify.services.context import Context
from qualify.services.imports.managers import Lines, lines_of, with_managers
from qualify.services.imports.tables import STAFF_NO, Cells, Column, Table, TableFile, read_table
from qualify.services.people.renumbering import read_number
from qualify.services.people.roles import read_roles
from qualify.storage import line_managers, people
from qualify.texts import one_line

COLUMNS = (
    Column("staff_no", "工号", required=True, also=STAFF_NO),
    Column("name", "姓名", required=True, also=("员工姓名", "人员姓名", "名字", "full name", "employee name")),
    Column("department", "部门", also=("所属部门", "所在部门", "部门名称", "部門", "dept")),
    Column("position", "岗位", also=("职位", "职务", "所属岗位", "岗位名称", "崗位", "title", "job title")),
    Column("level", "级别", also=("职级", "等级", "岗位级别", "級別", "grade")),
    Column(
        "manager", "上级", also=("直接上级", "直属上级", "上级工号", "直属领导", "上級", "line manager", "manager no")
    ),
    Column("roles", "角色", also=("系统角色", "role")),
)


READERS = dict.fromkeys((column.name for column in COLUMNS), one_line) | {"staff_no": read_number, "roles": read_roles}


class Imported(NamedTuple):
    """What a list of people adds, changes and leaves as it is, by staff number."""

    added: list[str]
    changed: list[str]
    same: list[str]


def import_people(context: Context, actor: Actor, file: TableFile | Cells, *, dry_run: bool = False) -> Imported:
    """Add or update everybody in a CSV or XLSX file. All rows, or with every fault named, none.

    A column that the file lacks stays as it is, and so do the roles of a person whose cell is empty; a new person
    without roles is an employee. A manager is named by staff number, or by a name that one person bears. With
    `dry_run` nothing is stored. Raises Forbidden, InvalidInput, or InvalidTable.
    """
    table = read_table(file, COLUMNS, READERS, unique=("staff_no",))
    table.refuse_faults()
    staff_numbers = [str(row.values["staff_no"]) for row in table.rows]
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.CHANGE_PEOPLE)
        stands = _standing(connection, table, staff_numbers)
    plan = _planned(stands, table)
    if dry_run:
        return plan.imported
    with acting(context, actor) as work:
        people.lock_admins(work.connection)
        work.authorize(Permission.CHANGE_PEOPLE)
        now = _standing(work.connection, table, staff_numbers)
        if now != stands:  # somebody was faster: what was worked out beforehand, without the lock, may be wrong
            plan = _planned(now, table)
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
    lines: Lines


def _standing(connection: Connection, table: Table, staff_numbers: list[str]) -> _Standing:
    return _Standing(people.standing(connection, staff_numbers), lines_of(connection, table.rows))


def _planned(standing: _Standing, table: Table) -> _Plan:
    """What the rows come to, compared with how things stand. Raises InvalidTable where a manager can't be, or
    InvalidInput when the list would leave the company without an administrator."""
    stands = standing.people
    plan, admins = _Plan(Imported([], [], []), []), set(stands.admins)
    for row in with_managers(table, standing.lines):
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
        values = {name: after[name] for name in row.values if name not in _BESIDES}
        plan.changes.append(_Change(known, before, differs, values, roles))
        if known is None or known.active:
            (admins.add if Role.ADMIN in roles else admins.discard)(staff_no)
    if stands.admins and not admins:
        raise InvalidInput("error-last-admin")
    return plan


def _as_given(person: people.ListedPerson) -> dict[str, Any]:
    """A person as the columns of a list name them."""
    return {**person.columns, "roles": sorted(person.roles)}


def _store_list(work: UnitOfWork, plan: _Plan) -> None:
    """Everything at once, and a line in the audit log for each change."""
    people.change_people(work.connection, [(each.who, each.values) for each in plan.changes if each.who is not None])
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
