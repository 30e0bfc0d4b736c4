"""Notes and files one by one: listed to their assessor, opened again, taken back."""

import json
from collections.abc import Mapping

from bot.buttons import To, command
from bot.render.menus import whose
from bot.render.message import Button, Message, Rows, bold, button, esc, in_rows, short, shown_units
from bot.telegram_api import SENT_AGAIN
from qualify.reporting.wording import assessor_name
from qualify.services.reviews.evidence import KeptHere, OpenedEvidence
from qualify.standard import Standard, names
from qualify.storage.tables import Evidence
from qualify.texts import say

PAGE = 4
"""How many notes and files a page of a list shows."""
MAX_WORDS = 400
"""How many characters of each are shown in a list: a page fits even where all are emoji, which count twice."""
MAX_NAME = 60
"""How many characters of an element's or a file's name are shown."""
MAX_CAPTION = 1024
MAX_TEXT = 4096
ICONS = {
    "photo": "🖼",
    "document": "📄",
    "voice": "🎤",
    "audio": "🎵",
    "video": "🎬",
    "video_note": "🎬",
    "forward": "↪️",
}


def is_file(evidence: Evidence) -> bool:
    """Whether there is a file to send, and not just words."""
    return bool(evidence.file_id) and evidence.kind in SENT_AGAIN


def line(evidence: Evidence, language: str) -> str:
    """What kind of evidence it is, and its file's name and its words if it has any; or that it was taken back."""
    kind = say(language, "admin-evidence-kind", kind=evidence.kind)
    if evidence.was_taken_back:
        return say(language, "evidence-taken-back", kind=kind)
    words = " · ".join(filter(None, [short(evidence.file_name, MAX_NAME), short(evidence.text, MAX_WORDS)]))
    said = say(language, "admin-evidence-words", kind=kind, text=words) if words else kind
    return said + (say(language, "evidence-edited") if evidence.earlier != "[]" else "")


def open_button(number: int, evidence: Evidence, page: int) -> Button:
    """A button that opens what stands under this number."""
    data = command(To.KEPT, evidence.id, page, word="open")
    return button(f"{number} {ICONS.get(evidence.kind, '📝')}", data)


def kept_message(kept: KeptHere, standard: Standard, page: int, language: str) -> Message:
    """A page of what its assessor has kept, each with a button that opens it and, while the review is open, one that
    takes it back."""
    named = _named(standard, language)
    count = len(kept.evidence)
    page = max(0, min(page, (count - 1) // PAGE))
    about = named[kept.element] if kept.element else whose(kept.row, language)
    lines = [bold(short(about, MAX_NAME)), esc(say(language, "admin-case-evidence", count=str(count))), ""]
    rows: Rows = []
    for number, each in list(enumerate(kept.evidence, start=1))[page * PAGE : (page + 1) * PAGE]:
        on = "" if kept.element else f"<i>{esc(short(named[each.element], MAX_NAME))}</i> · "
        lines.append(f"{number}. {on}{esc(line(each, language))}")
        rows.append([open_button(number, each, page)])
        if kept.row.is_open:
            rows[-1].append(button(say(language, "evidence-take-back"), command(To.KEPT, each.id, word="take")))
    if not count:
        lines.append(esc(say(language, "evidence-none")))
    rows += _turns(kept.row.id, page, count, language)
    rows.append([button(say(language, "evidence-back"), command(To.KEPT, kept.row.id, word="back"))])
    return Message("\n".join(lines), rows, protected=True)


def _turns(review_id: int, page: int, count: int, language: str) -> Rows:
    turns = []
    if page > 0:
        turns.append(("chat-explain-previous", page - 1))
    if (page + 1) * PAGE < count:
        turns.append(("chat-explain-next", page + 1))
    row = [button(say(language, key), command(To.KEPT, review_id, to, word="list")) for key, to in turns]
    return in_rows(row, 2)


def _named(standard: Standard, language: str) -> Mapping[str, str]:
    return {**names(standard, language), "": say(language, "admin-evidence-review")}


def _heading(found: OpenedEvidence, language: str) -> str:
    """Whose note it is, about whom and which element."""
    element = _named(found.view.standard, language)[found.evidence.element]
    words = [found.view.subject.name, element, assessor_name(found.review, language)]
    return bold(" · ".join(short(each, MAX_NAME) for each in words))


def _earlier(evidence: Evidence, language: str) -> list[str]:
    """What it said before its message was edited, the oldest first."""
    said = [
        each["text"] or say(language, "admin-evidence-kind", kind=each["kind"]) for each in json.loads(evidence.earlier)
    ]
    return [esc(say(language, "evidence-earlier", text=text)) for text in said]


def _back(found: OpenedEvidence, page: int, language: str, *, own: bool) -> Rows:
    if own and not found.review.is_open:
        data = command(To.READ, found.review.id, word="review")
    elif own:
        data = command(To.KEPT, found.review.id, page, word="list")
    else:
        data = command(To.ADMIN, found.view.id, page, word="case-evidence")
    return [[button(say(language, "admin-back"), data)]]


def note_message(found: OpenedEvidence, page: int, language: str, *, own: bool) -> Message:
    """A note or a forwarded text, whole, then what it said before as far as there is room."""
    text = f"{_heading(found, language)}\n{esc(found.evidence.text)}"
    for each in _earlier(found.evidence, language):
        if shown_units(text) + shown_units(each) + 2 <= MAX_TEXT:
            text += f"\n\n{each}"
    return Message(text, _back(found, page, language, own=own), protected=True)


def file_messages(found: OpenedEvidence, page: int, language: str, *, own: bool) -> tuple[Message, Message | None]:
    """What stands below the file, and a message after it where there isn't room for all its words."""
    heading, rows = _heading(found, language), _back(found, page, language, own=own)
    words = "\n\n".join([*filter(None, [esc(found.evidence.text)]), *_earlier(found.evidence, language)])
    whole = f"{heading}\n{words}" if words else heading
    if found.evidence.kind == "video_note":
        return Message("", rows, protected=True), Message(whole, [], protected=True)
    if shown_units(whole) <= MAX_CAPTION:
        return Message(whole, rows, protected=True), None
    return Message(heading, rows, protected=True), note_message(found, page, language, own=own)


def take_back_message(found: OpenedEvidence, language: str) -> Message:
    """Says what taking it back means, with the button that does it."""
    asked = esc(say(language, "evidence-take-back-ask"))
    text = f"{_heading(found, language)}\n{esc(line(found.evidence, language))}\n\n{asked}"
    yes = button(say(language, "evidence-take-back-yes"), command(To.KEPT, found.evidence.id, word="taken"), "danger")
    return Message(text, [[yes], *_back(found, 0, language, own=True)], protected=True)


def reworded_message(standard: Standard, element: str, language: str) -> Message:
    """Says that a note has the words of its edited message now."""
    return Message(esc(say(language, "evidence-reworded", element=_named(standard, language)[element])), [])
