"""Who owes what, by due date and grouped by who owes it."""

from datetime import date

from bot.render.admin.menu import admin, back, brief, pages
from bot.render.message import Button, Message, bold, esc, in_rows
from bot.render.reminder import due_words
from qualify.services.assessments.progress import Owing, PersonOwing, ProgressPage
from qualify.texts import say
from qualify.workflow import Part

PEOPLE = 6
"""How many people a page shows."""
REVIEWS = 6
"""How many reviews of one person are listed; the others are counted."""


def progress_message(page: ProgressPage, today: date, language: str) -> Message:
    """Each person with the reviews they owe, who owes the most urgent one first."""
    totals = page.totals
    if not totals.people:
        return Message(esc(say(language, "admin-progress-none")), [[back(language)]])
    lines = [bold(say(language, "admin-progress", count=str(totals.reviews)))]
    if totals.late_reviews:
        lines.append(esc(say(language, "admin-progress-overdue", count=str(totals.late_reviews))))
    for person in page.people:
        lines += ["", *_group(person, today, language)]
    rows = in_rows([_remind(person, page.number, language) for person in page.people], 2)
    rows += pages(language, "progress", page.number, totals.people, size=PEOPLE)
    if totals.late_people:
        text = say(language, "admin-progress-remind-overdue", count=str(totals.late_people))
        rows.append([admin(text, "remind-overdue", page.number)])
    return Message("\n".join(lines), [*rows, [back(language)]])


def _group(person: PersonOwing, today: date, language: str) -> list[str]:
    name = bold(brief(person.assessor.name))
    lines = [name if person.assessor.joined else name + esc(say(language, "admin-progress-not-joined"))]
    lines += [esc(_row(each, today, language)) for each in person.owed]
    if person.reviews > REVIEWS:
        lines.append(esc(say(language, "reminder-more", count=str(person.reviews - REVIEWS))))
    return lines


def _row(each: Owing, today: date, language: str) -> str:
    is_self = each.row.part == Part.SELF
    return say(
        language,
        "admin-progress-row",
        late="yes" if each.row.due_date < today else "no",
        name=say(language, "admin-progress-self") if is_self else brief(each.row.subject),
        level=each.standard.level(each.row.level).name.in_language(language),
        percent=str(each.percent),
        due=due_words(each.row.due_date, today, language),
    )


def _remind(person: PersonOwing, page: int, language: str) -> Button:
    text = say(language, "admin-progress-remind", name=brief(person.assessor.name))
    return admin(text, "remind", person.assessor.id, page)


def reminded_words(count: int, language: str) -> str:
    """How many were reminded."""
    return say(language, "admin-reminded", count=str(count)) if count else say(language, "admin-reminded-nobody")
