"""What people set for themselves: language, theme, quiet hours, weekends, time zone; and a digest put off."""

from collections.abc import Sequence
from typing import TypeVar

from telegram import CallbackQuery, Update

from bot.buttons import Command, To
from bot.handlers import commands
from bot.handlers.screens import turn_into
from bot.render.menus import QUIET_CHOICES, settings_message
from bot.render.zones import BY_WORD, COMPANY, zones_message
from bot.runtime import Runtime
from qualify.errors import Stale
from qualify.reminders import Snooze
from qualify.services.assessments import team
from qualify.services.notices import digests
from qualify.services.people import preferences
from qualify.storage.people import Who
from qualify.texts import say

Numbers = TypeVar("Numbers", bound=tuple[int, ...])


async def settings(runtime: Runtime, who: Who, update: Update) -> None:  # noqa: ARG001
    """/settings and /language: show the settings with the present choices marked."""
    leads = await runtime.run(team.is_manager, who.person_id or 0)
    await runtime.api.send(who.telegram_id, settings_message(who, runtime.context.timezone, leads=leads))


async def set_language(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Store the chosen language and show the settings in it; a command menu of their own changes with it. Raises
    InvalidInput for one that isn't offered."""
    language = await runtime.run(preferences.set_language, who.telegram_id, pressed.word)
    who = who._replace(language=language)
    await _show_settings(runtime, who, query)
    await commands.fit(runtime, who)


async def set_theme(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Store the chosen chart theme and show the settings. Raises InvalidInput for one that isn't offered."""
    theme = await runtime.run(preferences.set_theme, who.telegram_id, pressed.word)
    await _show_settings(runtime, who._replace(theme=theme), query)


async def set_quiet_hours(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Store the chosen quiet hours and show the settings. Raises Stale for hours that aren't offered."""
    start, end = _one_of(QUIET_CHOICES, pressed)
    await runtime.run(preferences.set_quiet_hours, who.telegram_id, start, end)
    await _show_settings(runtime, who._replace(quiet_from=start, quiet_until=end), query)


async def set_weekends(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Store whether reminders come on weekends and show the settings. Raises Stale for any number but 0 and 1."""
    weekends = _one_of(((0,), (1,)), pressed) == (1,)
    await runtime.run(preferences.set_weekends, who.telegram_id, weekends=weekends)
    await _show_settings(runtime, who._replace(weekends=weekends), query)


async def set_team_news(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Store whether a manager is told of their people's results and show the settings. Raises Stale for any number but
    0 and 1."""
    told = _one_of(((0,), (1,)), pressed) == (1,)
    await runtime.run(preferences.set_team_news, who.telegram_id, told=told)
    await _show_settings(runtime, who._replace(team_news=told), query)


def _one_of(offered: Sequence[Numbers], pressed: Command) -> Numbers:
    """The choice that was pressed. Raises Stale for one that isn't offered."""
    for choice in offered:
        if choice == pressed.numbers:
            return choice
    raise Stale("error-stale")


async def snooze(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Put a digest off and say until when. Raises Stale for a delay that isn't offered."""
    if pressed.word not in set(Snooze):
        raise Stale("error-stale")
    until = await runtime.run(digests.snooze, who, Snooze(pressed.word))
    await runtime.api.answer(query.id, say(who.language, "reminder-snoozed", time=f"{until:%m-%d %H:%M}"))


async def zone(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show the list of time zones, or store the chosen one and show the settings. Raises Stale for one that isn't
    listed."""
    if pressed == Command(To.ZONE):
        message = zones_message(who, runtime.context.timezone, runtime.context.now())
        await turn_into(runtime, who, query, message)
        return
    if pressed.numbers or pressed.word not in (COMPANY, *BY_WORD):
        raise Stale("error-stale")
    chosen = BY_WORD.get(pressed.word)
    await runtime.run(preferences.set_timezone, who.telegram_id, chosen)
    await _show_settings(runtime, who._replace(timezone=chosen), query)


async def _show_settings(runtime: Runtime, who: Who, query: CallbackQuery) -> None:
    leads = await runtime.run(team.is_manager, who.person_id or 0)
    await turn_into(runtime, who, query, settings_message(who, runtime.context.timezone, leads=leads))
