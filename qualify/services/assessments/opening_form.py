"""The form that an assessment is opened from, filled in field by field: each is on the disk at once, and what is
complete opens exactly once.

Every change raises Forbidden, and Stale when there is no form: it was opened or thrown away.
"""

import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from qualify.access import Permission
from qualify.errors import InvalidInput, NotFound, Stale
from qualify.services.assessments.amendments import check_due
from qualify.services.assessments.opening import (
    NOBODY,
    LeftOut,
    OpenedBatch,
    Opening,
    candidates,
    check_level,
    open_each,
    open_one,
)
from qualify.services.authorization import Actor, acting, authorize
from qualify.services.context import Context, done_before, reads, shown_again_by
from qualify.standard import Level, Standard
from qualify.storage import assessments, drafts, names, people
from qualify.storage.columns import LARGEST_ID
from qualify.storage.tables import Person


class Form(BaseModel):
    """What was filled in so far; people by staff number, assessors with their weight. The subject is one person or a
    whole department; without a `lead` the first assessor leads."""

    model_config = ConfigDict(frozen=True)

    standard: str = ""
    level: str = ""
    subject: str = ""
    department: str = ""
    without: LeftOut = NOBODY
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
    """The stored form with the standard and the people that it stands for."""
    form = Form.model_validate_json(content)
    rating = list(_people(connection, form.assessors))
    named = names.told_apart(connection, [person for person, _ in rating])
    assessors = [(person, weight) for person, (_, weight) in zip(named, rating, strict=True)]
    subjects, unfinished = (names.told_apart(connection, each) for each in _subjects(connection, form))
    return Filled(
        form=form,
        standard=_standard(context, form.standard),
        assessors=assessors,
        subjects=subjects,
        unfinished=unfinished,
        rating=[person for person, _ in assessors if form.department and person.department == form.department],
        mark=mark_of(content),
    )


def mark_of(text: str) -> int:
    """A number that tells the text from most others, for a button that can't carry the text."""
    return zlib.crc32(text.encode()) & LARGEST_ID


def _standard(context: Context, standard: str) -> Standard | None:
    """The chosen standard; None when none is chosen, or it is gone, so that another can be chosen."""
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
        lead=filled.lead,
        self_assessment=form.self_assessment,
        sign_off=form.sign_off,
    )


MAX_WEIGHT = 3


class Opened(NamedTuple):
    """What the form said, and what came of it."""

    filled: Filled
    batch: OpenedBatch


@reads
def look(context: Context, actor: Actor, telegram_id: int) -> Filled:
    """The form as it stands. Raises Forbidden, or Stale when there is none: it was opened or thrown away."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.OPEN)
        return filled_by(context, connection, _found(drafts.get(connection, telegram_id)))


def _as_it_stands(context: Context, actor: Actor, telegram_id: int, *_: object, **__: object) -> Filled:
    return look(context, actor, telegram_id)


@shown_again_by(_as_it_stands)
def begin(context: Context, actor: Actor, telegram_id: int) -> Filled:
    """The form as it was left, or an empty one. Raises Forbidden."""
    with acting(context, actor) as work:
        work.authorize(Permission.OPEN)
        content = drafts.get(work.connection, telegram_id)
        if content is None:
            content = Form().model_dump_json()
            drafts.save(work.connection, telegram_id, content)
        return filled_by(context, work.connection, content)


def discard(context: Context, actor: Actor, telegram_id: int) -> None:
    """Throw the form away, if there is one. Raises Forbidden."""
    with acting(context, actor) as work:
        work.authorize(Permission.OPEN)
        drafts.take(work.connection, telegram_id)


@shown_again_by(_as_it_stands)
def set_standard(context: Context, actor: Actor, telegram_id: int, standard: str) -> Filled:
    """Choose the standard; a level chosen for another one is forgotten. Raises NotFound for one that isn't there."""
    context.standards.get(standard)

    def chosen(_: Connection, form: Form) -> Form:
        return form if form.standard == standard else _with(form, standard=standard, level="")

    return _change(context, actor, telegram_id, chosen)


@shown_again_by(_as_it_stands)
def set_level(context: Context, actor: Actor, telegram_id: int, level: str) -> Filled:
    """Choose the level. Raises InvalidInput for one that the standard doesn't have."""

    def chosen(_: Connection, form: Form) -> Form:
        check_level(context.standards.get(form.standard), level)
        return _with(form, level=level)

    return _change(context, actor, telegram_id, chosen)


@shown_again_by(_as_it_stands)
def set_subject(context: Context, actor: Actor, telegram_id: int, person_id: int) -> Filled:
    """Choose one person, who then doesn't rate. Raises Stale for somebody who isn't here any more."""

    def chosen(connection: Connection, form: Form) -> Form:
        staff_no = _active(connection, person_id).staff_no
        others = tuple(each for each in form.assessors if each[0] != staff_no)
        return _with(form, subject=staff_no, department="", assessors=others)

    return _change(context, actor, telegram_id, chosen)


@shown_again_by(_as_it_stands)
def set_department(context: Context, actor: Actor, telegram_id: int, department: str) -> Filled:
    """Choose a whole department."""
    return _change(
        context, actor, telegram_id, lambda _, form: _with(form, subject="", department=department, without=NOBODY)
    )


class Members(NamedTuple):
    """The active people of the form's department who don't rate: some of them, `total` in all, the number of each
    position and level, and who is left out."""

    people: list[Person]
    total: int
    positions: list[tuple[str, int]]
    levels: list[tuple[str, int]]
    without: LeftOut


@reads
def members(context: Context, actor: Actor, telegram_id: int, first: int, most: int) -> Members:
    """Who could be left out, from the place `first` on. Raises Forbidden, or Stale when there is no form about a
    department."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.OPEN)
        form = Form.model_validate_json(_found(drafts.get(connection, telegram_id)))
        return _members(connection, form, first, most)


def _members(connection: Connection, form: Form, first: int, most: int) -> Members:
    if not form.department:
        raise Stale("error-stale")
    rating = dict(form.assessors)
    everybody = [each for each in people.of_department(connection, form.department) if each.staff_no not in rating]
    shown = names.told_apart(connection, everybody[first : first + most])
    positions, levels = (
        sorted(Counter(value for each in everybody if (value := getattr(each, fact))).items())
        for fact in ("position", "level")
    )
    return Members(shown, len(everybody), positions, levels, form.without)


@shown_again_by(_as_it_stands)
def leave_out(context: Context, actor: Actor, telegram_id: int, what: str, value: str, *, out: bool) -> Filled:
    """Leave people out of the department's assessments, or let them in again: `what` is the field of `LeftOut` that
    gets or loses the value."""

    def chosen(_: Connection, form: Form) -> Form:
        values = getattr(form.without, what)
        return _with(form, without=form.without._replace(**{what: values | {value} if out else values - {value}}))

    return _change(context, actor, telegram_id, chosen)


@shown_again_by(_as_it_stands)
def set_assessor(context: Context, actor: Actor, telegram_id: int, person_id: int, weight: int) -> Filled:
    """Let a person rate with this weight (1…3), or with 0 not at all. Raises InvalidInput for the subject, and Stale
    for another weight or somebody who isn't here any more."""
    if not 0 <= weight <= MAX_WEIGHT:
        raise Stale("error-stale")

    def chosen(connection: Connection, form: Form) -> Form:
        person = _active(connection, person_id)
        if weight and person.staff_no == form.subject:
            raise InvalidInput("error-own-assessor", name=person.name)
        weights = dict(form.assessors) | {person.staff_no: weight}
        return _with(form, assessors=tuple(each for each in weights.items() if each[1]))

    return _change(context, actor, telegram_id, chosen)


@shown_again_by(_as_it_stands)
def set_lead(context: Context, actor: Actor, telegram_id: int, person_id: int) -> Filled:
    """Choose who leads. Raises InvalidInput for somebody who doesn't rate."""

    def chosen(connection: Connection, form: Form) -> Form:
        staff_no = _active(connection, person_id).staff_no
        if staff_no not in dict(form.assessors):
            raise InvalidInput("error-lead", staff_no=staff_no)
        return _with(form, lead=staff_no)

    return _change(context, actor, telegram_id, chosen)


@shown_again_by(_as_it_stands)
def set_due(context: Context, actor: Actor, telegram_id: int, due: date) -> Filled:
    """Choose the due date. Raises InvalidInput for a day that has passed."""
    check_due(context, due)
    return _change(context, actor, telegram_id, lambda _, form: _with(form, due=due))


@shown_again_by(_as_it_stands)
def set_self_assessment(context: Context, actor: Actor, telegram_id: int, *, asked: bool) -> Filled:
    """Choose whether the employee is asked as well."""
    return _change(context, actor, telegram_id, lambda _, form: _with(form, self_assessment=asked))


@shown_again_by(_as_it_stands)
def set_sign_off(context: Context, actor: Actor, telegram_id: int, *, required: bool) -> Filled:
    """Choose whether a human signs the result, or it is published as soon as all reviews are in."""
    return _change(context, actor, telegram_id, lambda _, form: _with(form, sign_off=required))


@shown_again_by(done_before)
def open_form(context: Context, actor: Actor, telegram_id: int, mark: int, *, again: bool = False) -> Opened:
    """Open what the form says, and use the form up in the same transaction.

    `mark` is that of the form as it was shown; `again` confirms a second assessment of one person. Raises Stale when it
    was opened already or says something else by now, InvalidInput when a field is missing, and what opening raises; the
    form then stays as it is.
    """
    with acting(context, actor) as work:
        work.authorize(Permission.OPEN)
        filled = filled_by(context, work.connection, _found(drafts.take(work.connection, telegram_id)))
        if filled.mark != mark:
            raise Stale("error-stale")
        if filled.missing:
            raise InvalidInput("error-form-incomplete")
        opening = opening_of(filled)
        if filled.form.department:
            return Opened(filled, open_each(work, opening, filled.form.department, filled.form.without))
        return Opened(filled, OpenedBatch({opening.subject: open_one(work, opening, again=again)}, []))


def _change(context: Context, actor: Actor, telegram_id: int, chosen: Callable[[Connection, Form], Form]) -> Filled:
    """One field filled in, on the disk. Raises Forbidden, Stale when there is no form, and what `chosen` raises."""
    with acting(context, actor) as work:
        work.authorize(Permission.OPEN)
        form = Form.model_validate_json(_found(drafts.get(work.connection, telegram_id, lock=True)))
        content = chosen(work.connection, form).model_dump_json()
        drafts.save(work.connection, telegram_id, content)
        return filled_by(context, work.connection, content)


def _with(form: Form, **values: object) -> Form:
    return form.model_copy(update=values)


def _found(content: str | None) -> str:
    if content is None:
        raise Stale("error-stale")
    return content


def _active(connection: Connection, person_id: int) -> Person:
    found = people.by_ids(connection, [person_id]).get(person_id)
    if found is None or not found.active:
        raise Stale("error-stale")
    return found
