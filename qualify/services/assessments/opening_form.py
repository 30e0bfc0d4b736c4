"""The form that an assessment is opened from, filled in field by field: each is on the disk at once, and what is
complete opens exactly once.

Every change raises Forbidden, and Stale when there is no form: it was opened or thrown away.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Concatenate, NamedTuple, ParamSpec

from sqlalchemy import Connection

from qualify.access import Permission
from qualify.errors import InvalidInput, Stale
from qualify.services import standard_settings
from qualify.services.assessments.amendments import check_due
from qualify.services.assessments.opening import (
    NOBODY,
    LeftOut,
    OpenedBatch,
    check_applied,
    check_exception,
    check_level,
    open_each,
    open_one,
)
from qualify.services.assessments.opening_draft import Filled, Form, filled_by, opening_of
from qualify.services.authorization import Actor, acting, authorize
from qualify.services.context import Context, done_before, reads, shown_again_by
from qualify.storage import drafts, names, people
from qualify.storage.tables import DraftKind, Person

P = ParamSpec("P")


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
        return filled_by(context, connection, _found(drafts.get(connection, telegram_id, DraftKind.OPENING)))


def _as_it_stands(context: Context, actor: Actor, telegram_id: int, *_: object, **__: object) -> Filled:
    return look(context, actor, telegram_id)


@shown_again_by(_as_it_stands)
def begin(context: Context, actor: Actor, telegram_id: int) -> Filled:
    """The form as it was left, or an empty one. Raises Forbidden."""
    with acting(context, actor) as work:
        work.authorize(Permission.OPEN)
        content = drafts.get(work.connection, telegram_id, DraftKind.OPENING)
        if content is None:
            content = Form().model_dump_json()
            drafts.save(work.connection, telegram_id, DraftKind.OPENING, content)
        return filled_by(context, work.connection, content)


def discard(context: Context, actor: Actor, telegram_id: int) -> None:
    """Throw the form away, if there is one. Raises Forbidden."""
    with acting(context, actor) as work:
        work.authorize(Permission.OPEN)
        drafts.take(work.connection, telegram_id, DraftKind.OPENING)


def _field(
    chosen: Callable[Concatenate[Context, Connection, Form, P], Form],
) -> Callable[Concatenate[Context, Actor, int, P], Filled]:
    """The service that fills a field in as `chosen` says, on the disk; it raises what `chosen` raises."""

    @shown_again_by(_as_it_stands)
    @wraps(chosen)
    def filling(context: Context, actor: Actor, telegram_id: int, /, *values: P.args, **switches: P.kwargs) -> Filled:
        with acting(context, actor) as work:
            work.authorize(Permission.OPEN)
            form = Form.model_validate_json(
                _found(drafts.get(work.connection, telegram_id, DraftKind.OPENING, lock=True))
            )
            content = chosen(context, work.connection, form, *values, **switches).model_dump_json()
            drafts.save(work.connection, telegram_id, DraftKind.OPENING, content)
            return filled_by(context, work.connection, content)

    return filling


def _with(form: Form, **values: object) -> Form:
    return form.model_copy(update=values)


def _about_others(form: Form, **values: object) -> Form:
    """The form about others than before: a reason for an exception was not meant for them."""
    return _with(form, **values, exception="")


@_field
def set_standard(context: Context, connection: Connection, form: Form, standard: str) -> Form:
    """Choose the standard; a level chosen for another one is forgotten. Raises NotFound for one that isn't there."""
    standard_settings.in_force(context, connection, standard)
    return form if form.standard == standard else _about_others(form, standard=standard, level="")


@_field
def set_level(context: Context, connection: Connection, form: Form, level: str) -> Form:
    """Choose the level. Raises InvalidInput for one that the standard doesn't have."""
    check_level(standard_settings.in_force(context, connection, form.standard), level)
    return form if form.level == level else _about_others(form, level=level)


@_field
def set_subject(_: Context, connection: Connection, form: Form, person_id: int) -> Form:
    """Choose one person, who then doesn't rate. Raises Stale for somebody who isn't here any more."""
    staff_no = _active(connection, person_id).staff_no
    others = tuple(each for each in form.assessors if each[0] != staff_no)
    return _about_others(form, subject=staff_no, department="", without=NOBODY, assessors=others)


@_field
def set_department(_: Context, __: Connection, form: Form, department: str) -> Form:
    """Choose a whole department."""
    return _about_others(form, subject="", department=department, without=NOBODY)


@_field
def leave_out(_: Context, __: Connection, form: Form, what: str, value: str, *, out: bool) -> Form:
    """Leave people out of the department's assessments, or let them in again: `what` is the field of `LeftOut` that
    gets or loses the value."""
    values = getattr(form.without, what)
    return _with(form, without=form.without._replace(**{what: values | {value} if out else values - {value}}))


@_field
def leave_ineligible_out(_: Context, __: Connection, form: Form, *, out: bool) -> Form:
    """Leave those of the department out who don't fulfil what the standard asks of applicants, or let them in again.
    Raises Stale for a form about one person."""
    if not form.department:
        raise Stale("error-stale")
    return _with(form, without=form.without._replace(ineligible=out))


@_field
def set_exception(_: Context, __: Connection, form: Form, reason: str) -> Form:
    """Say why it is opened for who doesn't fulfil what the standard asks of applicants. Raises InvalidInput for no
    words, or too many."""
    return _with(form, exception=check_exception(reason))


@_field
def set_assessor(_: Context, connection: Connection, form: Form, person_id: int, weight: int) -> Form:
    """Let a person rate with this weight (1…3), or with 0 not at all. Raises InvalidInput for the subject, and Stale
    for another weight or somebody who isn't here any more."""
    if not 0 <= weight <= MAX_WEIGHT:
        raise Stale("error-stale")
    person = _active(connection, person_id)
    if weight and person.staff_no == form.subject:
        raise InvalidInput("error-own-assessor", name=person.name)
    weights = dict(form.assessors) | {person.staff_no: weight}
    return _with(form, assessors=tuple(each for each in weights.items() if each[1]))


@_field
def set_lead(_: Context, connection: Connection, form: Form, person_id: int) -> Form:
    """Choose who leads. Raises InvalidInput for somebody who doesn't rate."""
    staff_no = _active(connection, person_id).staff_no
    if staff_no not in dict(form.assessors):
        raise InvalidInput("error-lead", staff_no=staff_no)
    return _with(form, lead=staff_no)


@_field
def set_due(context: Context, _: Connection, form: Form, due: date) -> Form:
    """Choose the due date. Raises InvalidInput for a day that has passed."""
    check_due(context, due)
    return _with(form, due=due)


@_field
def set_applied(context: Context, _: Connection, form: Form, applied: date | None) -> Form:
    """Choose the application date; None = the day of opening. Raises InvalidInput for a day that hasn't come, or that
    is too long ago."""
    if applied is not None:
        check_applied(context, applied)
    return form if form.applied == applied else _about_others(form, applied=applied)


@_field
def set_self_assessment(_: Context, __: Connection, form: Form, *, asked: bool) -> Form:
    """Choose whether the employee is asked as well."""
    return _with(form, self_assessment=asked)


@_field
def set_sign_off(_: Context, __: Connection, form: Form, *, required: bool) -> Form:
    """Choose whether a human signs the result, or it is published as soon as all reviews are in."""
    return _with(form, sign_off=required)


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
        form = Form.model_validate_json(_found(drafts.get(connection, telegram_id, DraftKind.OPENING)))
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


@shown_again_by(done_before)
def open_form(context: Context, actor: Actor, telegram_id: int, mark: int, *, again: bool = False) -> Opened:
    """Open what the form says, and use the form up in the same transaction.

    `mark` is that of the form as it was shown; `again` confirms a second assessment of one person. Raises Stale when it
    was opened already or says something else by now, InvalidInput when a field is missing, and what opening raises; the
    form then stays as it is.
    """
    with acting(context, actor) as work:
        work.authorize(Permission.OPEN)
        taken = _found(drafts.take(work.connection, telegram_id, DraftKind.OPENING))
        filled = filled_by(context, work.connection, taken)
        if filled.mark != mark:
            raise Stale("error-stale")
        if filled.missing:
            raise InvalidInput("error-form-incomplete")
        opening = opening_of(filled)
        if filled.form.department:
            return Opened(filled, open_each(work, opening, filled.form.department, filled.form.without))
        return Opened(filled, OpenedBatch({opening.subject: open_one(work, opening, again=again)}, []))


def _found(content: str | None) -> str:
    if content is None:
        raise Stale("error-stale")
    return content


def _active(connection: Connection, person_id: int) -> Person:
    found = people.by_ids(connection, [person_id]).get(person_id)
    if found is None or not found.active:
        raise Stale("error-stale")
    return found
