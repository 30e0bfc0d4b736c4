"""The form from which assessments are opened, and what was opened."""

from collections.abc import Sequence
from decimal import Decimal

from bot.render.admin.menu import admin, back, brief
from bot.render.message import Button, Message, Rows, bold, esc, short
from qualify.errors import QualifyError
from qualify.scoring import plain
from qualify.services.assessments.opening_draft import Filled
from qualify.services.assessments.opening_form import Opened
from qualify.storage.tables import Person
from qualify.texts import say

MAX_DEPARTMENT = 30
MAX_NAMES = 200
"""How many characters a list of names may take in the form."""
MAX_REASON = 100
MOST_LACKING, MAX_LACKING = 10, 200
"""How many of those who lack something are named, and in how many characters each."""


def form_message(filled: Filled, language: str) -> Message:
    """Every field with its value, what is missing, and a button for each field; one that opens once nothing is
    missing."""
    fields = [
        ("standard", filled.standard.name.in_language(language) if filled.standard else ""),
        ("level", filled.level.name.in_language(language) if filled.level else ""),
        ("whom", _whom(filled, language)),
        ("assessors", joined([assessor_words(filled, *each, language) for each in filled.assessors], language)),
        ("due", filled.form.due.isoformat() if filled.form.due else ""),
        ("applied", _applied(filled, language)),
        ("self", say(language, f"admin-form-self-{_yes(filled.form.self_assessment)}")),
        ("sign", say(language, f"admin-form-sign-{_yes(filled.form.sign_off)}")),
    ]
    if filled.exceptions:
        fields.append(("exception", short(filled.form.exception, MAX_REASON)))
    lines = [bold(say(language, "admin-form")), ""]
    lines += [esc(_line(field, value, language)) for field, value in fields]
    lines += ["", *map(esc, _remarks(filled, language))]
    return Message("\n".join(lines).rstrip(), _form_rows(filled, language))


def _line(field: str, value: str, language: str) -> str:
    named = say(language, f"admin-form-{field}")
    return say(language, "admin-form-line", field=named, value=value or say(language, "admin-form-blank"))


def _applied(filled: Filled, language: str) -> str:
    day = filled.applied.isoformat()
    return day if filled.form.applied else say(language, "admin-form-today", date=day)


def _whom(filled: Filled, language: str) -> str:
    form = filled.form
    if form.department:
        return department_words(form.department, len(filled.subjects), language)
    return "".join(person_words(person, language) for person in filled.subjects)


def department_words(department: str, count: int, language: str) -> str:
    """A department's name and a number of its people."""
    name = short(department, MAX_DEPARTMENT)
    return say(language, "admin-form-department", department=name, count=str(count))


def person_words(person: Person, language: str) -> str:
    """A person's name and staff number."""
    return say(language, "admin-form-person", name=brief(person.name), staff=brief(person.staff_no))


def assessor_words(filled: Filled, person: Person, weight: int, language: str) -> str:
    """An assessor's name and weight; when there are several, also who leads."""
    lead = _yes(person.staff_no == filled.lead and len(filled.assessors) > 1)
    return say(language, "admin-form-assessor", name=brief(person.name), times=times_words(weight), lead=lead)


def times_words(weight: int | Decimal) -> str:
    """A weight as the texts take it: `one` for 1, which they don't mention, otherwise the number."""
    return "one" if weight == 1 else plain(Decimal(weight))


def _yes(true: bool) -> str:
    return "yes" if true else "no"


def joined(words: Sequence[str], language: str) -> str:
    """Names in one line; a very long list is cut."""
    return short(say(language, "explain-separator").join(words), MAX_NAMES)


def _names(people: Sequence[Person], language: str) -> str:
    return joined([brief(person.name) for person in people], language)


def _remarks(filled: Filled, language: str) -> list[str]:
    """Lines that say who is left out and what is missing."""
    lines = [*_lacking(filled, language), *_left_out(filled, language)]
    if filled.form.department and not filled.subjects:
        lines.append(say(language, "admin-form-none-left", department=short(filled.form.department, MAX_DEPARTMENT)))
    if filled.missing:
        fields = [say(language, f"admin-form-{field}") for field in filled.missing]
        lines.append(say(language, "admin-form-missing", fields=joined(fields, language)))
    return lines


def _lacking(filled: Filled, language: str) -> list[str]:
    """Who doesn't fulfil what the standard asks of applicants, and what of it: of many the first ones."""
    if not filled.exceptions:
        return []
    shown = filled.exceptions[:MOST_LACKING]
    lines = [say(language, "admin-form-lacking", count=str(len(filled.exceptions)))]
    lines += [short(f"· {each.say(language)}", MAX_LACKING) for each in shown]
    if more := len(filled.exceptions) - len(shown):
        lines.append(say(language, "admin-form-lacking-more", count=str(more)))
    return [*lines, ""]


def _left_out(filled: Filled, language: str) -> list[str]:
    lines = []
    if filled.unfinished:
        key = "admin-form-left-out" if filled.form.department else "admin-form-unfinished"
        lines.append(say(language, key, names=_names(filled.unfinished, language)))
    if filled.ineligible:
        lines.append(say(language, "admin-form-ineligible-out", names=_names(filled.ineligible, language)))
    if filled.rating:
        lines.append(say(language, "admin-form-rating", names=_names(filled.rating, language)))
    return lines


def _form_rows(filled: Filled, language: str) -> Rows:
    form = filled.form
    level = [_field("level", language)] if filled.standard else []
    rows = [
        [_field("standard", language), *level],
        [_field("whom", language), _field("assessors", language)],
        [_field("due", language), _field("applied", language)],
        *([[_field("members", language)]] if form.department else []),
        [_switch("self", form.self_assessment, language), _switch("sign", form.sign_off, language)],
    ]
    if filled.lacking:
        rows.append(_exception_row(filled, language))
    if not filled.missing:
        text = say(language, "admin-form-open", count=str(len(filled.subjects)))
        rows.append([admin(text, "new-open", filled.mark, style="success")])
    return [*rows, [admin(say(language, "admin-form-discard"), "new-discard"), back(language, "assess")]]


def _exception_row(filled: Filled, language: str) -> list[Button]:
    """What becomes of those who lack something: one reason for all, or of a department they are left out."""
    row = [_field("exception", language)] if filled.exceptions else []
    if filled.form.department:
        out = filled.form.without.ineligible
        text = say(language, "admin-form-ineligible", count=str(len(filled.lacking)))
        row.append(admin(f"{'☑' if out else '☐'} {text}", "new-ineligible", not out))
    return row


def _field(field: str, language: str) -> Button:
    return admin(say(language, f"admin-form-{field}"), f"new-{field}")


def _switch(field: str, on: bool, language: str) -> Button:
    """A button that carries the value it sets, so that a doubled press switches once."""
    return admin(f"{'☑' if on else '☐'} {say(language, f'admin-form-{field}')}", f"new-{field}", not on)


def second_message(refusal: QualifyError, mark: int, language: str) -> Message:
    """Says which assessment of the person isn't finished, with the button that opens a second one all the same."""
    yes = admin(say(language, "admin-form-second"), "new-open", mark, 1, style="primary")
    see = admin(say(language, "admin-form-see"), "case", int(str(refusal.values["id"])))
    text = esc(say(language, refusal.key, **refusal.values))
    return Message(text, [[see], [yes], [back(language, "assess")]])


def opened_message(opened: Opened, language: str) -> Message:
    """What was opened, and who was left out and why."""
    filled, batch = opened
    assert filled.standard is not None
    assert filled.level is not None
    head = [filled.standard.name.in_language(language), filled.level.name.in_language(language)]
    lines = [bold(say(language, "admin-form-opened", count=str(len(batch.opened)))), esc(" · ".join(head))]
    lines.append(esc(_names([each for each in filled.subjects if each.staff_no in batch.opened], language)))
    if filled.form.department:
        lines += ["", *map(esc, _left_out(filled, language))]
    return Message("\n".join(lines).rstrip(), [[back(language, "assess")]])
