"""Standards in use: which level's statistics are wanted, what the picture says below it, and the signs that it may be
time to adjust a standard, each with what speaks for and against."""

from collections.abc import Sequence

from bot.render.admin.menu import admin, back, on_page, pages
from bot.render.message import Button, Message, bold, esc, packed, short
from qualify.reporting.item_figures import heading, sign_line, speaks_against, speaks_for
from qualify.services.assessments.item_statistics import Findings
from qualify.services.notices.signs import StandardSigns
from qualify.services.reading import LevelChoice, mark
from qualify.standard import Level, Standard
from qualify.statistics import FEWEST, SignKind
from qualify.texts import say

NAME = 30  # characters of a standard or a level on a button
LINE = 110  # characters of a sign
MOST_TOLD, MOST_HEARD = 4, 2
"""How many signs of a kind are named at a level: below its picture, and in the message once a quarter."""
ROOM = 3600
"""UTF-16 units of a message, without its heading."""


def choice_message(choices: Sequence[tuple[Standard, int]], page: int, language: str) -> Message:
    """Asks for a version and level: `choices` are all there are, each a version with the place of one of its levels."""
    rows = [[_to(standard, standard.levels[place], language)] for standard, place in choices[on_page(choices, page)]]
    turns = pages(language, "statistics", page, len(choices))
    text = f"{bold(say(language, 'admin-menu-statistics'))}\n{esc(say(language, 'statistics-ask'))}"
    return Message(text, [*rows, *turns, [back(language)]])


def _to(standard: Standard, level: Level, language: str) -> Button:
    words = say(language, "statistics-choice", **_named(standard, level, NAME, language))
    return admin(words, "statistics-make", mark(standard), standard.levels.index(level))


def _named(standard: Standard, level: Level, most: int, language: str) -> dict[str, str]:
    named = short(standard.name.in_language(language), most), short(level.name.in_language(language), most)
    return {"standard": named[0], "level": named[1], "version": str(standard.version)}


def none_message(chosen: LevelChoice, count: int, language: str) -> Message:
    """Says that there are too few results for statistics."""
    about = _named(chosen.standard, chosen.level, LINE, language)
    text = say(language, "statistics-none", **about, count=count, fewest=str(FEWEST))
    return Message(esc(text), [_way_out(language)])


def _way_out(language: str) -> list[Button]:
    return [back(language, "statistics")]


def caption(found: Findings, language: str) -> Message:
    """What stands below the picture."""
    lines = [esc(heading(found, language))]
    if not found.signs:
        lines.append(esc(say(language, "statistics-quiet")))
    return Message("\n".join(lines), [_way_out(language)])


def level_message(found: Findings, language: str) -> Message:
    """The signs at one level."""
    text = _headed(heading(found, language), _signs([found], MOST_TOLD, language))
    return Message(text, [_way_out(language)])


def _headed(title: str, blocks: Sequence[str]) -> str:
    """As much of the blocks as a message has room for, under the title."""
    return "\n\n".join([bold(title), *packed(blocks, "\n\n", ROOM)[:1]])


def signs_message(models: Sequence[StandardSigns], language: str) -> Message:
    """Tells an administrator which standards may need adjusting, with a button to the picture of each such level."""
    blocks = [esc(say(language, "statistics-signs-hint"))]
    for model in models:
        name = bold(short(model.standard.name.in_language(language), NAME) + f" v{model.standard.version}")
        lines = [name]
        if model.yearly is not None:
            lines.append(esc(say(language, "statistics-yearly", date=model.yearly.isoformat())))
        blocks += ["\n".join(lines), *_signs(model.levels, MOST_HEARD, language)]
    rows = [
        [_to(found.standard, found.standard.level(found.statistics.level), language)]
        for model in models
        for found in model.levels
    ]
    return Message(_headed(say(language, "statistics-signs"), blocks), rows)


def _signs(levels: Sequence[Findings], most: int, language: str) -> list[str]:
    """A block for each kind of sign: at which levels, of what, and what speaks for and against. Of an element and its
    criteria the plainest one is shown."""
    blocks = []
    for kind in SignKind:
        lines, doubts = list[str](), []
        for found in levels:
            signs = [sign for sign in found.signs if sign.kind is kind]
            plainest = {sign.item.element: sign for sign in reversed(signs)}  # of each element, the first one
            shown = [sign for sign in signs if plainest[sign.item.element] is sign][:most]
            level = found.standard.level(found.statistics.level).name.in_language(language)
            for sign in shown:
                line = sign_line(found, sign, language)
                if len(levels) > 1:
                    line = say(language, "statistics-at", level=level, sign=line)
                lines.append("· " + esc(short(line, LINE)))
            if len(signs) > len(shown):
                lines.append(esc(say(language, "statistics-more", count=len(signs) - len(shown))))
            doubts += [doubt for sign in signs for doubt in sign.doubts]
        if lines:
            against = " ".join(speaks_against(kind, doubts, language))
            told = ("statistics-for", speaks_for(kind, language)), ("statistics-against", against)
            reasons = [esc(say(language, key, words=words)) for key, words in told]
            blocks.append("\n".join([bold(say(language, f"statistics-kind-{kind}")), *lines, *reasons]))
    return blocks
