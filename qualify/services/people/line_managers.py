"""Who leads whom: everybody has at most one manager, who is a person of the company. Nobody is above themselves."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection

from qualify.access import Permission
from qualify.errors import InvalidInput, QualifyError
from qualify.services.authorization import Actor, acting
from qualify.services.context import Context
from qualify.services.people.directory import known
from qualify.storage import line_managers, people
from qualify.texts import staff_number

MOST_ABOVE = 100
"""No company is deeper: who is that far up isn't looked at."""
MOST_NAMED = 5
"""So many of a circle, or of several people of one name, are named."""


def set_manager(context: Context, actor: Actor, staff_no: str, manager: str) -> None:
    """Give somebody this manager, named by staff number or by a name that one person bears; none for "".

    Raises Forbidden, NotFound for an unknown `staff_no`, or InvalidInput: nobody or several people are called so, or
    the person would be above themselves.
    """
    with acting(context, actor) as work:
        people.lock_admins(work.connection)  # two changes at once could close a circle that neither of them sees
        work.authorize(Permission.CHANGE_PEOPLE)
        person = known(work.connection, staff_no)
        above = all_above(work.connection, [person.staff_no])
        before = above.get(person.staff_no, "")
        after = _found(work.connection, manager) if manager else ""
        above |= all_above(work.connection, [after] if after else [])
        refuse_circle(person.staff_no, above | {person.staff_no: after})
        line_managers.set_managers(work.connection, {person.id: after})
        work.keep("manager", "person", person.id, before={"manager": before}, after={"manager": after})


def _found(connection: Connection, given: str) -> str:
    """The staff number of the person who is called so. Raises InvalidInput."""
    given = given.strip()
    numbers = line_managers.above(connection, [staff_number(given)])
    return the_one(given, numbers, line_managers.called(connection, [given]).get(given, set()))


def the_one(given: str, numbers: Collection[str], called: Collection[str]) -> str:
    """The staff number that `given` is or, being a name, stands for: one of `numbers`, or the only one of those who are
    `called` so. Raises InvalidInput."""
    if (number := staff_number(given)) in numbers:
        return number
    if not called:
        raise InvalidInput("error-manager-unknown", given=given)
    if len(called) > 1:
        raise InvalidInput("error-manager-several", given=given, numbers=_named(sorted(called)))
    return next(iter(called))


def all_above(connection: Connection, staff_numbers: Collection[str]) -> dict[str, str]:
    """The manager's staff number, or "", of these people, of their managers, and so on up: a statement a step."""
    found: dict[str, str] = {}
    wanted = set(staff_numbers)
    for _ in range(MOST_ABOVE):
        if not wanted:
            break
        found |= line_managers.above(connection, wanted)
        wanted = {manager for manager in found.values() if manager} - found.keys()
    return found


def refuse_circle(staff_no: str, above: Mapping[str, str]) -> None:
    """Raises InvalidInput when the person is their own manager, or above themselves, with `above` as it would be."""
    line: list[str] = [staff_no]
    while (manager := above.get(line[-1], "")) and manager not in line:
        line.append(manager)
    if manager == staff_no:
        raise _closed([*line, staff_no])


def _closed(line: list[str]) -> QualifyError:
    if len(line) == 2:
        return InvalidInput("error-manager-self")
    return InvalidInput("error-manager-circle", line=_named(line, " → "))


def _named(numbers: list[str], separator: str = ", ") -> str:
    """The numbers; of very many the first and the last."""
    if len(numbers) > MOST_NAMED:
        numbers = [*numbers[: MOST_NAMED - 1], "…", numbers[-1]]
    return separator.join(numbers)
