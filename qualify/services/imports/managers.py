"""The managers that a list of people names: found among those who are known and those whom the list adds."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.services.imports.tables import Table, TableRow
from qualify.services.people.line_managers import all_above, refuse_circle, the_one
from qualify.storage import line_managers
from qualify.texts import staff_number


class ManagerLines(NamedTuple):
    """Who is known: the manager's staff number, or "", of those named and of all above them, by staff number; and the
    staff numbers of those who bear a name that the list gives for a manager."""

    above: dict[str, str]
    called: dict[str, set[str]]


def lines_of(connection: Connection, rows: Iterable[TableRow]) -> ManagerLines:
    """What the database knows of the managers of a list; nothing where the list has no such column."""
    given = {row.values["manager"] for row in rows if row.values.get("manager")}
    if not given:
        return ManagerLines({}, {})
    called = line_managers.called(connection, given)
    numbers = {staff_number(each) for each in given}
    return ManagerLines(all_above(connection, numbers.union(*called.values())), called)


def with_managers(table: Table, lines: ManagerLines) -> list[TableRow]:
    """The rows, each manager by staff number. Raises InvalidTable when one is unknown, ambiguous, or would be led by
    those whom they lead."""
    listed = {str(row.values["staff_no"]): str(row.values["name"]) for row in table.rows}
    called = {name: numbers - listed.keys() for name, numbers in lines.called.items()}
    for staff_no, name in listed.items():
        called.setdefault(name, set()).add(staff_no)
    numbers = lines.above.keys() | listed.keys()
    found: dict[int, str] = {}
    for row in table.rows:
        if given := row.values.get("manager"):
            with table.naming(row, "manager"):
                found[row.number] = the_one(given, numbers, called.get(given, set()))
    rows = [
        row._replace(values=row.values | {"manager": found[row.number]}) if row.number in found else row
        for row in table.rows
    ]
    above = lines.above | {row.values["staff_no"]: row.values["manager"] for row in rows if "manager" in row.values}
    for row in rows:
        if row.values.get("manager"):
            with table.naming(row, "manager"):
                refuse_circle(str(row.values["staff_no"]), above)
    table.refuse_faults()
    return rows
