"""Results in the chat: the chart, the explanation, the history."""

from dataclasses import replace

from telegram import CallbackQuery, Update

from bot.buttons import Command
from bot.handlers.screens import turn_into
from bot.render.explanation import explanation
from bot.render.menus import plain_message
from bot.render.message import Button
from bot.render.result import caption, history_message
from bot.runtime import Runtime
from qualify.errors import NotFound, Stale
from qualify.reporting.team_picture import trends_of
from qualify.services.assessments import results
from qualify.services.assessments.overview import ResultView
from qualify.storage.people import Who


async def latest(runtime: Runtime, who: Who, update: Update) -> None:  # noqa: ARG001
    """/result: send the newest published result. Raises NotFound when there is none yet."""
    assert who.person_id is not None
    await send_result(runtime, who, await runtime.run(results.latest, who.person_id))


async def send_result(runtime: Runtime, who: Who, shown: ResultView, *more: list[Button]) -> None:
    """Send the result's chart with its caption, in the person's language and theme; `more` rows of buttons come
    last."""
    png = await runtime.artist.draw(shown, who.language, who.theme)
    own = shown.stored.subject_id == who.person_id
    message = caption(shown, who.language, own=own)
    await runtime.api.send_photo(who.telegram_id, png, replace(message, rows=[*message.rows, *more]))


async def history(runtime: Runtime, who: Who, update: Update) -> None:  # noqa: ARG001
    """/history: list the published results, a button for each, and draw the trend of each standard that has three and
    more. Raises NotFound when there are none."""
    assert who.person_id is not None
    past = await runtime.run(results.history, who.person_id)
    if not past:
        raise NotFound("error-no-result")
    await runtime.api.send(who.telegram_id, history_message(past, who.language))
    for standard, trend in trends_of(past, who.language):
        png = await runtime.artist.paint(trend, who.language, who.theme)
        words = plain_message("trend-caption", who.language, standard=standard.name.in_language(who.language))
        await runtime.api.send_photo(who.telegram_id, png, replace(words, protected=True))


async def again(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Send the result that was chosen from the history. Raises Stale or NotFound."""
    shown = await seen(runtime, who, pressed)
    await runtime.api.answer(query.id)
    await send_result(runtime, who, shown)


async def explain(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of the explanation: a new message under the chart, then turned in place. Raises Stale or NotFound."""
    shown = await seen(runtime, who, pressed)
    message = explanation(shown, pressed.numbers[1] if len(pressed.numbers) > 1 else 0, who.language)
    await turn_into(runtime, who, query, message)


async def seen(runtime: Runtime, who: Who, pressed: Command) -> ResultView:
    """The result that a button names. Raises Stale without a number, NotFound for anybody who may not see it."""
    if not pressed.numbers or who.person_id is None:
        raise Stale("error-stale")
    return await runtime.run(results.seen_by, who.person_id, pressed.numbers[0])
