"""One person at a time: somebody new, and what is known of somebody changed."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from qualify.access import Permission, Role
from qualify.errors import InvalidInput
from qualify.services.authorization import Actor, acting
from qualify.services.context import Context
from qualify.services.people.career import read_appraisals, read_hired_on
from qualify.services.people.directory import known
from qualify.services.people.line_managers import give_manager
from qualify.services.people.renumbering import read_number
from qualify.storage import people
from qualify.storage.tables import CAREER

FIELDS = ("name", "department", "position", "level")
"""What can be changed of a person by a typed word; all but the name may be empty."""
CHANGED = (*FIELDS, "manager", *CAREER)
"""What can be changed of somebody who is known."""
NOTHING = "-"
"""What is typed to empty a field."""
_APART = re.compile(r"\s*[,，;；、\t\n]\s*")


def add(context: Context, actor: Actor, staff_no: str, facts: Mapping[str, str]) -> int:
    """Add somebody who is an employee so far; returns their id. `facts` has some of `FIELDS` and `CAREER`, at least the
    name. Raises Forbidden, or InvalidInput for a number that somebody has or nobody can have, without a name, and for a
    day of hiring that can't be."""
    with acting(context, actor) as work:
        people.lock_admins(work.connection)  # two at once could each find the number free
        work.authorize(Permission.CHANGE_PEOPLE)
        number = read_number(staff_no)
        holder = people.by_staff_no(work.connection, number)
        if holder is not None:
            raise InvalidInput("error-staff-no-taken", name=holder.name, staff_no=number)
        values = {"staff_no": number} | _read({"name": ""} | dict(facts))
        person_id = people.save_person(work.connection, values)
        people.set_roles(work.connection, person_id, (Role.EMPLOYEE,))
        work.keep("add", "person", person_id, after=values | {"roles": [Role.EMPLOYEE]})
        return person_id


def change(context: Context, actor: Actor, staff_no: str, facts: Mapping[str, str]) -> None:
    """Change some of `CHANGED` of a person. Raises Forbidden, NotFound for an unknown number, or InvalidInput without a
    name, or for a manager or a day of hiring that can't be."""
    with acting(context, actor) as work:
        people.lock_admins(work.connection)
        work.authorize(Permission.CHANGE_PEOPLE)
        person, values = known(work.connection, staff_no), _read(facts)
        if (manager := values.pop("manager", None)) is not None:
            give_manager(work, person, manager)
        before = {name: getattr(person, name) for name in values}
        differs = {name: value for name, value in values.items() if before[name] != value}
        if differs:
            people.save_person(work.connection, {"staff_no": person.staff_no} | differs)
            work.keep("change", "person", person.id, before={name: before[name] for name in differs}, after=differs)


def _read(facts: Mapping[str, str]) -> dict[str, Any]:
    words = {name: " ".join(value.split()) for name, value in facts.items()}
    words = {name: "" if value == NOTHING else value for name, value in words.items()}
    if not words.get("name", "-"):
        raise InvalidInput("error-name-empty")
    return {name: _READERS[name](value) if name in _READERS else value for name, value in words.items()}


_READERS: Mapping[str, Callable[[str], Any]] = {"hired_on": read_hired_on, "appraisals": read_appraisals}


def read_line(text: str) -> tuple[str, dict[str, str]]:
    """The staff number and the facts of somebody new from one line: number, name, department, position, level, with
    commas or the like between them, or else spaces. Raises InvalidInput for less than two words or more than five."""
    words = _APART.split(text.strip())
    if len(words) == 1:
        words = text.split()
    if not 2 <= len(words) <= 1 + len(FIELDS):
        raise InvalidInput("error-person-line", most=str(1 + len(FIELDS)), given=str(len(words)))
    return words[0], dict(zip(FIELDS, words[1:], strict=False))
