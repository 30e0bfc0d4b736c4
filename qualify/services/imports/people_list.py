"""A list of people: every row checked and compared with what is known, then stored at once, or nothing.

What it would do is a plan first. Whoever was shown one gets exactly that: when something has changed in between, the
list is refused, to be shown again.
"""

import unicodedata
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission, Role
from qualify.errors import InvalidInput
from qualify.services.authorization import Actor, Change, UnitOfWork, acting, authorize
from qualify.services.context import Context
from qualify.services.imports.managers import ManagerLines, lines_of, with_managers
from qualify.services.imports.preview import Difference, ListChanged, Preview, fingerprint
from qualify.services.imports.tables import STAFF_NO, Cells, Column, Fault, Table, TableFile, read_table
from qualify.services.people.career import read_appraisals, read_hired_on
from qualify.services.people.renumbering import read_number
from qualify.services.people.roles import ask_what_becomes, read_roles
from qualify.storage import line_managers, people
from qualify.texts import one_line, staff_number

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
    Column("status", "状态", also=("在职状态", "员工状态", "人员状态", "是否在职", "狀態")),
    Column(
        "hired_on",
        "入职日期",
        also=("入职时间", "入司日期", "入司时间", "入職日期", "hire date", "hiring date", "date of hire"),
    ),
    Column(
        "appraisals",
        "考核",
        also=("考核结果", "考核等级", "年度考核", "绩效考核", "历年考核", "考核結果", "appraisal results"),
    ),
    Column("former_staff_no", "原工号", also=("旧工号", "原员工编号", "former number", "old staff no")),
)


_STATUS = dict.fromkeys(("在职", "在岗", "正式", "试用", "试用期", "实习", "是", "active", "employed", "yes"), True)
_STATUS |= dict.fromkeys(
    ("离职", "已离职", "不在职", "退休", "停用", "否", "left", "inactive", "resigned", "no"), False
)


def read_status(text: str) -> bool | None:
    """Whether the person is here by the word for it; None where it says nothing. Raises InvalidInput."""
    word = "".join(unicodedata.normalize("NFKC", text).split()).lower()
    if word and word not in _STATUS:
        raise InvalidInput("error-status", given=text)
    return _STATUS.get(word)


READERS = dict.fromkeys((column.name for column in COLUMNS), one_line) | {
    "staff_no": read_number,
    "roles": read_roles,
    "status": read_status,
    "former_staff_no": staff_number,
    "hired_on": read_hired_on,
    "appraisals": read_appraisals,
}


class Imported(NamedTuple):
    """What a list of people adds, changes and leaves as it is, by staff number."""

    added: list[str]
    changed: list[str]
    same: list[str]


class Planned(NamedTuple):
    """What a list would do, to count it and to show it."""

    imported: Imported
    preview: Preview


def plan_people(context: Context, actor: Actor, file: TableFile | Cells, *, bring_back: bool = False) -> Planned:
    """What `import_people` would do; raises what it raises, and stores nothing."""
    table = _table(file)
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.CHANGE_PEOPLE)
        stands = _standing(connection, table)
    return _shown(table, _planned(stands, table, bring_back=bring_back))


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
    without roles is an employee. A manager is named by staff number, or by a name that one person bears. Who left by
    the list is deactivated or not added; who was deactivated stays so unless `bring_back`. A former staff number
    finds the person who gets the other one. `expected` is the fingerprint of the preview that somebody agreed to. With
    `dry_run` nothing is stored. Raises Forbidden, InvalidInput, InvalidTable, or ListChanged.
    """
    if dry_run:
        return plan_people(context, actor, file, bring_back=bring_back).imported
    table = _table(file)
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.CHANGE_PEOPLE)
        stands = _standing(connection, table)
    plan = _planned(stands, table, bring_back=bring_back)
    with acting(context, actor) as work:
        people.lock_admins(work.connection)
        work.authorize(Permission.CHANGE_PEOPLE)
        now = _standing(work.connection, table)
        if now != stands:  # somebody was faster: what was worked out beforehand, without the lock, may be wrong
            plan = _planned(now, table, bring_back=bring_back)
        if expected is not None and _fingerprint(plan) != expected:
            raise ListChanged("error-list-changed")
        _store_list(work, plan)
    return plan.imported


_BESIDES = ("manager", "roles", "active")
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
    """What a list comes to, row by row where something changes; by staff number who isn't here though the list has
    them, and who has left and is therefore not added."""

    imported: Imported
    changes: list[_Change]
    away: list[people.ListedPerson]
    leavers: list[str]


class _Standing(NamedTuple):
    """How things stand with the people of a list, and with those above them where it names managers."""

    people: people.KnownPeople
    lines: ManagerLines


def _table(file: TableFile | Cells) -> Table:
    table = read_table(file, COLUMNS, READERS, unique=("staff_no",))
    first: dict[str, int] = {}
    for row in table.rows:
        former = row.values.get("former_staff_no")
        if former and former in first:
            again = InvalidInput("error-cell-repeated", row=str(first[former]))
            table.faults.append(Fault(row.number, "former_staff_no", again))
        first.setdefault(former or "", row.number)
    table.refuse_faults()
    return table


def _standing(connection: Connection, table: Table) -> _Standing:
    numbers = [str(row.values["staff_no"]) for row in table.rows]
    numbers += [row.values["former_staff_no"] for row in table.rows if row.values.get("former_staff_no")]
    return _Standing(people.standing(connection, numbers), lines_of(connection, table.rows))


def _renumbered(stands: people.KnownPeople, table: Table) -> dict[str, str]:
    """The new staff number of each who gets one, by the old one. Raises InvalidTable where that can't be."""
    checked = replace(table, faults=list(table.faults))
    renumbered: dict[str, str] = {}
    for row in table.rows:
        former, new = row.values.get("former_staff_no"), row.values["staff_no"]
        if not former or former == new or (former not in stands.people and new in stands.people):
            continue  # nothing to do, or done before
        with checked.naming(row, "former_staff_no"):
            if former not in stands.people:
                raise InvalidInput("error-former-unknown", given=former)
            if new in stands.people:
                holder = stands.people[new].columns["name"]
                raise InvalidInput("error-staff-no-taken", name=holder, staff_no=new)
            renumbered[former] = new
    checked.refuse_faults()
    return renumbered


def _planned(standing: _Standing, table: Table, *, bring_back: bool) -> _Plan:
    """What the rows come to, compared with how things stand. Raises InvalidTable where a manager or a staff number
    can't be, or InvalidInput when the list would leave the company without an administrator."""
    stands = standing.people
    renumbered = _renumbered(stands, table)
    old = {new: former for former, new in renumbered.items()}
    plan, admins = _Plan(Imported([], [], []), [], [], []), set(stands.admins)
    for row in with_managers(table, standing.lines):
        staff_no = str(row.values["staff_no"])
        known = stands.people.get(old.get(staff_no, staff_no))
        is_here = row.values.get("status")
        if known is None and is_here is False:
            plan.leavers.append(staff_no)
            continue
        if known is not None and not known.active and is_here is not False:
            plan.away.append(known)
        change = _change(known, row.values, renumbered, bring_back=bring_back)
        imported = plan.imported
        (imported.added if known is None else imported.changed if change.differs else imported.same).append(staff_no)
        if not change.differs:
            continue
        plan.changes.append(change)
        admins.discard(old.get(staff_no, staff_no))
        if Role.ADMIN in change.roles and change.differs.get("active", known is None or known.active):
            admins.add(staff_no)
    if stands.admins and not admins:
        raise InvalidInput("error-last-admin")
    return plan


def _change(
    known: people.ListedPerson | None, row: dict[str, Any], renumbered: dict[str, str], *, bring_back: bool
) -> _Change:
    given = {name: value for name, value in row.items() if name not in ("status", "former_staff_no")}
    if given.get("manager"):
        given["manager"] = renumbered.get(given["manager"], given["manager"])
    before = {} if known is None else _as_given(known)
    if before.get("manager") in renumbered:
        before["manager"] = renumbered[before["manager"]]
    roles = sorted(given.get("roles") or before.get("roles") or (Role.EMPLOYEE,))
    after = before | given | {"roles": roles}
    is_here = row.get("status")
    if known is not None and known.active and is_here is False:
        after["active"] = False
    if known is not None and not known.active and is_here is not False and bring_back:
        after["active"] = True
    if "active" in after:
        before["active"] = not after["active"]
    differs = {name: value for name, value in after.items() if before.get(name) != value}
    return _Change(known, before, differs, {name: after[name] for name in given if name not in _BESIDES}, roles)


def _as_given(person: people.ListedPerson) -> dict[str, Any]:
    """A person as the columns of a list name them."""
    return {**person.columns, "roles": sorted(person.roles)}


def _differences(plan: _Plan) -> list[Difference]:
    return [
        Difference(
            str(each.before.get("staff_no") or each.values["staff_no"]),
            str(each.before.get("name") or each.values["name"]),
            each.who is None,
            {name: (each.before.get(name, ""), value) for name, value in each.differs.items()},
        )
        for each in plan.changes
    ]


def _fingerprint(plan: _Plan) -> int:
    """The same for plans that say the same, whether or not those who are away come back by them."""
    staying = [each for each in plan.changes if not each.differs.get("active")]
    staying += [each._replace(differs=rest) for each in plan.changes if (rest := _but_back(each)) is not None]
    said = sorted(repr((_was(each), each.differs, each.values["staff_no"])) for each in staying)
    return fingerprint(said, [each.id for each in plan.away])


def _was(change: _Change) -> dict[str, Any]:
    """What differs, as it was before."""
    return {name: change.before[name] for name in change.differs if name in change.before}


def _but_back(change: _Change) -> dict[str, Any] | None:
    """What else differs about somebody who comes back; None where nothing does, or they don't."""
    rest = {name: value for name, value in change.differs.items() if name != "active"}
    return rest if change.differs.get("active") and rest else None


def _shown(table: Table, plan: _Plan) -> Planned:
    away = [(str(each.columns["staff_no"]), str(each.columns["name"])) for each in plan.away]
    preview = Preview(
        len(table.rows),
        _differences(plan),
        table.ignored,
        len(table.skipped),
        table.guess,
        _fingerprint(plan),
        away=away,
        leavers=plan.leavers,
    )
    return Planned(plan.imported, preview)


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
    _store_who_is_here(work, {key: each.differs["active"] for each, key in changed if "active" in each.differs})
    lines = []
    for each, key in changed:
        lines.append(Change(key, before=_was(each), after=each.differs))
    work.keep_each("import", "person", lines)


def _store_who_is_here(work: UnitOfWork, active: dict[int, bool]) -> None:
    for person_id, is_here in active.items():
        people.set_active(work.connection, person_id, active=is_here)
    for person_id, is_here in active.items():
        if not is_here:
            ask_what_becomes(work, person_id)
