"""A result in the chat: the chart's caption with what its subject can answer, and the list of earlier results."""

from bot.buttons import To, command
from bot.render.menus import MOST
from bot.render.message import Message, Rows, bold, button, esc, in_rows, units
from qualify.reporting import wording
from qualify.reporting.wording import NAME
from qualify.services.assessments.overview import ResultView
from qualify.standard import Standard
from qualify.storage.results import PastResult
from qualify.texts import say, shortened

MAX_CAPTION = 1024


def caption(shown: ResultView, language: str, *, own: bool, new: bool = False, most: int = MAX_CAPTION) -> Message:
    """The caption of the chart; the name is in it whatever the font can draw.

    A `new` result is told as news, to its subject (`own`) or to the others; any other is shown with its day. It has at
    most so many UTF-16 units.
    """
    key = "chat-result-past" if not new else "chat-result-own" if own else "chat-result-theirs"
    name = shortened(shown.subject, NAME)
    first = say(language, key, name=name, date=shown.made_on.isoformat())
    lines = _fitting([first, _heading(shown, name, language), *wording.caption(shown, language)], most)
    text = "\n".join([esc(lines[0]), bold(lines[1]), *map(esc, lines[2:])])
    return Message(text, _rows(shown, language), protected=True)


def _heading(shown: ResultView, name: str, language: str) -> str:
    standard = shown.standard
    return say(
        language,
        "chat-result-caption",
        name=name,
        standard=shortened(standard.name.in_language(language), NAME),
        level=shortened(standard.level(shown.result.level).name.in_language(language), NAME),
    )


def _fitting(lines: list[str], limit: int) -> list[str]:
    """As many whole lines as fit `limit`."""
    while units("\n".join(lines)) > limit:
        lines = lines[:-1]
    return lines


def _rows(shown: ResultView, language: str) -> Rows:
    """Buttons: the explanation, and as long as it is possible the two answers of the result's subject."""
    rows = [[button(say(language, "chat-result-explain"), command(To.EXPLAIN, shown.id, 0), "primary")]]
    if shown.may_acknowledge:
        text = say(language, "employee-acknowledge", appeal="possible" if shown.may_appeal else "over")
        rows.append([button(text, command(To.ACKNOWLEDGE, shown.id), "success")])
    if shown.may_appeal and shown.appeal_until is not None:
        text = say(language, "employee-appeal", until=f"{shown.appeal_until:%m-%d %H:%M}")
        rows.append([button(text, command(To.APPEAL, shown.id))])
    return rows


def history_message(past: list[PastResult], standards: dict[tuple[str, int], Standard], language: str) -> Message:
    """The list of results: a button for each, the newest first, up to `MOST`."""
    buttons = [
        button(_past(each, standards[each.standard, each.version], language), command(To.RESULT, each.id))
        for each in past[:MOST]
    ]
    newest = [esc(say(language, "chat-history-newest", count=str(MOST)))] if len(past) > MOST else []
    rows: Rows = in_rows(buttons, 1)
    return Message("\n".join([bold(say(language, "chat-history")), *newest]), rows)


def _past(each: PastResult, standard: Standard, language: str) -> str:
    return say(
        language,
        "chat-history-row",
        date=each.at.date().isoformat(),
        standard=standard.name.in_language(language),
        level=standard.level(each.level).name.in_language(language),
    )
