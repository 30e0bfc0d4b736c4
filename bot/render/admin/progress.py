"""Who owes reviews: people with what each owes, by due date."""

from datetime import date

from bot.render.admin.case import hand_on
from bot.render.admin.menu import admin, back, brief, counted, turns
from bot.render.message import Button, Message, bold, esc, in_rows
from bot.render.reminder import due_words
from qualify.services.assessments.progress import Owing, PersonOwing, ProgressPage
from qualify.storage.assessments import DuePlace
from qualify.texts import say
from qualify.workflow import Part

PEOPLE = 6
"""How many people a page shows."""
REVIEWS = 6
"""How many reviews of one person are listed; the others are counted."""


def progress_message(page: ProgressPage, today: date, language: str) -> Message:
    """Each person with the reviews they owe; the person with the most urgent one comes first."""
    if not page.people:
        return Message(esc(say(language, "admin-progress-none")), [[back(language)]])
    totals, here = page.totals, _numbers(page.first)
    lines = [bold(say(language, "admin-progress", count=counted(totals.reviews)))]
    if totals.late_reviews:
        lines.append(esc(say(language, "admin-progress-overdue", count=counted(totals.late_reviews))))
    for person in page.people:
        lines += ["", *_group(person, today, language)]
    rows = in_rows([_remind(person, here, language) for person in page.people], 2)
    before, after = (None if place is None else _numbers(place) for place in (page.before, page.after))
    rows += turns(language, "progress", before, after)
    if totals.late_people:
        text = say(language, "admin-progress-remind-overdue", count=counted(totals.late_people))
        rows.append([admin(text, "remind-overdue", *here)])
    return Message("\n".join(lines), [*rows, [back(language)]])


def _numbers(place: DuePlace) -> tuple[int, int]:
    return place.due.toordinal(), place.id


def _group(person: PersonOwing, today: date, language: str) -> list[str]:
    name = bold(brief(person.assessor.name))
    lines = [name + esc(_standing(person, language))]
    lines += [esc(_row(each, today, language)) for each in person.owed]
    if person.reviews > REVIEWS:
        lines.append(esc(say(language, "reminder-more", count=str(person.reviews - REVIEWS))))
    return lines


def _standing(person: PersonOwing, language: str) -> str:
    """What keeps the person from being reminded: they have left, or haven't joined yet."""
    if not person.assessor.active:
        return say(language, "admin-progress-left")
    return "" if person.assessor.joined else say(language, "admin-progress-not-joined")


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


def _remind(person: PersonOwing, here: tuple[int, int], language: str) -> Button:
    """The button that reminds the person; of somebody who has left, the one that hands the most urgent review on."""
    others = [each.row for each in person.owed if not each.row.is_own]
    if not person.assessor.active and others:
        return hand_on(others[0].assessment_id, others[0].id, person.assessor.name, language)
    text = say(language, "admin-progress-remind", name=brief(person.assessor.name))
    return admin(text, "remind", person.assessor.id, *here)


def reminded_words(count: int, language: str) -> str:
    """A sentence that says how many people were reminded."""
    return say(language, "admin-reminded", count=str(count)) if count else say(language, "admin-reminded-nobody")
