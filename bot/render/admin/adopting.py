"""The screens of adopting a version: whom it would change, from when, and what becomes of running assessments."""

from datetime import date

from dateutil.relativedelta import relativedelta

from bot.render.admin.menu import admin, back, on_page, pages
from bot.render.admin.standards import title
from bot.render.message import Button, Message, Rows, bold, esc, in_rows, short
from qualify.reporting.adoption import lines, summary
from qualify.services.assessments.adopting import DryRun
from qualify.services.reading import mark
from qualify.standard import Standard
from qualify.texts import say

AT_A_TIME = 6
LINE = 300  # characters about one person
BUTTON = 16


def dry_run_message(run: DryRun, page: int, today: date, language: str) -> Message:
    """Whom the version would change, a page of them, each with a way to the person; and the days to adopt it from."""
    number, shown = mark(run.new), run.affected[on_page(run.affected, page, AT_A_TIME)]
    text = [bold(say(language, "adoption-title", title=title(run.new, language)))]
    text += [esc(line) for line in summary(run, language)]
    text += ["", *(esc(short(line, LINE)) for line in lines(run, shown, language))]
    people = [admin(short(each.result.name, BUTTON), "person", each.result.subject_id, 0) for each in shown]
    rows: Rows = in_rows(people, 3)
    rows += pages(language, "std-adopt", page, len(run.affected), number, size=AT_A_TIME)
    if run.affected:
        rows.append([admin(say(language, "adoption-sheet"), "std-adopt-sheet", number)])
    rows += [[_from(day, number, today, language)] for day in (today, _next_month(today))]
    return Message("\n".join(text), [*rows, [back(language, "std", number)]], protected=True)


def _next_month(today: date) -> date:
    return today.replace(day=1) + relativedelta(months=1)


def _from(day: date, number: int, today: date, language: str) -> Button:
    words = say(language, "adoption-from", date=day.isoformat(), day="today" if day == today else "later")
    return admin(words, "std-adopt-on", number, day.toordinal())


def ask_message(standard: Standard, since: date, running: int, language: str) -> Message:
    """Ask what becomes of running assessments; say what stays as it is."""
    number, day = mark(standard), since.toordinal()
    name = title(standard, language)
    asked = say(language, "adoption-ask", title=name, date=since.isoformat(), count=running)
    rows: Rows = [
        [admin(say(language, "adoption-do-keep", count=running), "std-adopt-on", number, day, 0, style="success")]
    ]
    if running:
        rows.append([admin(say(language, "adoption-do-convert"), "std-adopt-on", number, day, 1, style="primary")])
    return Message(esc(asked), [*rows, [back(language, "std", number)]])


def adopted_message(standard: Standard, since: date, language: str, *, converts: bool) -> Message:
    """Says from when the version counts, and how that is undone."""
    key = "adoption-adopted-converts" if converts else "adoption-adopted"
    name = standard.name.in_language(language)
    said = say(language, key, date=since.isoformat(), standard=name, version=str(standard.version))
    return Message(esc(f"✅ {said}\n\n{say(language, 'adoption-undo')}"), [[back(language, "standards")]])
