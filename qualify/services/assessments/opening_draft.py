"""What the form says from which assessments are opened, and what it stands for: the standard, the people, and who of
them lacks what an applicant must bring.
"""

import zlib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from qualify.errors import NotFound
from qualify.services import standard_settings
from qualify.services.assessments import eligibility
from qualify.services.assessments.eligibility import Lacking
from qualify.services.assessments.opening import NOBODY, LeftOut, Opening, candidates
from qualify.services.context import Context
from qualify.standard import Level, Standard
from qualify.storage import assessments, names, people
from qualify.storage.columns import LARGEST_ID
from qualify.storage.tables import Person


class Form(BaseModel):
    """What was filled in so far; people by staff number, assessors with their weight. The subject is one person or a
    whole department; without a `lead` the first assessor leads, and it is applied for on the day of opening unless
    `applied` names another."""

    model_config = ConfigDict(frozen=True)

    standard: str = ""
    level: str = ""
    subject: str = ""
    department: str = ""
    without: LeftOut = NOBODY
    assessors: tuple[tuple[str, int], ...] = ()
    lead: str = ""
    due: date | None = None
    applied: date | None = None
    self_assessment: bool = False
    sign_off: bool = True
    exception: str = ""


class Filled(NamedTuple):
    """The form with what it stands for. `subjects` are those it would open an assessment for; of the others,
    `unfinished` still have one by the standard, and `rating` are assessors here themselves.

    `lacking` are all who don't fulfil what the standard asks of applicants: they are exceptions that need a reason,
    unless the form leaves the ineligible out. `mark` tells this content from any other.
    """

    form: Form
    standard: Standard | None
    assessors: list[tuple[Person, int]]
    subjects: list[Person]
    unfinished: list[Person]
    rating: list[Person]
    lacking: list[Lacking]
    applied: date
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
            "exception": self.form.exception or not self.exceptions,
        }
        return [field for field, value in given.items() if not value]

    @property
    def exceptions(self) -> list[Lacking]:
        """For whom it would be opened although they lack something."""
        return [] if self.form.without.ineligible else self.lacking

    @property
    def ineligible(self) -> list[Person]:
        """Who is left out for what they lack."""
        return [each.person for each in self.lacking] if self.form.without.ineligible else []

    @property
    def level(self) -> Level | None:
        """The chosen level, if the standard has it."""
        return _level(self.standard, self.form.level)

    @property
    def lead(self) -> str:
        """The staff number of the assessor who leads, "" while there is none."""
        numbers = [person.staff_no for person, _ in self.assessors]
        return self.form.lead if self.form.lead in numbers else next(iter(numbers), "")


def filled_by(context: Context, connection: Connection, content: str) -> Filled:
    """The stored form with the standard and the people that it stands for."""
    form = Form.model_validate_json(content)
    standard, applied = _standard(context, connection, form.standard), form.applied or context.today()
    rating = list(_people(connection, form.assessors))
    named = names.told_apart(connection, [person for person, _ in rating])
    assessors = [(person, weight) for person, (_, weight) in zip(named, rating, strict=True)]
    subjects, unfinished = (names.told_apart(connection, each) for each in _subjects(connection, form))
    lacking: list[Lacking] = []
    if standard is not None and _level(standard, form.level) is not None:
        lacking = eligibility.lacking(context, connection, standard, form.level, subjects, applied=applied)
    out = {each.person.id for each in lacking} if form.without.ineligible else set()
    return Filled(
        form=form,
        standard=standard,
        assessors=assessors,
        subjects=[each for each in subjects if each.id not in out],
        unfinished=unfinished,
        rating=[person for person, _ in assessors if form.department and person.department == form.department],
        lacking=lacking,
        applied=applied,
        mark=mark_of(content),
    )


def mark_of(text: str) -> int:
    """A number that tells the text from most others, for a button that can't carry the text."""
    return zlib.crc32(text.encode()) & LARGEST_ID


def _standard(context: Context, connection: Connection, standard: str) -> Standard | None:
    """The chosen standard; None when none is chosen, or it is gone, so that another can be chosen."""
    try:
        return standard_settings.in_force(context, connection, standard) if standard else None
    except NotFound:
        return None


def _level(standard: Standard | None, level: str) -> Level | None:
    levels = standard.levels if standard else ()
    return next((each for each in levels if each.id == level), None)


def _people(connection: Connection, assessors: Iterable[tuple[str, int]]) -> Iterable[tuple[Person, int]]:
    for staff_no, weight in assessors:
        person = people.by_staff_no(connection, staff_no)
        if person is not None:
            yield person, weight


def _subjects(connection: Connection, form: Form) -> tuple[list[Person], list[Person]]:
    """Whom it would be opened for, and who has an unfinished assessment by the standard. One person may have two."""
    if form.department:
        return candidates(connection, form.standard, form.department, dict(form.assessors), form.without)
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
        form.applied,
        lead=filled.lead,
        self_assessment=form.self_assessment,
        sign_off=form.sign_off,
        exception=form.exception,
    )
