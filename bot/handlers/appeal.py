"""What an employee says to a published result: that they have read it, or an appeal in their own words.

An appeal is drafted: every message adds words or a file, the newest message shows the whole, and a button hands it in.
"""

from collections.abc import Sequence

from telegram import CallbackQuery, Message

from bot.buttons import Command
from bot.handlers.result import seen
from bot.handlers.review import attachment_of
from bot.handlers.screens import turn_into
from bot.render.appeal import acknowledge_caption, draft_message
from bot.render.menus import plain_message
from bot.render.result import caption
from bot.runtime import Runtime
from qualify.errors import InvalidInput, QualifyError, Stale
from qualify.services import typed_answers
from qualify.services.assessments import appeal_drafts, appeals, results
from qualify.services.assessments.appeal_drafts import AppealDraft
from qualify.services.assessments.overview import ResultView
from qualify.services.authorization import actor_of
from qualify.services.reviews.answering import Attachment
from qualify.storage.people import Who
from qualify.texts import say

QUESTION = "appeal"
"""What the account is asked while it drafts an appeal: this word, the result, its chart's message and the draft's."""
SEND, LEAVE = 1, 2


async def acknowledge(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Acknowledge the result; as long as that would end the right to appeal, ask first whether that is meant. The
    caption then offers what is still possible, also when this is refused with InvalidInput."""
    shown = await seen(runtime, who, pressed)
    answer = pressed.numbers[1] if len(pressed.numbers) > 1 else None
    if answer == 0:
        await runtime.api.answer_and_edit(query.id, None, _offer_anew(runtime, who, query, shown))
    elif answer is None and shown.may_acknowledge and shown.may_appeal:
        await runtime.api.answer_and_edit(query.id, None, _ask_first(runtime, who, query, shown))
    else:
        await _acknowledge(runtime, who, query, shown)


async def _ask_first(runtime: Runtime, who: Who, query: CallbackQuery, shown: ResultView) -> None:
    assert query.message is not None
    message = acknowledge_caption(shown, who.language, own=shown.stored.subject_id == who.person_id)
    if not await runtime.api.edit_caption(who.telegram_id, query.message.message_id, message):
        await runtime.api.send(who.telegram_id, message)


async def _acknowledge(runtime: Runtime, who: Who, query: CallbackQuery, shown: ResultView) -> None:
    try:
        await runtime.run(appeals.acknowledge, actor_of(who), shown.id)
    except InvalidInput:
        await _offer_anew(runtime, who, query, shown)
        raise
    await runtime.api.answer_and_edit(
        query.id, say(who.language, "employee-acknowledged"), _offer_anew(runtime, who, query, shown)
    )


async def appeal(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Begin a draft or go on with it, hand it in, or give it up, as the button says. Raises InvalidInput when no appeal
    is possible (any more)."""
    shown = await seen(runtime, who, pressed)
    match pressed.numbers[1:]:
        case ():
            await _begin(runtime, who, query, shown)
        case (int(deed), int(chart_id)) if deed == SEND:
            await _send(runtime, who, query, shown, chart_id)
        case (int(deed), int(_)) if deed == LEAVE:
            await runtime.run(appeal_drafts.drop, actor_of(who), shown.id)
            await turn_into(runtime, who, query, plain_message("employee-appeal-left", who.language))
        case _:
            raise Stale("error-stale")


async def _begin(runtime: Runtime, who: Who, query: CallbackQuery, shown: ResultView) -> None:
    try:
        await runtime.run(appeals.check_appeal, actor_of(who), shown.id)
    except InvalidInput:
        await _offer_anew(runtime, who, query, shown)
        raise
    assert query.message is not None
    draft = await runtime.run(appeal_drafts.shown, actor_of(who), shown.id)
    shown_in = int(who.asked.split()[-1]) if is_drafting(who) else 0
    await runtime.api.answer_and_edit(
        query.id, None, _show_draft(runtime, who, draft, query.message.message_id, instead_of=shown_in)
    )


async def _send(runtime: Runtime, who: Who, query: CallbackQuery, shown: ResultView, chart_id: int) -> None:
    try:
        await runtime.run(appeal_drafts.send, actor_of(who), shown.id)
    except InvalidInput:
        await _redraw(runtime, who, chart_id, shown.id)
        raise
    await _redraw(runtime, who, chart_id, shown.id)
    await turn_into(runtime, who, query, plain_message("employee-appealed", who.language))


async def take(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:
    """Add the typed text to the draft. When no appeal is possible any more the question ends; a text that isn't good
    enough raises InvalidInput and can be typed again."""
    await _add(runtime, who, arguments, Attachment("text", text))


async def take_file(runtime: Runtime, who: Who, message: Message) -> None:
    """Add a file or a forwarded text to the draft, as `take` does. Raises InvalidInput for what can't be kept."""
    attachment = attachment_of(message)
    if attachment is None:
        raise InvalidInput("error-appeal-kind")
    await _add(runtime, who, who.asked.split()[1:], attachment)


def is_drafting(who: Who) -> bool:
    """Whether the person is writing an appeal."""
    return who.asked.split(maxsplit=1)[:1] == [QUESTION]


async def _add(runtime: Runtime, who: Who, arguments: Sequence[str], attachment: Attachment) -> None:
    result_id, chart_id, draft_id = [*map(int, arguments), 0][:3]
    try:
        await runtime.run(appeals.check_appeal, actor_of(who), result_id)
    except QualifyError as over:
        await runtime.run(typed_answers.take_back, who.telegram_id)
        await runtime.api.send(who.telegram_id, plain_message(over.key, who.language, **over.values))
        return
    draft = await runtime.run(appeal_drafts.add, actor_of(who), result_id, attachment)
    await _show_draft(runtime, who, draft, chart_id, instead_of=draft_id)


async def _show_draft(runtime: Runtime, who: Who, draft: AppealDraft, chart_id: int, *, instead_of: int) -> None:
    """Show the draft as the newest message, instead of the one that showed it before (0 = none did), and take the next
    messages for it."""
    message_id = await runtime.api.send(who.telegram_id, draft_message(draft, chart_id, who.language))
    question = f"{QUESTION} {draft.result_id} {chart_id} {message_id}"
    await runtime.run(typed_answers.ask, who.telegram_id, question)
    if instead_of:
        await runtime.api.delete(who.telegram_id, instead_of)


async def _offer_anew(runtime: Runtime, who: Who, query: CallbackQuery, shown: ResultView) -> None:
    assert query.message is not None
    await _redraw(runtime, who, query.message.message_id, shown.id)


async def _redraw(runtime: Runtime, who: Who, message_id: int, result_id: int) -> None:
    """Redraw the caption under a chart as things stand now, without the buttons that are over."""
    assert who.person_id is not None
    shown = await runtime.run(results.seen_by, who.person_id, result_id)
    own = shown.stored.subject_id == who.person_id
    await runtime.api.edit_caption(who.telegram_id, message_id, caption(shown, who.language, own=own))
