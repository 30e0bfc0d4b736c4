"""The screen of a criterion: the whole element with its marks, the one in hand in full, and its answers."""

from functools import lru_cache
from itertools import takewhile

from bot.render.message import Button, Rows, Style, bold, button, esc
from bot.render.review_parts import evidence_line, evidence_row, press_data, title
from qualify.dialogue import Act, CriterionLine, Screen
from qualify.scoring import Mark
from qualify.services.reviews.screen import Turn
from qualify.texts import say, shortened

ROOM = {"zh-CN": 17, "en": 36}
"""How many characters of a criterion that isn't in hand are shown: one line on a phone."""
SPACE, AROUND = 2200, 15
"""How many UTF-16 units the criteria that aren't in hand have together, and how many one's marks and number take."""
MOST = 100
"""So many of them are shown, those nearest to the one in hand; where there are more, no button speaks for all."""
LEAD = 3
"""How many of the characters that two criteria share stand before the first that differs."""
MARK_STYLE: dict[Mark, Style] = {Mark.MET: "success"}


def criterion(turn: Turn, screen: Screen, language: str) -> tuple[list[str], Rows]:
    """Asks about one criterion among those of its element: its four answers, one for all that are left, and where the
    element is rated, the way to the rating."""
    lines = [title(screen, language), *evidence_line(turn, language), *_summary(screen, language), ""]
    seen = _seen(screen)
    room = min(ROOM[language], SPACE // len(seen) - AROUND)
    texts = tuple([line.criterion.text.in_language(language) for line in seen])
    for line, text in zip(seen, texts, strict=True):
        lines += (
            _in_hand(screen, line, language)
            if line.in_hand
            else [_shortened(line, telling(text, texts, room), language)]
        )
    if len(seen) < len(screen.lines):
        lines.append(f"… +{len(screen.lines) - len(seen)}")
    marks = [_mark_button(turn, screen, mark, language) for mark in Mark]
    return lines, [marks[:2], marks[2:], *_beside(turn, screen, language), *evidence_row(turn, language)]


def _seen(screen: Screen) -> tuple[CriterionLine, ...]:
    """The lines that there is room for."""
    place = next(place for place, line in enumerate(screen.lines) if line.in_hand)
    first = max(0, min(place - MOST // 2, len(screen.lines) - MOST))
    return screen.lines[first : first + MOST]


def _in_hand(screen: Screen, line: CriterionLine, language: str) -> list[str]:
    """The criterion in hand in full, set apart from those around it."""
    key = "chat-criterion-offered" if line.offered else "chat-criterion"
    count = say(language, key, ordinal=str(screen.ordinal), all=str(screen.ordinals))
    mark = say(language, "chat-key-condition") if line.key else ""
    least = [f"<i>{esc(say(language, 'chat-minimum'))}</i>"] if line.criterion.minimum else []
    text = bold(line.criterion.text.in_language(language))
    apart = [] if line is screen.lines[0] else [""]
    return [*apart, esc(f"👉 {count}{mark}"), text, *least, *([] if line is screen.lines[-1] else [""])]


@lru_cache(maxsize=4096)  # the same for everybody who rates the element
def telling(text: str, among: tuple[str, ...], room: int) -> str:
    """So many characters of the text that tell it from those around it: its beginning, or where others begin like it,
    what comes after that."""
    alike = max((_alike(text, other) for other in among if other != text), default=0)
    if len(text) <= room or alike < room - 1:
        return shortened(text, room)
    return shortened("…" + text[alike - LEAD :], room)


def _alike(one: str, other: str) -> int:
    """How many characters two texts share from their beginning on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _shortened(line: CriterionLine, text: str, language: str) -> str:
    """Another criterion in one line: its mark, and enough of it to be recognised."""
    key = "🔑 " if line.key else ""
    above = "⬆️ " if line.offered else ""
    return esc(f"{_icon(line.mark, language)} {line.number}. {above}{key}{text}")


def _icon(mark: Mark | None, language: str) -> str:
    if mark is None:
        return say(language, "chat-line-open")
    if mark is Mark.NOT_OBSERVED:
        return say(language, "chat-line-not-observed")
    return say(language, f"chat-icon-{mark.replace('_', '-')}", part="lead")


def _summary(screen: Screen, language: str) -> list[str]:
    """What the level asks of the element, in one line, where the standard says so."""
    if screen.summary is None:
        return []
    return [f"<i>{esc(screen.summary.in_language(language))}</i>"]


def _mark_button(turn: Turn, screen: Screen, mark: Mark, language: str) -> Button:
    chosen = "• " if mark is screen.mark else ""
    text = chosen + say(language, f"chat-mark-{mark.replace('_', '-')}", part=turn.row.part)
    style: Style | None = MARK_STYLE.get(mark) if screen.mark is None else "primary" if chosen else None
    return button(text, press_data(turn, Act.MARK, mark), style)


def _beside(turn: Turn, screen: Screen, language: str) -> Rows:
    """What answers all that is left at once, where more than one is; and the way to the rating."""
    rows: Rows = []
    if len(screen.together) > 1 and len(screen.lines) <= MOST:
        says = {"scope": _scope(screen), "part": turn.row.part}
        rows.append([button(say(language, "chat-all-met", **says), press_data(turn, Act.ALL_MET), "success")])
        if Act.NONE_OBSERVED in screen.offers:
            rows.append([button(say(language, "chat-none-observed", **says), press_data(turn, Act.NONE_OBSERVED))])
    if Act.RERATE in screen.offers:
        rows.append([button(say(language, "chat-rerate"), press_data(turn, Act.RERATE))])
    return rows


def _scope(screen: Screen) -> str:
    """What one press answers, in the words of its button: all of the element or of the next level, what is left, or
    what is left but the key conditions."""
    if any(line.key and line.mark is None for line in screen.lines):
        return "but-key"
    if len(screen.together) < screen.ordinals:
        return "rest"
    return "offered" if screen.offered else "all"
