"""Teams in the chat: /team for who leads people; for administrators the same of any department."""

from collections.abc import Mapping

from telegram import CallbackQuery, Update

from bot.buttons import Command
from bot.handlers import settings
from bot.handlers.departments import department_of
from bot.handlers.screens import OnScreen, by_word, turn_into
from bot.render.admin.menu import PAGE
from bot.render.team import member_message, picture_message, team_message
from bot.runtime import Runtime
from qualify.errors import Stale
from qualify.reporting.team_picture import heat_of
from qualify.services.assessments import team as teams
from qualify.services.authorization import actor_of
from qualify.storage.people import Who
from qualify.storage.teams import Team


async def own(runtime: Runtime, who: Who, update: Update) -> None:  # noqa: ARG001
    """/team: list the people whom this person leads."""
    page = await runtime.run(teams.page, actor_of(who), Team(who.person_id), most=PAGE)
    await runtime.api.send(who.telegram_id, team_message(page, 0, who.language))


async def listed(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of the team that the button names. Raises Stale or Forbidden."""
    mark, first = _numbers(pressed, 2)
    page = await runtime.run(teams.page, actor_of(who), await _team(runtime, who, mark), first, most=PAGE)
    await turn_into(runtime, who, query, team_message(page, mark, who.language))


async def one(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show one person of a team. Raises Stale, or NotFound for anybody who may not see them."""
    person_id, mark, first = _numbers(pressed, 3)
    view = await runtime.run(teams.member, actor_of(who), person_id)
    await turn_into(runtime, who, query, member_message(view, mark, first, who.language))


async def picture(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Send a picture of the team. Raises Stale, Forbidden or NotFound."""
    mark, number, page = _numbers(pressed, 3)
    team = await _team(runtime, who, mark)
    found = await runtime.run(teams.picture, actor_of(who), team, number, page)
    await runtime.api.answer(query.id)
    chart = heat_of(found, runtime.context.today(), who.language)
    png = await runtime.artist.paint(chart, who.language, who.theme)
    await runtime.api.send_photo(who.telegram_id, png, picture_message(found, mark, number, who.language))


SCREENS: Mapping[str, OnScreen] = {"": listed, "one": one, "picture": picture, "news": settings.set_team_news}


_named = by_word(SCREENS)


async def screen(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Hand a press to the screen that its word names. Raises Stale for a word that no screen has, and for a
    stranger."""
    if not who.is_known:
        raise Stale("error-stale")
    await _named(runtime, who, query, pressed)


async def _team(runtime: Runtime, who: Who, mark: int) -> Team:
    """The person's own team, or the department with this mark. Raises Stale or Forbidden."""
    return Team(None, await department_of(runtime, who, mark)) if mark else Team(who.person_id)


def _numbers(pressed: Command, count: int) -> tuple[int, ...]:
    if len(pressed.numbers) != count:
        raise Stale("error-stale")
    return pressed.numbers
