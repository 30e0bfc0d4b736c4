"""A result in the chat: the chart's caption with what its subject can answer, and the list of earlier results."""

from decimal import Decimal

from bot.buttons import To, command
from bot.render.menus import MOST
from bot.render.message import Message, Rows, bold, button, esc, in_rows, units
from bot.render.standard import learn_button
from qualify.reporting import wording
from qualify.reporting.wording import NAME
from qualify.scoring import compare, plain
from qualify.services.assessments.overview import ResultView
from qualify.texts import say, shortened

MAX_CAPTION, MAX_TEXT = 1024, 4096


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
    """Buttons: the explanation, what to learn, and as long as it is possible the two answers of its subject."""
    explain = button(say(language, "chat-result-explain"), command(To.EXPLAIN, shown.id, 0), "primary")
    rows = [[explain], [learn_button(shown, language)]]
    if shown.may_acknowledge:
        text = say(language, "employee-acknowledge", appeal="possible" if shown.may_appeal else "over")
        rows.append([button(text, command(To.ACKNOWLEDGE, shown.id), "success")])
    if shown.may_appeal and shown.appeal_until is not None:
        text = say(language, "employee-appeal", until=f"{shown.appeal_until:%m-%d %H:%M}")
        rows.append([button(text, command(To.APPEAL, shown.id))])
    return rows


def history_message(past: list[ResultView], language: str) -> Message:
    """The list of results, a button for each, the newest first, up to `MOST`: the figure and grade, what it replaced or
    was replaced by, and how it differs from the one before. As many in words as a message holds."""
    shown = past[:MOST]
    buttons = [button(_past(each, language), command(To.RESULT, each.id)) for each in shown]
    lines = [say(language, "chat-history")]
    if len(past) > MOST:
        lines.append(say(language, "chat-history-newest", count=str(MOST)))
    head = len(lines)
    lines = _fitting([*lines, *("\n".join(_told(each, past, language)) for each in shown)], MAX_TEXT)
    text = "\n".join([bold(lines[0]), *map(esc, lines[1:head]), *("\n" + esc(each) for each in lines[head:])])
    return Message(text, in_rows(buttons, 1), protected=True)


def _past(each: ResultView, language: str) -> str:
    return say(
        language,
        "chat-history-row",
        date=each.made_on.isoformat(),
        standard=each.standard.name.in_language(language),
        level=each.standard.level(each.result.level).name.in_language(language),
    )


def _told(each: ResultView, past: list[ResultView], language: str) -> list[str]:
    """A result in two lines or three."""
    parts = [outcome(each, language), *_change(each, past, language)]
    return [_past(each, language), " · ".join(parts), *_replacement(each, language)]


def outcome(shown: ResultView, language: str) -> str:
    """The figure with the grade that counts, where the standard has grades."""
    figure = wording.total(shown.result, language)
    if shown.result.total is None or not shown.standard.grades:
        return figure
    return say(language, "team-grade", figure=figure, grade=wording.grade_name(shown.standard, shown.grade, language))


def _change(each: ResultView, past: list[ResultView], language: str) -> list[str]:
    """How the figure differs from that of the result before, of the same standard and level."""
    alike = each.stored.standard, each.stored.level
    before = next((old for old in past if old.id < each.id and (old.stored.standard, old.stored.level) == alike), None)
    if before is None:
        return []
    total, elements, _ = compare(before.result, each.result)
    change, kind = (Decimal(elements), "met") if total is None else (total, "total")
    date = before.made_on.isoformat()
    if not change:
        return [say(language, "history-same", date=date)]
    sign = "+" if change > 0 else "−"
    return [say(language, "history-change", kind=kind, change=sign + plain(abs(change)), date=date)]


def _replacement(each: ResultView, language: str) -> list[str]:
    """What it replaced, and whether a newer one of its assessment has replaced it."""
    old = each.replaces
    replaced = [] if old is None else [say(language, "history-replaces", date=old.made_on.isoformat())]
    return [*replaced, *([say(language, "history-replaced")] if each.is_replaced else [])]
