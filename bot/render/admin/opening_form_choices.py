"""The questions of the form, one screen for each field, with the answers as buttons."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.render.admin.menu import admin, back, brief, pages, turns
from bot.render.admin.opening_form import assessor_words, department_words, person_words
from bot.render.admin.people import count_words
from bot.render.message import Button, Message, Rows, esc, in_rows
from qualify.services.assessments.opening_draft import Filled, mark_of
from qualify.services.assessments.opening_form import MAX_WEIGHT, Members
from qualify.services.people.directory import AssessorPage
from qualify.standard import Standard
from qualify.storage.search import Matching
from qualify.storage.tables import Person
from qualify.texts import say

WEEKS = (1, 2, 4)


def _choice(key: str, buttons: Rows, language: str, word: str = "new") -> Message:
    """A question with its answers as buttons, and the way back to the screen `word`."""
    return Message(esc(say(language, key)), [*buttons, [back(language, word)]])


def standards_message(standards: Sequence[Standard], language: str) -> Message:
    """Asks which standard."""
    named = [each.name.in_language(language) for each in standards]
    buttons = [admin(name, "new-standard", index) for index, name in enumerate(named)]
    return _choice("admin-form-ask-standard", in_rows(buttons, 1), language)


def levels_message(standard: Standard, language: str) -> Message:
    """Asks which level of the standard."""
    named = [each.name.in_language(language) for each in standard.levels]
    buttons = [admin(name, "new-level", index) for index, name in enumerate(named)]
    return _choice("admin-form-ask-level", in_rows(buttons, 1), language)


def whom_message(language: str) -> Message:
    """Asks whether it is about one person or a whole department."""
    one = admin(say(language, "admin-form-one"), "new-find")
    every = admin(say(language, "admin-form-all"), "new-departments")
    return _choice("admin-form-ask-whom", [[one], [every]], language)


def find_message(language: str) -> Message:
    """Asks for a name or staff number to look for."""
    return _choice("admin-form-ask-person", [], language, "new-whom")


def found_message(found: Matching, language: str) -> Message:
    """Asks which of the people found is meant; when there are many, only the first are offered."""
    buttons = [admin(person_words(person, language), "new-person", person.id) for person in found.people]
    again = admin(say(language, "admin-form-one"), "new-find")
    count = count_words(found.total, more=found.more)
    lines = [say(language, "admin-form-which-person", count=count)]
    if found.total > len(found.people):
        lines.append(say(language, "admin-form-first-people", count=str(len(found.people))))
    return Message(esc("\n".join(lines)), [*in_rows(buttons, 1), [again, back(language, "new-whom")]])


def departments_message(shown: Sequence[tuple[str, int, int]], page: int, count: int, language: str) -> Message:
    """Asks which department. `shown` are those of the page: name, number of people, and the mark that the button
    carries; `count` is how many departments there are."""
    if not shown:
        return _choice("admin-form-no-departments", [], language, "new-whom")
    buttons = [admin(department_words(name, people, language), "new-department", mark) for name, people, mark in shown]
    rows = [*in_rows(buttons, 1), *pages(language, "new-departments", page, count)]
    return _choice("admin-form-ask-department", rows, language, "new-whom")


PERSON = 0
LEFT_OUT = ("staff_numbers", "positions", "levels")
"""What a switch leaves out, by the first number of its button."""


def members_message(found: Members, page: int, language: str) -> Message:
    """Asks who is to be left out of the department's assessments: a person, a position, a level."""
    groups = [(1, found.positions, found.without.positions), (2, found.levels, found.without.levels)]
    rows = []
    for kind, values, out in groups:
        for value, count in values if len(values) > 1 else ():
            text = say(language, "admin-form-group", group=value, count=str(count))
            rows.append([_member(text, kind, mark_of(value), out=value in out, page=page)])
    for person in found.people:
        is_out = person.staff_no in found.without.staff_numbers
        rows.append([_member(person_words(person, language), PERSON, person.id, out=is_out, page=page)])
    rows += pages(language, "new-members", page, found.total)
    return _choice("admin-form-ask-members", rows, language)


def _member(text: str, kind: int, of: int, *, out: bool, page: int) -> Button:
    """A switch that carries what it sets, so that a doubled press counts once."""
    return admin(f"{'☐' if out else '☑'} {text}", "new-without", kind, of, int(not out), page)


def assessors_message(filled: Filled, offered: AssessorPage, language: str) -> Message:
    """Asks who rates: each further press on a person raises the weight, then takes them out. When there are several,
    also asks who leads."""
    if not offered.people:
        return _choice("admin-form-no-assessors", [], language)
    page = offered.people[0].id if offered.before is not None else 0
    rows = [[_toggle(filled, person, page, language)] for person in offered.people]
    rows += page_turns(offered, "new-assessors", language)
    return _choice("admin-form-ask-assessors", [*rows, *_lead_rows(filled, page, language)], language)


def page_turns(offered: AssessorPage, word: str, language: str, *numbers: int) -> Rows:
    """Buttons to the pages of assessors before and after."""
    before, after = (None if start is None else (start,) for start in (offered.before, offered.after))
    return turns(language, word, before, after, *numbers)


def _toggle(filled: Filled, person: Person, page: int, language: str) -> Button:
    """A button that carries the weight it sets, so that a doubled press counts once."""
    weight = dict(filled.form.assessors).get(person.staff_no, 0)
    text = f"✅ {assessor_words(filled, person, weight, language)}" if weight else person_words(person, language)
    return admin(text, "new-assessor", person.id, (weight + 1) % (MAX_WEIGHT + 1), page)


def _lead_rows(filled: Filled, page: int, language: str) -> Rows:
    others = [person for person, _ in filled.assessors if person.staff_no != filled.lead]
    texts = [say(language, "admin-form-lead", name=brief(person.name)) for person in others]
    leads = [admin(text, "new-lead", person.id, page) for text, person in zip(texts, others, strict=True)]
    return in_rows(leads, 2)


def due_message(today: date, language: str) -> Message:
    """Asks for the due date: in some weeks, or another day."""
    weeks = [(number, today + timedelta(weeks=number)) for number in WEEKS]
    buttons = [
        admin(say(language, "admin-form-weeks", weeks=str(number), date=f"{day:%m-%d}"), "new-due", number)
        for number, day in weeks
    ]
    other = admin(say(language, "admin-form-other-date"), "new-date")
    return _choice("admin-form-ask-due", in_rows([*buttons, other], 2), language)


def applied_message(today: date, language: str) -> Message:
    """Asks for the application date: today, or another one that is typed."""
    button = admin(say(language, "admin-form-today", date=today.isoformat()), "new-applied", 0)
    text = say(language, "admin-form-ask-applied", example=(today - timedelta(weeks=3)).isoformat())
    return Message(esc(text), [[button], [back(language, "new")]])


def exception_message(language: str) -> Message:
    """Asks for the reason for an exception."""
    return _choice("admin-form-ask-exception", [], language)


def date_message(today: date, language: str, word: str, *numbers: int) -> Message:
    """Asks for a typed date, with an example; `word` and the numbers lead back."""
    example = (today + timedelta(weeks=3)).isoformat()
    return Message(esc(say(language, "admin-form-ask-date", example=example)), [[back(language, word, *numbers)]])
