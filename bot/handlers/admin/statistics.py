"""Standards in use: statistics of a level's elements as a picture, made in a process of its own."""

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.arguments import newest_standards, number, page_of
from bot.handlers.screens import go_on, turn_into
from bot.render.admin.statistics import caption, choice_message, level_message, none_message
from bot.runtime import Runtime
from qualify.access import Permission
from qualify.reporting.item_figures import chart_of
from qualify.services import authorization, reading
from qualify.services.assessments import item_statistics
from qualify.services.authorization import actor_of
from qualify.services.reading import LevelChoice
from qualify.statistics import FEWEST
from qualify.storage.assessments import Scope
from qualify.storage.people import Who
from qualify.texts import say

MOST_SECONDS_COUNTING = 600  # enough for a hundred thousand results; what takes longer hangs


async def choose(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask for a version and level, latest versions first. Raises Forbidden."""
    await runtime.run(authorization.check, actor_of(who), Permission.SEE_STATISTICS)
    newest = newest_standards(runtime)
    standards = newest + [each for each in runtime.context.standards.all() if each not in newest]
    choices = [(each, place) for each in standards for place in range(len(each.levels))]
    await turn_into(runtime, who, query, choice_message(choices, page_of(pressed), who.language))


async def make(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Begin to count and say so; the picture follows. Raises Forbidden, Stale for a level that isn't there and while
    something is under way."""
    runtime.jobs.refuse_second(who.telegram_id)
    await runtime.run(authorization.check, actor_of(who), Permission.SEE_STATISTICS)
    chosen = await runtime.run(reading.marked, number(pressed, 0), number(pressed, 1))
    go_on(runtime, who, _made(runtime, who, chosen))
    await runtime.api.answer(query.id, say(who.language, "statistics-begun"))


async def _made(runtime: Runtime, who: Who, chosen: LevelChoice) -> None:
    """Count in a process of its own, which reads the database itself; send the picture, and then what is noticed."""
    here = runtime.context.elsewhere()
    scope = Scope(standard=chosen.standard.id, version=chosen.standard.version, level=chosen.level.id)
    counted = await runtime.jobs.workers.run(
        MOST_SECONDS_COUNTING, item_statistics.find_elsewhere, here, actor_of(who), scope
    )
    found = next(iter(counted), None)
    if found is None or found.statistics.results < FEWEST:
        count = 0 if found is None else found.statistics.results
        await runtime.api.send(who.telegram_id, none_message(chosen, count, who.language))
        return
    chart = chart_of(found, runtime.context.sign_rules, who.language)
    png = await runtime.artist.paint(chart, who.language, who.theme)
    await runtime.api.send_photo(who.telegram_id, png, caption(found, who.language))
    if found.signs:
        await runtime.api.send(who.telegram_id, level_message(found, who.language))


SCREENS = {"statistics": choose, "statistics-make": make}
