"""A draft tried in the chat: the walk of a review whose buttons carry no review's number."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from telegram import CallbackQuery

from bot.buttons import Command, Press, To
from bot.handlers.admin.arguments import number
from bot.handlers.screens import turn_into
from bot.render.admin.trial import ended_message, levels_message, result_message, trial_message
from bot.render.message import Message, esc
from bot.render.review import refusal_words
from bot.runtime import Runtime
from qualify.errors import Stale
from qualify.reporting import charting
from qualify.services.authorization import actor_of
from qualify.services.reviews.screen import Reference, Turn
from qualify.services.standards import drafts, trial
from qualify.storage.people import Who
from qualify.texts import say


async def begin(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask for the level, then show the first question. Raises Forbidden, Stale."""
    if len(pressed.numbers) < 2:
        entry = await runtime.run(drafts.entry, actor_of(who), number(pressed, 0))
        await turn_into(runtime, who, query, levels_message(entry.standard, who.language))
        return
    turn = await runtime.run(trial.begin, actor_of(who), who.telegram_id, *pressed.numbers[:2])
    await turn_into(runtime, who, query, trial_message(turn, who.language))


async def press(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Press) -> None:
    """Take an answer. Raises Forbidden, Stale where the trial has ended."""
    turn = await runtime.run(trial.press, who.telegram_id, pressed.reference, pressed.action)
    toast = refusal_words(turn, who.language) if turn.refusal else None
    await turn_into(runtime, who, query, trial_message(turn, who.language), toast)


async def typed(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:  # noqa: ARG001
    """Take typed text. Raises Forbidden, Stale where the trial has ended."""
    turn = await runtime.run(trial.write, who.telegram_id, text)
    if turn.refusal:
        await runtime.api.send(who.telegram_id, Message(esc(refusal_words(turn, who.language)), []))
    await runtime.api.send(who.telegram_id, trial_message(turn, who.language))


async def end(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """End the trial. Raises Stale where it has ended."""
    turn = await runtime.run(trial.shown, who.telegram_id)
    await runtime.run(trial.end, who.telegram_id)
    await turn_into(runtime, who, query, ended_message(turn.plan.standard, who.language))


async def finish(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Draw the result; nothing else is left. Raises Stale where something is open or the trial has ended."""
    if len(pressed.numbers) < len(Reference._fields):
        raise Stale("error-stale")
    turn = await runtime.run(trial.finish, who.telegram_id, Reference(*pressed.numbers[:3]))
    await runtime.api.answer(query.id)
    await _draw(runtime, who, turn)


async def _draw(runtime: Runtime, who: Who, turn: Turn) -> None:
    assert turn.screen is not None
    assert turn.screen.outlook is not None
    standard, result = turn.plan.standard, turn.screen.outlook.result
    day, name = runtime.context.today().isoformat(), say(who.language, "trial-subject")
    chart = charting.chart_of_figures(standard, result, name, day, 1, language=who.language)
    png = await runtime.artist.paint(chart, who.language, who.theme)
    await runtime.api.send_photo(who.telegram_id, png, result_message(standard, result, who.language))


def goes_on(who: Who) -> bool:
    """Whether a trial waits for this person's next answer."""
    return who.asked == trial.QUESTION


async def leave(runtime: Runtime, who: Who) -> None:
    """End the trial of somebody who turned to something else: nothing of it is left."""
    await runtime.run(trial.end, who.telegram_id)


SCREENS = {"std-try": begin}
ANSWERS = {trial.QUESTION: typed}
COMMANDS: Mapping[To, Callable[[Runtime, Who, CallbackQuery, Command], Awaitable[None]]] = {
    To.PAUSE: end,
    To.SUBMIT: finish,
}
"""The buttons of a review's screen that mean something else in a trial."""


def is_of_trial(pressed: Press | Command) -> bool:
    """Whether a button of a review's screen belongs to a trial."""
    if isinstance(pressed, Press):
        return pressed.reference.review_id == trial.TRIAL
    return pressed.to in COMMANDS and pressed.numbers[:1] == (trial.TRIAL,)
