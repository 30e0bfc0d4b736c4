"""Reminders: what is still owed, as one message, with a way to go on and a way to be left alone."""

from datetime import date

from bot.buttons import To, command
from bot.render.menus import Owed, owed_rows
from bot.render.message import Message, bold, button, esc
from qualify.dialogue import plan
from qualify.reminders import Snooze
from qualify.storage.reviews import Debt
from qualify.texts import say

MOST = 30


def digest(owed: Owed, today: date, language: str) -> Message:
    """Every review that is still owed, with its progress and how it stands with its due date."""
    lines = [bold(say(language, "reminder-title", count=str(len(owed)))), ""]
    for row, standard in owed[:MOST]:
        percent = plan(standard, row.level).progress(row.position.frontier)
        when = due_words(row.due_date, today, language)
        lines.append(esc(say(language, "reminder-row", name=row.subject, percent=str(percent), due=when)))
    snoozes = [button(say(language, f"reminder-snooze-{each}"), command(To.SNOOZE, word=each)) for each in Snooze]
    return Message("\n".join(lines), [*owed_rows(owed[:MOST], language), snoozes])


def due_words(due: date, today: date, language: str) -> str:
    """How far away the due date is, in words."""
    days = (due - today).days
    if days < 0:
        return say(language, "reminder-overdue", days=str(-days))
    if days <= 1:
        return say(language, "reminder-tomorrow" if days else "reminder-today")
    return say(language, "reminder-in-days", days=str(days))


def overdue_message(debts: list[Debt], today: date, language: str) -> Message:
    """For administrators: who is how late with whom."""
    lines = [bold(say(language, "reminder-overdue-title", count=str(len(debts)))), ""]
    for debt in debts[:MOST]:
        late = due_words(debt.due, today, language)
        row = say(language, "reminder-overdue-row", assessor=debt.assessor, subject=debt.subject, late=late)
        lines.append(esc(row))
    if len(debts) > MOST:
        lines.append(esc(say(language, "reminder-more", count=str(len(debts) - MOST))))
    return Message("\n".join(lines), [])
