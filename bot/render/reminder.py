"""Reminders: what is still owed, as one message, with buttons to go on or to put it off."""

from collections.abc import Callable
from datetime import date, datetime

from bot.buttons import To, command
from bot.render.admin.menu import admin
from bot.render.menus import MOST, Owed, more, owed_rows, whose
from bot.render.message import Message, bold, button, esc
from qualify.dialogue import plan
from qualify.reminders import snoozes_at
from qualify.storage.debts import Debt
from qualify.texts import say

FIRST = 8
"""How many reviews a digest names, with a button each."""


def digest(owed: Owed, is_named: Callable[[date], bool], now: datetime, language: str) -> Message:
    """What is still owed: what the day's policy names by its due date, each with its progress, how far away that is and
    a button, and the rest in one line. Where nothing is named, the first are. `now` is the person's own time."""
    named = [each for each in owed if is_named(each[0].due_date)] or owed
    first = named[:FIRST]
    lines = [bold(say(language, "reminder-title", count=str(len(owed)))), ""]
    for row, standard in first:
        percent = plan(standard, row.level).progress(row.position)
        when = due_words(row.due_date, now.date(), language)
        lines.append(esc(say(language, "reminder-row", name=whose(row, language), percent=str(percent), due=when)))
    if rest := sorted(row.due_date for row, _ in owed if row.id not in {shown.id for shown, _ in first}):
        lines += ["", esc(say(language, "reminder-rest", count=str(len(rest)), due=f"{rest[0]:%m-%d}"))]
    offered = snoozes_at(now.time())
    snoozes = [button(say(language, f"reminder-snooze-{each}"), command(To.SNOOZE, word=each)) for each in offered]
    return Message("\n".join(lines), [*owed_rows(first, language), snoozes])


def due_words(due: date, today: date, language: str) -> str:
    """A few words on how far the due date is from today."""
    days = (due - today).days
    if days < 0:
        return say(language, "reminder-overdue", days=-days)
    if days <= 1:
        return say(language, "reminder-tomorrow" if days else "reminder-today")
    return say(language, "reminder-in-days", days=str(days))


def overdue_message(debts: list[Debt], today: date, language: str) -> Message:
    """Tells administrators who is how late with whose review; `today` is the reader's own."""
    lines = [bold(say(language, "reminder-overdue-title", count=str(len(debts)))), ""]
    for debt in debts[:MOST]:
        late = due_words(debt.due, today, language)
        key = "reminder-overdue-own" if debt.is_own else "reminder-overdue-row"
        lines.append(esc(say(language, key, assessor=debt.assessor, subject=debt.subject, late=late)))
    lines += more(len(debts), language)
    return Message("\n".join(lines), [[admin(say(language, "admin-menu-progress"), "progress")]])
