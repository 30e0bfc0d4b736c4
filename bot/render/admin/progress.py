"""Who owes what, by due date and grouped by who owes it."""

from collections.abc import Sequence
from datetime import date
from itertools import islice

from bot.render.admin.menu import admin, back, brief, on_page, pages
from bot.render.message import Button, Message, bold, esc, in_rows
from bot.render.reminder import due_words
from qualify.life import Part
from qualify.services.progress import Owing
from qualify.texts import say

PEOPLE = 6
"""How many people a page shows."""
REVIEWS = 6
"""How many reviews of one person are listed; the others are counted."""


def progress_message(owed: Sequence[Owing], page: int, today: date, language: str) -> Message:
    """Each person with the reviews they owe, who owes the most urgent one first."""
    if not owed:
        return Message(esc(say(language, "admin-progress-none")), [[back(language)]])
    groups = list(grouped(owed).values())
    shown = groups[on_page(groups, page, PEOPLE)]
    late = overdue(owed, today)
    lines = [bold(say(language, "admin-progress", count=str(len(owed))))]
    if late:
        lines.append(esc(say(language, "admin-progress-overdue", count=str(len(late)))))
    for group in shown:
        lines += ["", *_group(group, today, language)]
    rows = in_rows([_remind(group[0], page, language) for group in shown], 2)
    rows += pages(language, "progress", page, len(groups), size=PEOPLE)
    if late:
        people = len({each.assessor.id for each in late})
        rows.append([admin(say(language, "admin-progress-remind-overdue", count=str(people)), "remind-overdue", page)])
    return Message("\n".join(lines), [*rows, [back(language)]])


def grouped(owed: Sequence[Owing]) -> dict[int, list[Owing]]:
    """By who owes them, in the order in which they are due."""
    groups: dict[int, list[Owing]] = {}
    for each in owed:
        groups.setdefault(each.assessor.id, []).append(each)
    return groups


def overdue(owed: Sequence[Owing], today: date) -> list[Owing]:
    """Those whose due date has passed."""
    return [each for each in owed if each.row.due_date < today]


def _group(group: Sequence[Owing], today: date, language: str) -> list[str]:
    first = group[0]
    name = bold(brief(first.assessor.name))
    lines = [name if first.joined else name + esc(say(language, "admin-progress-not-joined"))]
    lines += [esc(_row(each, today, language)) for each in islice(group, REVIEWS)]
    if len(group) > REVIEWS:
        lines.append(esc(say(language, "reminder-more", count=str(len(group) - REVIEWS))))
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


def _remind(first: Owing, page: int, language: str) -> Button:
    text = say(language, "admin-progress-remind", name=brief(first.assessor.name))
    return admin(text, "remind", first.assessor.id, page)


def reminded_words(count: int, language: str) -> str:
    """How many were reminded."""
    return say(language, "admin-reminded", count=str(count)) if count else say(language, "admin-reminded-nobody")
