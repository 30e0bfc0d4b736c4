"""A result in the chat: the chart's caption, and the explanation in pages."""

from bot.buttons import To, command
from bot.render.menus import MOST
from bot.render.message import Message, Rows, bold, button, esc, in_rows
from qualify.scoring import ElementResult, Explanation, Mark, names, plain
from qualify.services.charting import figure
from qualify.services.results import Shown
from qualify.standard import Standard, all_criteria
from qualify.storage.results import PastResult
from qualify.texts import say

MAX_CAPTION = 1024
PAGE = 3500  # room for the heading within Telegram's 4096


def caption(shown: Shown, language: str, *, own: bool, new: bool = False) -> Message:
    """What stands under the chart; the name is always in words as well, whatever the font can draw.

    A `new` result is news, to its subject (`own`) and to the others; any other is one of its day.
    """
    result, standard = shown.result, shown.standard
    key = "chat-result-past" if not new else "chat-result-own" if own else "chat-result-theirs"
    heading = say(
        language,
        "chat-result-caption",
        name=shown.subject,
        standard=standard.name.in_language(language),
        level=standard.level(result.level).name.in_language(language),
    )
    first = say(language, key, name=shown.subject, date=shown.made_on.isoformat())
    lines = [esc(first), bold(heading), *map(esc, _figures(shown, language))]
    lines += [esc(line) for line in shown.explained(language).closing[-1:] if result.way_up is not None]
    explain = button(say(language, "chat-result-explain"), command(To.EXPLAIN, shown.id, 0), "primary")
    return Message(_fitting(lines, MAX_CAPTION), [[explain]], protected=True)


def _figures(shown: Shown, language: str) -> list[str]:
    result = shown.result
    if result.total is None:
        return [figure(result, language)]
    lines = [say(language, "chat-result-points", total=plain(result.total))]
    if result.granted is False:
        lines.append(say(language, "chat-result-blocked"))
    elif result.grade is not None:
        lines.append(say(language, "chat-result-grade", grade=names(shown.standard, language)[result.grade]))
    return lines


def _fitting(lines: list[str], limit: int) -> str:
    """As many whole lines as fit."""
    while len("\n".join(lines)) > limit:
        lines = lines[:-1]
    return "\n".join(lines)


def explanation(shown: Shown, page: int, language: str) -> Message:
    """One page of the explanation: first the sum and the way up, then the elements, module by module."""
    pages = explanation_pages(shown, language)
    page = min(max(page, 0), len(pages) - 1)
    title = say(language, "chat-explain-title", name=shown.subject, page=str(page + 1), pages=str(len(pages)))
    turns = []
    if page > 0:
        turns.append(button(say(language, "chat-explain-previous"), command(To.EXPLAIN, shown.id, page - 1)))
    if page + 1 < len(pages):
        turns.append(button(say(language, "chat-explain-next"), command(To.EXPLAIN, shown.id, page + 1)))
    return Message(f"{bold(title)}\n\n{pages[page]}", [turns] if turns else [], protected=True)


def explanation_pages(shown: Shown, language: str) -> list[str]:
    """All pages as HTML, none longer than a message can be."""
    explained = shown.explained(language)
    texts = {criterion.id: criterion.text.in_language(language) for criterion in all_criteria(shown.standard)}
    pages = _packed([esc(line) for line in explained.closing], "\n")
    for module in shown.standard.modules:
        ids = {element.id for element in module.elements}
        rated = [element for element in shown.result.elements if element.id in ids]
        blocks = [_block(element, explained, texts, language) for element in rated]
        if blocks:
            pages += _packed([f"<i>{esc(module.name.in_language(language))}</i>", *blocks], "\n\n")
    return pages


def _block(element: ElementResult, explained: Explanation, texts: dict[str, str], language: str) -> str:
    heading, *lines = explained.elements[element.id]
    return "\n".join([bold(heading), *map(esc, lines), *_shortfalls(element, texts, language)])


def _shortfalls(element: ElementResult, texts: dict[str, str], language: str) -> list[str]:
    """The criteria that one assessor saw not or only partly met; several assessors' answers stay theirs."""
    if len(element.reviews) != 1:
        return []
    short = [
        f"{say(language, 'chat-icon-' + mark.replace('_', '-'))} {texts[criterion]}"
        for criterion, mark in element.reviews[0].marks.items()
        if mark in (Mark.PARTLY, Mark.NOT_MET)
    ]
    return [esc(line) for line in short]


def _packed(blocks: list[str], gap: str) -> list[str]:
    """Blocks put together to pages; a block that is too long by itself is cut between two lines."""
    pages: list[str] = []
    for piece in (piece for block in blocks for piece in _pieces(block)):
        if pages and len(pages[-1]) + len(gap) + len(piece) <= PAGE:
            pages[-1] += gap + piece
        else:
            pages.append(piece)
    return pages


def _pieces(block: str) -> list[str]:
    pieces = [""]
    for line in block.split("\n"):
        if len(pieces[-1]) + len(line) + 1 > PAGE:
            pieces.append("")
        pieces[-1] += ("\n" if pieces[-1] else "") + line
    return pieces


def history_message(past: list[PastResult], standards: dict[tuple[str, int], Standard], language: str) -> Message:
    """A button for each earlier result, the newest first, up to `MOST`."""
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
