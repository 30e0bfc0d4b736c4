"""Appeals: those that wait for an answer first, then the answered ones."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.render.admin.menu import admin, back, brief, on_page, pages
from bot.render.message import Message, bold, esc, in_rows, short
from qualify.services.appeals import Appealed
from qualify.texts import say

MAX_QUOTE = 60
"""How many characters of an appeal the list shows; its case shows all."""


def appeals_message(listed: Sequence[Appealed], timezone: ZoneInfo, page: int, language: str) -> Message:
    """One line an appeal, with a button to its case."""
    if not listed:
        return Message(esc(say(language, "admin-appeals-none")), [[back(language)]])
    ordered = sorted(listed, key=lambda each: each.appeal.answered_at is not None)
    open_ = sum(each.appeal.answered_at is None for each in listed)
    shown = ordered[on_page(ordered, page)]
    lines = [bold(say(language, "admin-appeals", count=str(open_))), ""]
    lines += [esc(f"{number}. {_line(each, timezone, language)}") for number, each in enumerate(shown, start=1)]
    buttons = [
        admin(f"{number} {brief(each.subject)}", "case", each.appeal.assessment_id)
        for number, each in enumerate(shown, start=1)
    ]
    turns = pages(language, "appeals", page, len(ordered))
    return Message("\n".join(lines), [*in_rows(buttons, 2), *turns, [back(language)]])


def _line(each: Appealed, timezone: ZoneInfo, language: str) -> str:
    made = each.appeal
    on = f"{made.at.astimezone(timezone):%m-%d}"
    if made.answered_at is None:
        text = short(made.text, MAX_QUOTE)
        return say(language, "admin-appeals-open", date=on, name=brief(each.subject), text=text)
    outcome = "reopened" if made.reopened else "answered"
    return say(language, "admin-appeals-answered", date=on, name=brief(each.subject), outcome=outcome)
