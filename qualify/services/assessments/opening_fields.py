"""The form that an assessment is opened from: what was filled in, what that stands for, and what is missing."""

import zlib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from qualify.errors import NotFound
from qualify.services.assessments.opening import Opening, candidates
from qualify.services.context import Context
from qualify.standard import Level, Standard
from qualify.storage import assessments, people
from qualify.storage.tables import Person


class Form(BaseModel):
    """What was filled in so far; people by staff number, assessors with their weight. The subject is one person or a
    whole department; without a `lead` the first assessor leads."""

    model_config = ConfigDict(frozen=True)

    standard: str = ""
    level: str = ""
    subject: str = ""
    department: str = ""
    assessors: tuple[tuple[str, int], ...] = ()
    lead: str = ""
    due: date | None = None
    self_assessment: bool = False
    sign_off: bool = True


class Filled(NamedTuple):
    """The form with what it stands for. `subjects` are those it would open an assessment for; of the others,
    `unfinished` still have one by the standard, and `rating` are assessors here themselves.

    `mark` tells this content from any other.
    """

    form: Form
    standard: Standard | None
    assessors: list[tuple[Person, int]]
    subjects: list[Person]
    unfinished: list[Person]
    rating: list[Person]
    mark: int

    @property
    def missing(self) -> list[str]:
        """The names of the fields without which nothing can be opened."""
        given = {
            "standard": self.standard,
            "level": self.level,
            "whom": self.subjects,
            "assessors": self.assessors,
            "due": self.form.due,
        }
        return [field for field, value in given.items() if not value]

    @property
    def level(self) -> Level | None:
        """The chosen level, if the standard has it."""
        levels = self.standard.levels if self.standard else ()
        return next((level for level in levels if level.id == self.form.level), None)

    @property
    def lead(self) -> str:
        """The staff number of the assessor who leads, "" while there is none."""
        numbers = [person.staff_no for person, _ in self.assessors]
        return self.form.lead if self.form.lead in numbers else next(iter(numbers), "")


def filled_by(context: Context, connection: Connection, content: str) -> Filled:
    """What the stored form stands for."""
    form = Form.model_validate_json(content)
    assessors = list(_people(connection, form.assessors))
    subjects, unfinished = _subjects(connection, form)
    return Filled(
        form=form,
        standard=_standard(context, form.standard),
        assessors=assessors,
        subjects=subjects,
        unfinished=unfinished,
        rating=[person for person, _ in assessors if form.department and person.department == form.department],
        mark=zlib.crc32(content.encode()),
    )


def _standard(context: Context, standard: str) -> Standard | None:
    """None as well for one that is there no more, so that another can be chosen."""
    try:
        return context.standards.get(standard) if standard else None
    except NotFound:
        return None


def _people(connection: Connection, assessors: Iterable[tuple[str, int]]) -> Iterable[tuple[Person, int]]:
    for staff_no, weight in assessors:
        person = people.by_staff_no(connection, staff_no)
        if person is not None:
            yield person, weight


def _subjects(connection: Connection, form: Form) -> tuple[list[Person], list[Person]]:
    """Whom it would be opened for, and who has an unfinished assessment by the standard. One person may have two."""
    if form.department:
        return candidates(connection, form.standard, form.department, dict(form.assessors))
    person = people.by_staff_no(connection, form.subject) if form.subject else None
    if person is None or not person.active:
        return [], []
    busy = assessments.unfinished_of(connection, [person.id], form.standard)
    return [person], [person] if busy else []


def opening_of(filled: Filled) -> Opening:
    """What to open, from a form in which nothing is missing."""
    form = filled.form
    assert form.due is not None, "nothing is missing"
    return Opening(
        form.standard,
        form.level,
        form.subject,
        tuple((staff_no, Decimal(weight)) for staff_no, weight in form.assessors),
        form.due,
        lead=filled.lead,
        self_assessment=form.self_assessment,
        sign_off=form.sign_off,
    )
