"""A list that an administrator sent: what it would change, what is wrong in it, and what was taken in."""

from bot.render.admin.menu import admin, back
from bot.render.admin.people import invite_row
from bot.render.message import Message, bold, esc, short
from qualify.reporting import import_preview
from qualify.services.imports.preview import Difference, ListChanged
from qualify.services.imports.received import ListKind, TakenIn, TriedOut
from qualify.services.imports.tables import Fault, InvalidTable
from qualify.texts import say

MOST_FAULTS = 15
MOST_NAMES = 10
MOST_CHANGES = 8
"""People whose changes are shown in the message; of more all stands in a file."""
FAULT = 200  # characters of one fault; of a name; of a file's name; of a note; of what changes about somebody
NAME = 20
FILE = 40
NOTE = 400
CHANGE = 160


def tried_message(tried: TriedOut, name: str, message_id: int, language: str) -> Message:
    """What the file would change, and the button that takes it in; `message_id` is the message that brought the
    file."""
    lines = [bold(f"📄 {short(name, FILE)}"), *map(esc, _counts(tried, language)), *map(esc, _details(tried, language))]
    if tried.changes_nothing:
        return Message("\n".join([*lines, esc(say(language, "file-nothing-new"))]), [[back(language)]])
    said = tried.preview.fingerprint
    label = say(language, "file-apply", count=str(tried.rows))
    take = admin(label, "file-apply", message_id, said, 0, style="success")
    leave = admin(say(language, "file-drop"), "file-drop", message_id)
    rows = [[take, leave]]
    if tried.preview.away:
        label = say(language, "file-apply-back", count=str(len(tried.preview.away)))
        rows.append([admin(label, "file-apply", message_id, said, 1)])
    return Message("\n".join([*lines, "", esc(say(language, "file-nothing-yet"))]), rows)


def all_changes(tried: TriedOut, language: str) -> bytes | None:
    """A text file of everything that the list would do; None where the message says it all."""
    new, changed = _new(tried), _changed(tried)
    if len(new) <= MOST_NAMES and len(changed) <= MOST_CHANGES:
        return None
    return import_preview.whole(tried.preview, language).encode("utf-8-sig")


def _new(tried: TriedOut) -> list[Difference]:
    """The people who are new; a score is none."""
    return [each for each in tried.preview.differences if each.is_new and tried.kind is ListKind.PEOPLE]


def _changed(tried: TriedOut) -> list[Difference]:
    return [each for each in tried.preview.differences if not each.is_new or tried.kind is ListKind.SCORES]


def _counts(taken: TriedOut | TakenIn, language: str) -> list[str]:
    if taken.kind is ListKind.SCORES:
        return [say(language, "file-scores", count=str(taken.rows))]
    people = taken.people
    numbers = {name: str(len(getattr(people, name))) for name in people._fields}
    return [say(language, "file-people", count=str(taken.rows), **numbers)]


def _details(tried: TriedOut, language: str) -> list[str]:
    """Who is new and what changes, as far as there is room, and what is left aside."""
    new, changed = _new(tried), _changed(tried)
    lines = []
    if new:
        names = import_preview.joined([short(each.name, NAME) for each in new], language, MOST_NAMES)
        lines.append(say(language, "file-added", names=names))
    lines += [short(line, CHANGE) for line in import_preview.changes(changed[:MOST_CHANGES], language)]
    if len(changed) > MOST_CHANGES:
        lines.append(say(language, "preview-more", count=str(len(changed) - MOST_CHANGES)))
    return [*lines, *(short(note, NOTE) for note in import_preview.notes(tried.preview, language))]


def faults_message(refusal: InvalidTable, language: str) -> Message:
    """The first faults by row and column, and how many more there are."""
    lines = [say(language, refusal.key, **refusal.values), ""]
    lines += [short(_fault(fault, language), FAULT) for fault in refusal.faults[:MOST_FAULTS]]
    if len(refusal.faults) > MOST_FAULTS:
        lines.append(say(language, "file-more-faults", count=str(len(refusal.faults) - MOST_FAULTS)))
    return Message(esc("\n".join([*lines, "", say(language, "file-send-again")])), [])


def _fault(fault: Fault, language: str) -> str:
    column = import_preview.column_name(fault.column, language)
    problem = say(language, fault.error.key, **fault.error.values)
    return say(language, "table-fault", row=str(fault.row), column=column, problem=problem)


def done_message(taken: TakenIn, not_joined: int, language: str) -> Message:
    """What was taken in, and where to go on: after a list of people also to inviting those who have `not_joined`."""
    lines = [say(language, "file-done"), *_counts(taken, language)[:1]]
    if taken.kind is ListKind.SCORES:
        return Message(esc("\n".join(lines)), [[back(language)]])
    people = admin(say(language, "admin-menu-people"), "people", 0)
    return Message(esc("\n".join(lines)), [*invite_row(not_joined, language), [people, back(language)]])


def changed_message(refusal: ListChanged, language: str) -> Message:
    """Says that nothing was taken in, for the preview holds no more; a new one follows."""
    return Message(esc(say(language, refusal.key, **refusal.values)), [])


def dropped_message(language: str) -> Message:
    """Says that nothing was taken in."""
    return Message(esc(say(language, "file-dropped")), [[back(language)]])
