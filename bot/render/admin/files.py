"""A list that an administrator sent: what it would change, what is wrong in it, and what was taken in."""

from collections.abc import Sequence

from bot.render.admin.menu import admin, back
from bot.render.admin.people import invite_row
from bot.render.message import Message, bold, esc, short
from qualify.reporting.list_changes import differences, groups
from qualify.services.imports.people_list import COLUMNS, PlanChanged
from qualify.services.imports.received import ListKind, TakenIn
from qualify.services.imports.score_list import SCORE_COLUMNS
from qualify.services.imports.tables import Fault, InvalidTable
from qualify.texts import say

MOST_FAULTS = 15
MOST_NAMES = 10
MOST_DIFFERENCES = 12
FAULT = 200  # characters of one fault; of a name; of a file's name
NAME = 20
FILE = 40
IGNORED = 200  # characters of headings that mean nothing
CHINESE = {column.name: column.chinese for column in (*COLUMNS, *SCORE_COLUMNS)}


def tried_message(tried: TakenIn, name: str, message_id: int, language: str) -> Message:
    """What the file would change, and the button that takes it in; `message_id` is the message that brought the
    file."""
    lines = [bold(f"📄 {short(name, FILE)}"), *map(esc, _counts(tried, language))]
    lines += map(esc, differences(tried.people, MOST_DIFFERENCES, language))
    if tried.ignored:
        lines.append(esc(say(language, "file-ignored", headings=short(_joined(tried.ignored, language), IGNORED))))
    if tried.doubt:
        lines.append(esc(say(language, "file-doubt", encoding=tried.doubt, sample=short(tried.sample, FILE))))
    if tried.changes_nothing:
        return Message("\n".join([*lines, esc(say(language, "file-nothing-new"))]), [[back(language)]])
    numbers = (message_id, tried.people.fingerprint) if tried.kind is ListKind.PEOPLE else (message_id,)
    take = admin(say(language, "file-apply", count=str(tried.rows)), "file-apply", *numbers, style="success")
    away = len(tried.people.away)
    label = say(language, "file-back", count=str(away))
    back_again = [[admin(label, "file-back", *numbers)]] if away else []
    leave = admin(say(language, "file-drop"), "file-drop", message_id)
    return Message("\n".join([*lines, "", esc(say(language, "file-nothing-yet"))]), [[take, leave], *back_again])


def _joined(words: Sequence[str], language: str) -> str:
    return say(language, "explain-separator").join(words)


def _counts(taken: TakenIn, language: str) -> list[str]:
    if taken.kind is ListKind.SCORES:
        return [say(language, "file-scores", count=str(taken.rows))]
    people = taken.people
    numbers = {name: str(len(getattr(people, name))) for name in ("added", "changed", "same")}
    lines = [say(language, "file-people", count=str(taken.rows), **numbers)]
    for key, staff_numbers in groups(people):
        if staff_numbers:
            lines.append(say(language, key, names=_names(staff_numbers, taken.names, language)))
    return lines


def changed_message(refusal: PlanChanged, language: str) -> Message:
    """Says that what was shown holds no more; it is shown anew below."""
    return Message(esc(say(language, refusal.key, **refusal.values)), [])


def _names(staff_numbers: Sequence[str], names: dict[str, str], language: str) -> str:
    shown = [short(names.get(staff_no, staff_no), NAME) for staff_no in staff_numbers[:MOST_NAMES]]
    more = [say(language, "file-and-more")] if len(staff_numbers) > MOST_NAMES else []
    return say(language, "explain-separator").join([*shown, *more])


def faults_message(refusal: InvalidTable, language: str) -> Message:
    """The first faults by row and column, and how many more there are."""
    lines = [say(language, refusal.key, **refusal.values), ""]
    lines += [short(_fault(fault, language), FAULT) for fault in refusal.faults[:MOST_FAULTS]]
    if len(refusal.faults) > MOST_FAULTS:
        lines.append(say(language, "file-more-faults", count=str(len(refusal.faults) - MOST_FAULTS)))
    return Message(esc("\n".join([*lines, "", say(language, "file-send-again")])), [])


def _fault(fault: Fault, language: str) -> str:
    column = CHINESE.get(fault.column, fault.column) if language.startswith("zh") else fault.column
    problem = say(language, fault.error.key, **fault.error.values)
    return say(language, "table-fault", row=str(fault.row), column=column, problem=problem)


def done_message(taken: TakenIn, not_joined: int, language: str) -> Message:
    """What was taken in, and where to go on: after a list of people also to inviting those who have `not_joined`."""
    lines = [say(language, "file-done"), *_counts(taken, language)[:1]]
    if taken.kind is ListKind.SCORES:
        return Message(esc("\n".join(lines)), [[back(language)]])
    people = admin(say(language, "admin-menu-people"), "people", 0)
    return Message(esc("\n".join(lines)), [*invite_row(not_joined, language), [people, back(language)]])


def dropped_message(language: str) -> Message:
    """Says that nothing was taken in."""
    return Message(esc(say(language, "file-dropped")), [[back(language)]])
