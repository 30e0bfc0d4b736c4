"""What an export is to hold: of which department, by which standard, applied for in which year."""

from typing import NamedTuple

from bot.render.admin.menu import admin, back, pages
from bot.render.message import Message, bold, esc, in_rows, short
from qualify.texts import say

WORD = 30  # characters of a name on a button
YEARS = 3
"""How many years back can be chosen, this one among them."""


class ExportChoice(NamedTuple):
    """What was chosen: the standard's place in their list from 1, how many years back from 1, and the mark of the
    department; 0 stands for all."""

    standard: int = 0
    year: int = 0
    department: int = 0


class Named(NamedTuple):
    """The same in words; None for all."""

    standard: str | None
    year: str | None
    department: str | None


def export_message(wanted: ExportChoice, named: Named, standards: int, language: str) -> Message:
    """Asks what the export is to hold; each press on a line takes the next choice."""
    following = {
        "standard": wanted._replace(standard=(wanted.standard + 1) % (standards + 1)),
        "year": wanted._replace(year=(wanted.year + 1) % (YEARS + 1)),
    }
    rows = [[admin(_line("department", named.department, language), "export-where", *wanted, 0)]]
    for what, after in following.items():
        rows.append([admin(_line(what, getattr(named, what), language), "export", *after)])
    rows.append([admin(say(language, "export-make"), "export-make", *wanted, style="success")])
    text = f"{bold(say(language, 'admin-menu-export'))}\n{esc(say(language, 'export-ask'))}"
    return Message(text, [*rows, [back(language)]])


def _line(what: str, chosen: str | None, language: str) -> str:
    value = say(language, "export-all") if chosen is None else short(chosen, WORD)
    return say(language, f"export-choice-{what}", chosen=value)


def departments_message(
    shown: list[tuple[str, int]], page: int, count: int, wanted: ExportChoice, language: str
) -> Message:
    """Asks for a department. `shown` are those of the page, each with the mark that its button carries; `count` is how
    many there are."""
    every = admin(say(language, "export-every-department"), "export", *wanted._replace(department=0))
    choices = [admin(short(name, WORD), "export", *wanted._replace(department=mark)) for name, mark in shown]
    turns = pages(language, "export-where", page, count, *wanted)
    rows = [[every], *in_rows(choices, 1), *turns, [back(language, "export", *wanted)]]
    return Message(esc(say(language, "admin-form-ask-department")), rows)
