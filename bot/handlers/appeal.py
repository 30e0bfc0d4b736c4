"""What an employee says to a published result: that they have read it, or an appeal in their own words."""

from collections.abc import Sequence

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.result import seen
from bot.handlers.screens import ask
from bot.render.menus import plain_message
from bot.render.result import caption
from bot.runtime import Runtime
from qualify.errors import InvalidInput, QualifyError
from qualify.services import typed_answers
from qualify.services.assessments import appeals, results
from qualify.services.assessments.lifecycle import MAX_TEXT
from qualify.services.assessments.overview import ResultView
from qualify.services.authorization import actor_of, answering
from qualify.storage.people import Who
from qualify.texts import say


async def acknowledge(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Acknowledge the result. Its caption then offers what is still possible, also when this is refused with
    InvalidInput."""
    shown = await seen(runtime, who, pressed)
    try:
        await runtime.run(appeals.acknowledge, actor_of(who), shown.id)
    except InvalidInput:
        await _offer_anew(runtime, who, query, shown)
        raise
    await runtime.api.answer_and_edit(
        query.id, say(who.language, "employee-acknowledged"), _offer_anew(runtime, who, query, shown)
    )


async def appeal(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask for the text of an appeal; the next message is taken for it. Raises InvalidInput when no appeal is possible
    (any more)."""
    shown = await seen(runtime, who, pressed)
    try:
        await runtime.run(appeals.check_appeal, actor_of(who), shown.id)
    except InvalidInput:
        await _offer_anew(runtime, who, query, shown)
        raise
    assert query.message is not None
    question = f"appeal {shown.id} {query.message.message_id}"
    await ask(runtime, who, query, question, plain_message("employee-appeal-ask", who.language, maximum=str(MAX_TEXT)))


async def take(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:
    """Appeal with the typed text. When no text could be accepted any more the question ends; a text that isn't good
    enough raises InvalidInput and can be typed again."""
    result_id, message_id = map(int, arguments)
    try:
        await runtime.run(appeals.check_appeal, actor_of(who), result_id)
    except QualifyError as over:
        await runtime.run(typed_answers.take_back, who.telegram_id)
        await runtime.api.send(who.telegram_id, plain_message(over.key, who.language, **over.values))
        return
    await runtime.run(appeals.appeal, answering(who), result_id, text)
    await _redraw(runtime, who, message_id, result_id)
    await runtime.api.send(who.telegram_id, plain_message("employee-appealed", who.language))


async def _offer_anew(runtime: Runtime, who: Who, query: CallbackQuery, shown: ResultView) -> None:
    assert query.message is not None
    await _redraw(runtime, who, query.message.message_id, shown.id)


async def _redraw(runtime: Runtime, who: Who, message_id: int, result_id: int) -> None:
    """Redraw the caption under a chart as things stand now, without the buttons that are over."""
    assert who.person_id is not None
    shown = await runtime.run(results.seen_by, who.person_id, result_id)
    own = shown.stored.subject_id == who.person_id
    await runtime.api.edit_caption(who.telegram_id, message_id, caption(shown, who.language, own=own))
