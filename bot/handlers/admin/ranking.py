"""The ranking of the knowledge composite, a question at a time: standard, level, year."""

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.arguments import chosen, day_of, newest_standards
from bot.handlers.screens import turn_into
from bot.render.admin.ranking import LINES, YEARS, Chosen, levels_message, ranking_message, standards_message
from bot.render.message import Message
from bot.runtime import Runtime
from qualify.access import Permission
from qualify.services import authorization
from qualify.services.assessments import ranking
from qualify.services.authorization import actor_of
from qualify.standard import Standard
from qualify.storage.candidates import TOP, RankPlace
from qualify.storage.people import Who


async def show(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask for the standard, then the level; then show a page of the ranking. Raises Forbidden, Stale for a choice that
    isn't offered."""
    standards = [each for each in newest_standards(runtime) if each.exams]
    numbers = pressed.numbers or ((0,) if len(standards) == 1 else ())
    if len(numbers) > 1:
        message = await _ranking(runtime, who, standards, Chosen(*numbers[:3]), _place(pressed))
    else:
        await runtime.run(authorization.check, actor_of(who), Permission.SEE_RANKING)
        message = _question(standards, numbers, who.language)
    await turn_into(runtime, who, query, message)


def _question(standards: list[Standard], numbers: tuple[int, ...], language: str) -> Message:
    if not numbers:
        return standards_message(standards, language)
    way_back = "ranking" if len(standards) > 1 else "menu"
    return levels_message(chosen(standards, numbers[0]), numbers[0], way_back, language)


def _place(pressed: Command) -> RankPlace:
    """Where the page begins that the button turns to; the top by default. Raises Stale for a place that can't be."""
    if len(pressed.numbers) < 6:
        return TOP
    return RankPlace(pressed.numbers[3], day_of(pressed, 4), pressed.numbers[5])


async def _ranking(runtime: Runtime, who: Who, standards: list[Standard], of: Chosen, place: RankPlace) -> Message:
    standard = chosen(standards, of.standard)
    level = chosen(standard.levels, of.level)
    this_year = runtime.context.today().year
    year = this_year - chosen(YEARS, of.back)
    page = await runtime.run(ranking.ranking_page, actor_of(who), standard.id, level.id, year, place, most=LINES)
    return ranking_message(page, standard, of, this_year, who.language)
