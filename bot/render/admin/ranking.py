"""The ranking of the knowledge composite: by which standard, of which level, and who stands where."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.render.admin.menu import admin, back, brief, turns
from bot.render.message import Button, Message, bold, esc, in_rows
from qualify.reporting.wording import ranked_by
from qualify.scoring import plain
from qualify.services.assessments.ranking import Ranked, RankingPage
from qualify.standard import Standard
from qualify.texts import say

YEARS = (0, 1)
"""How many years back can be chosen."""
LINES = 30
"""How many candidates a page shows."""


def standards_message(standards: Sequence[Standard], language: str) -> Message:
    """Asks for one of the standards that have examinations of their own."""
    key = "admin-ranking-which" if standards else "admin-ranking-none-here"
    named = [each.name.in_language(language) for each in standards]
    rows = [[admin(name, "ranking", place)] for place, name in enumerate(named)]
    return Message(esc(say(language, key)), [*rows, [back(language)]])


def levels_message(standard: Standard, place: int, way_back: str, language: str) -> Message:
    """Asks for a level of the standard, which is at `place` in the list; `way_back` is the screen before."""
    named = [level.name.in_language(language) for level in standard.levels]
    buttons = [admin(name, "ranking", place, index) for index, name in enumerate(named)]
    heading = f"{bold(standard.name.in_language(language))}\n{esc(say(language, 'admin-ranking-levels'))}"
    return Message(heading, [*in_rows(buttons, 1), [back(language, way_back)]])


class Chosen(NamedTuple):
    """What was chosen: the places of the standard and the level in their lists, and how many years back."""

    standard: int
    level: int
    back: int = 0


def ranking_message(page: RankingPage, standard: Standard, chosen: Chosen, this_year: int, language: str) -> Message:
    """A page of the ranking of those who applied in the chosen year; equal composites share a rank. Below it stands by
    what they are ranked."""
    level = standard.levels[chosen.level]
    year = str(this_year - chosen.back)
    title = say(language, "admin-ranking-title", level=level.name.in_language(language), year=year)
    lines = [bold(say(language, "admin-ranking")), esc(title), ""]
    lines += [esc(_row(each, language)) for each in page.ranked]
    if not page.ranked:
        lines.append(esc(say(language, "admin-ranking-nobody")))
    lines += ["", *map(esc, ranked_by(standard, language))]
    before, after = (
        None if place is None else (place.gap, place.applied.toordinal(), place.assessment_id)
        for place in (page.before, page.after)
    )
    years = [_year(chosen._replace(back=each), this_year, language) for each in YEARS if each != chosen.back]
    rows = [*turns(language, "ranking", before, after, *chosen), years]
    return Message("\n".join(lines), [*rows, [back(language, "ranking", chosen.standard)]])


def _row(each: Ranked, language: str) -> str:
    name = brief(each.name)
    if each.composite is None:
        return say(language, "admin-ranking-unranked", name=name)
    return say(language, "admin-ranking-row", rank=str(each.rank), name=name, composite=plain(each.composite))


def _year(chosen: Chosen, this_year: int, language: str) -> Button:
    return admin(say(language, "admin-ranking-year", year=str(this_year - chosen.back)), "ranking", *chosen)
