"""What a search finds: people and assessments, a button for each, and what narrows it."""

from collections.abc import Mapping, Sequence

from bot.render.admin.menu import admin, back, brief, pages, turns
from bot.render.admin.people import person_rows
from bot.render.message import Message, Rows, bold, chosen, esc, in_rows, short
from qualify.reporting.wording import figure, grade_name
from qualify.services.assessments.overview import Overview
from qualify.services.finding import AssessmentsFound, Found, Sought
from qualify.standard import Standard
from qualify.storage.tables import Person
from qualify.texts import say
from qualify.workflow import AssessmentState

PEOPLE = 4
"""How many people stand beside the assessments; the others are one press away."""
NAME = 30
"""How many characters of a department or a standard stand on a button."""
Named = Mapping[str, Standard]
"""The newest version of each standard, by id."""


def found_message(found: Found, standards: Named, language: str) -> Message:
    """People first, then a page of assessments, the newest first."""
    sought = found.sought
    blocks = [f"🔍 {bold(sought_words(sought, standards, language))}"]
    if sought.is_everything:
        blocks.append(esc(say(language, "find-hint")))
    first_page = found.assessments.before is None
    shown = found.people[:PEOPLE] if first_page else []
    if found.people and first_page:
        count = f"{len(found.people)}{'+' if found.more else ''}"
        blocks.append(esc(say(language, "find-people", count=count)))
    if found.people or found.assessments.views:
        blocks.append(_assessments(found.assessments, language))
    else:
        blocks.append(esc(say(language, "find-nothing")))
    rows: Rows = person_rows(shown, 0, language)
    if len(found.people) > len(shown) and first_page:
        rows.append([admin(say(language, "find-people-all", count=str(len(found.people))), "find-people", sought.mark)])
    rows += _case_rows(found.assessments)
    rows += turns(language, "find-page", *_around(found.assessments), sought.mark)
    return Message("\n\n".join(blocks), [*rows, *_narrowing(sought, language), [back(language)]], protected=True)


def sought_words(sought: Sought, standards: Named, language: str) -> str:
    """What is looked for, in words."""
    words = [
        short(sought.words, NAME),
        short(sought.department, NAME),
        standards[sought.standard].name.in_language(language) if sought.standard in standards else sought.standard,
        say(language, "life-state", state=sought.state) if sought.state else "",
    ]
    return " · ".join(filter(None, words)) or say(language, "find-everything")


def _assessments(found: AssessmentsFound, language: str) -> str:
    if not found.views:
        return esc(say(language, "find-none"))
    lines = [f"{number}. {_line(view, language)}" for number, view in enumerate(found.views, start=1)]
    return "\n".join([bold(say(language, "find-assessments")), *map(esc, lines)])


def _line(view: Overview, language: str) -> str:
    """Whose, by which standard, where it stands, and what came of it as far as the viewer may see that."""
    standard, day = view.made_by, view.assessment.due_date
    words = [brief(view.subject.name), standard.name.in_language(language) if standard else view.assessment.standard]
    words += [standard.level(view.assessment.level).name.in_language(language) if standard else view.assessment.level]
    words += [say(language, "life-state", state=view.state)]
    shown = view.result
    if shown is not None and standard is not None:
        words.append(figure(shown.result, language))
        if shown.result.total is not None and shown.result.granted is not None:
            words.append(grade_name(standard, shown.grade, language))
        day = shown.published_on or day
    return " · ".join([*words, day.isoformat()])


def _case_rows(found: AssessmentsFound) -> Rows:
    """A button to each assessment, numbered like the lines; the way back from there leads here."""
    shown = enumerate(found.views, start=1)
    return in_rows([admin(f"{number} {brief(view.subject.name)}", "case", view.id, 1) for number, view in shown], 2)


def _around(found: AssessmentsFound) -> tuple[tuple[int] | None, tuple[int] | None]:
    return None if found.before is None else (found.before,), None if found.after is None else (found.after,)


def _narrowing(sought: Sought, language: str) -> Rows:
    """A button to what each part can be narrowed to; the parts that are narrowed are marked."""
    parts = {"state": sought.state, "standard": sought.standard, "department": sought.department}
    row = [
        admin(chosen(bool(part)) + say(language, f"find-by-{name}"), f"find-{name}", sought.mark)
        for name, part in parts.items()
    ]
    return [row, *([] if sought.is_everything else [[admin(say(language, "find-anew"), "find")]])]


def people_message(found: Found, standards: Named, page: int, language: str, *, size: int) -> Message:
    """A page of the people that were found."""
    sought, count = found.sought, len(found.people)
    page = max(0, min(page, (count - 1) // size))
    text = f"🔍 {bold(sought_words(sought, standards, language))}"
    said = esc(say(language, "find-people", count=f"{count}{'+' if found.more else ''}"))
    rows = person_rows(found.people[page * size : (page + 1) * size], 0, language)
    rows += pages(language, "find-people", page, count, sought.mark, size=size)
    return Message(f"{text}\n\n{said}", [*rows, [back(language, "find-page", sought.mark, 0)]])


def states_message(sought: Sought, language: str) -> Message:
    """Asks for the state; each button carries its place, 0 for all."""
    texts = [(say(language, "life-state", state=state), state is sought.state) for state in AssessmentState]
    return _choice("state", sought, texts, language)


def standards_message(sought: Sought, standards: Sequence[Standard], language: str) -> Message:
    """Asks for the standard."""
    texts = [(each.name.in_language(language), each.id == sought.standard) for each in standards]
    return _choice("standard", sought, texts, language)


def _choice(part: str, sought: Sought, texts: Sequence[tuple[str, bool]], language: str) -> Message:
    every = admin(say(language, "find-all"), f"find-{part}", sought.mark, 0)
    buttons = [
        admin(chosen(is_chosen) + short(text, NAME), f"find-{part}", sought.mark, place)
        for place, (text, is_chosen) in enumerate(texts, start=1)
    ]
    rows = [*in_rows(buttons, 2 if part == "state" else 1), [every], [back(language, "find-page", sought.mark, 0)]]
    return Message(esc(say(language, f"find-ask-{part}")), rows)


def departments_message(
    sought: Sought, marked: Sequence[tuple[str, int]], page: int, count: int, language: str
) -> Message:
    """Asks for the department: a page of them, each with the mark that its button carries."""
    rows: Rows = [
        [admin(chosen(name == sought.department) + short(name, NAME), "find-department", sought.mark, 1, mark)]
        for name, mark in marked
    ]
    rows += pages(language, "find-department", page, count, sought.mark, 0)
    rows.append([admin(say(language, "find-all"), "find-department", sought.mark, 1, 0)])
    return Message(esc(say(language, "find-ask-department")), [*rows, [back(language, "find-page", sought.mark, 0)]])


def about_message(person: Person, found: AssessmentsFound, language: str) -> Message:
    """All assessments about one person, of all years, page by page."""
    title = bold(say(language, "find-about", name=short(person.name, NAME)))
    rows = [*_case_rows(found), *turns(language, "person-cases", *_around(found), person.id)]
    text = f"{title}\n\n{_assessments(found, language)}"
    return Message(text, [*rows, [back(language, "person", person.id)]], protected=True)
