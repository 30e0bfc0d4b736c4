"""Standards as administrators work on them: the list, a version's card, what a workbook would bring, and its faults."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.render.admin.menu import admin, back, brief, on_page, pages
from bot.render.message import Message, Rows, bold, esc, short
from qualify.errors import InvalidStandard
from qualify.reporting.standard_changes import Compared, TriedDraft
from qualify.services.reading import mark
from qualify.services.standards.drafts import StandardEntry
from qualify.standard import Standard, problems_of
from qualify.storage.tables import StandardState
from qualify.texts import say

MOST_PROBLEMS = 15
MOST_CHANGES = 12
LINE = 160  # characters of a change or a fault
NAME = 30


def title(standard: Standard, language: str) -> str:
    """What a version is called."""
    name = short(standard.name.in_language(language), NAME)
    return say(language, "standards-title", name=name, version=str(standard.version))


def list_message(entries: Sequence[StandardEntry], page: int, language: str) -> Message:
    """Every version; those that wait for somebody are marked."""
    shown = entries[on_page(entries, page)]
    rows: Rows = []
    for each in shown:
        since = each.adopted_from.isoformat() if each.adopted_from else ""
        words = say(language, "standards-entry", title=title(each.standard, language), state=each.word, since=since)
        rows.append([admin(words, "std", mark(each.standard))])
    text = f"{bold(say(language, 'admin-menu-standards'))}\n{esc(say(language, 'standards-hint'))}"
    settings = admin(say(language, "standards-settings"), "std-settings")
    return Message(text, [*rows, *pages(language, "standards", page, len(entries)), [settings, back(language)]])


def card_message(entry: StandardEntry, compared: Compared, zone: ZoneInfo, language: str) -> Message:
    """One version: how far it is, what differs from the one before, and what can be done with it."""
    standard, number = entry.standard, mark(entry.standard)
    when = f"{entry.changed_at.astimezone(zone):%Y-%m-%d %H:%M}" if entry.changed_at else ""
    who = brief(entry.changed_by) or say(language, "standards-operator")
    asked = brief(entry.asked_by) or say(language, "standards-operator")
    since = entry.adopted_from.isoformat() if entry.adopted_from else ""
    said = {"when": when, "who": who, "asked": asked, "since": since, "current": str(entry.current)}
    lines = [esc(say(language, "standards-state", state=entry.word, **said))]
    rows: Rows = [[admin(say(language, "standards-file"), "std-file", number)]]
    if compared.version:
        lines += ["", esc(say(language, "standards-before", version=str(compared.version)))]
        lines += _changes(compared, language)
        rows[0].append(admin(say(language, "standards-diff"), "std-diff", number))
    if entry.state is StandardState.RELEASED and not entry.is_in_force:
        rows.append([admin(say(language, "standards-adopt"), "std-adopt", number)])
    if entry.state is not StandardState.RELEASED:
        rows.append([admin(say(language, "standards-try"), "std-try", number)])
        if entry.state is StandardState.DRAFT or entry.may_sign:
            words = say(language, "standards-release", state=entry.state)
            rows.append([admin(words, "std-release", number, style="primary")])
        rows.append([admin(say(language, "standards-drop"), "std-drop", number)])
    text = "\n".join([bold(title(standard, language)), *lines])
    return Message(text, [*rows, [back(language, "standards")]])


def _changes(compared: Compared, language: str) -> list[str]:
    """As many of the changes as there is room for."""
    shown = [esc(short(line, LINE)) for line in compared.lines[:MOST_CHANGES]]
    more = len(compared.lines) - MOST_CHANGES
    return [*shown, esc(say(language, "standards-more", count=str(more)))] if more > 0 else shown


def confirm_message(entry: StandardEntry, doing: str, language: str) -> Message:
    """Ask once before a release or before a draft is deleted, and say what ends with it."""
    number, name = mark(entry.standard), title(entry.standard, language)
    asked = say(language, f"standards-ask-{doing}", title=name, state=entry.state)
    words = say(language, f"standards-do-{doing}", state=entry.state)
    do = admin(words, f"std-{doing}", number, entry.mark, style="success" if doing == "release" else "danger")
    return Message(esc(asked), [[do], [back(language, "std", number)]])


def released_message(entry: StandardEntry, state: StandardState, language: str) -> Message:
    """What came of asking for a release."""
    said = say(language, "standards-released", title=title(entry.standard, language), state=state)
    adopt = [admin(say(language, "standards-adopt"), "std-adopt", mark(entry.standard))]
    return Message(esc(said), [*([adopt] if state is StandardState.RELEASED else []), [back(language, "standards")]])


def preview_message(tried: TriedDraft, message_id: int, language: str) -> Message:
    """What a workbook would bring, and the button that takes it in as a draft."""
    compared = tried.compared
    key = "replaces" if tried.replaces else "follows" if compared.version else "first"
    lines = [bold(f"📘 {title(tried.standard, language)}")]
    lines += [esc(say(language, f"standards-{key}", version=str(compared.version))), *_changes(compared, language)]
    take = admin(say(language, "standards-take"), "file-apply", message_id, style="success")
    leave = admin(say(language, "file-drop"), "file-drop", message_id)
    return Message("\n".join([*lines, "", esc(say(language, "standards-nothing-yet"))]), [[take, leave]])


def taken_message(standard: Standard, language: str) -> Message:
    """Says that the draft is there, and leads to it."""
    text = esc(say(language, "standards-taken", title=title(standard, language)))
    return Message(text, [[admin(say(language, "standards-look"), "std", mark(standard)), back(language)]])


def problems_message(refusal: InvalidStandard, language: str) -> Message:
    """The first faults by sheet, row and column, and how many more there are."""
    problems = problems_of(refusal)
    lines = [say(language, "standards-problems", count=str(len(problems))), ""]
    lines += [short(each.say(language), LINE) for each in problems[:MOST_PROBLEMS]]
    if len(problems) > MOST_PROBLEMS:
        lines.append(say(language, "file-more-faults", count=str(len(problems) - MOST_PROBLEMS)))
    return Message(esc("\n".join([*lines, "", say(language, "file-send-again")])), [])


def all_problems(refusal: InvalidStandard, language: str) -> bytes | None:
    """A text file of every fault; None where the message says them all."""
    said = [each.say(language) for each in problems_of(refusal)]
    if len(said) <= MOST_PROBLEMS and all(len(each) <= LINE for each in said):
        return None
    return "\n".join(said).encode("utf-8-sig")
