"""What waits for a signature, and what is signed and waits to be published."""

from collections.abc import Sequence

from bot.render.admin.assess import Standards, case_buttons, level_words
from bot.render.admin.menu import admin, back, brief, on_page, pages
from bot.render.message import Message, Rows, bold, esc, in_rows
from qualify.life import AssessmentState
from qualify.storage.assessments import Listed
from qualify.texts import say

HEADINGS = {
    AssessmentState.REVIEWED: "admin-sign-to-sign",
    AssessmentState.SIGNED_OFF: "admin-sign-signed",
}


def queue_message(waiting: Sequence[Listed], standards: Standards, page: int, language: str) -> Message:
    """First what waits for a signature, then what is signed."""
    if not waiting:
        return Message(esc(say(language, "admin-sign-none")), [[back(language)]])
    ordered = [each for state in HEADINGS for each in waiting if each.state == state]
    shown = ordered[on_page(ordered, page)]
    lines: list[str] = []
    for state, key in HEADINGS.items():
        count = sum(each.state == state for each in ordered)
        here = [_line(n, each, standards, language) for n, each in enumerate(shown, start=1) if each.state == state]
        if here:
            lines += [bold(say(language, key, count=str(count))), *here, ""]
    rows = [*in_rows(case_buttons(shown), 2), *pages(language, "sign", page, len(ordered))]
    return Message("\n".join(lines).rstrip(), [*rows, *_publish(ordered, language), [back(language)]])


def _line(number: int, each: Listed, standards: Standards, language: str) -> str:
    standard = standards.get((each.standard, each.version))
    named = standard.name.in_language(language) if standard else each.standard
    level = level_words(each, standards, language)
    return esc(f"{number}. {say(language, 'admin-sign-row', name=brief(each.subject), standard=named, level=level)}")


def _publish(ordered: Sequence[Listed], language: str) -> Rows:
    count = _signed(ordered)
    text = say(language, "admin-sign-publish", count=str(count))
    return [[admin(text, "sign-publish", style="success")]] if count else []


def _signed(waiting: Sequence[Listed]) -> int:
    return sum(each.state == AssessmentState.SIGNED_OFF for each in waiting)


def publish_message(waiting: Sequence[Listed], language: str) -> Message:
    """Really? What many people are told can't be taken back."""
    count = str(_signed(waiting))
    yes = admin(say(language, "admin-sign-publish-yes", count=count), "sign-publish", 1, style="success")
    return Message(esc(say(language, "admin-sign-ask-publish", count=count)), [[yes], [back(language, "sign")]])
