"""The screens of one assessment: see it, put it off, hand a review over, remind, withdraw, publish."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.arguments import day_of, number, page_of
from bot.handlers.evidence import send_file
from bot.handlers.result import send_result
from bot.handlers.screens import OnAnswer, OnScreen, ask, turn_into
from bot.render.admin import decisions as render
from bot.render.admin.apart import apart_message, element_message
from bot.render.admin.case import case_message
from bot.render.admin.evidence import evidence_message
from bot.render.admin.menu import PAGE, back
from bot.render.admin.opening_form_choices import date_message
from bot.render.admin.progress import reminded_words
from bot.render.appeal import proof_messages
from bot.render.menus import plain_message
from bot.runtime import Runtime
from qualify.errors import NotFound, QualifyError, Stale
from qualify.services import typed_answers
from qualify.services.assessments import amendments, appeal_drafts, overview, progress, sign_off
from qualify.services.assessments.overview import NextStep, Overview
from qualify.services.authorization import actor_of, answering
from qualify.services.imports.tables import read_day
from qualify.services.people import directory
from qualify.storage.people import Who
from qualify.texts import say


async def show(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show everything that this administrator may see of the assessment; a 1 behind its number says that it was found
    by a search, to which the way back leads. Raises NotFound or Forbidden."""
    view = await view_of(runtime, who, number(pressed, 0))
    await turn_into(runtime, who, query, case_message(view, who.language, found=page_of(pressed, 1) == 1))


async def redraw(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command, toast: str | None = None) -> None:
    """Show the assessment as it stands now in the place of the screen that was pressed, with a toast if given."""
    view = await view_of(runtime, who, number(pressed, 0))
    await turn_into(runtime, who, query, case_message(view, who.language), toast)


async def view_of(runtime: Runtime, who: Who, assessment_id: int) -> Overview:
    """The assessment, cut to what this administrator may see. Raises NotFound or Forbidden."""
    return await runtime.run(overview.view, actor_of(who), assessment_id)


def on_case(handle: OnScreen) -> OnScreen:
    """Wrap the handler of a button of an assessment: when it is refused, a toast says why and the assessment is shown
    as it stands now."""

    @wraps(handle)
    async def handled(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
        try:
            await handle(runtime, who, query, pressed)
        except QualifyError as refusal:
            await redraw(runtime, who, query, pressed, say(who.language, refusal.key, **refusal.values))

    return handled


async def before(runtime: Runtime, who: Who, pressed: Command, step: NextStep) -> Overview:
    """The assessment before something is asked about it. Raises Forbidden, or InvalidInput that says why, when the step
    can't be taken now."""
    view = await view_of(runtime, who, number(pressed, 0))
    view.require(step)
    return view


def on_answer(step: NextStep) -> Callable[[OnAnswer], OnAnswer]:
    """Wrap the handler of a typed answer about an assessment, which is shown afterwards. A refused text can be typed
    again, unless no other would help: then the question ends and the assessment shows what happened meanwhile."""

    def decorate(handle: OnAnswer) -> OnAnswer:
        @wraps(handle)
        async def handled(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:
            try:
                await handle(runtime, who, arguments, text)
            except QualifyError as refusal:
                view = await view_of(runtime, who, int(arguments[0]))
                if step in view.steps and not isinstance(refusal, Stale):
                    raise
                await runtime.run(typed_answers.take_back, who.telegram_id)
                await runtime.api.send(who.telegram_id, plain_message(refusal.key, who.language, **refusal.values))
            view = await view_of(runtime, who, int(arguments[0]))
            await runtime.api.send(who.telegram_id, case_message(view, who.language))

        return handled

    return decorate


async def chart(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Send the result's chart as its employee will see it, with the way back to the assessment below it. Raises
    NotFound when there is no result yet."""
    view = await view_of(runtime, who, number(pressed, 0))
    if view.result is None:
        raise NotFound("error-assessment-without-result", id=str(view.id))
    await runtime.api.answer(query.id)
    await send_result(runtime, who, view.result, [back(who.language, "case", view.id)])


async def evidence(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of the notes and files. Raises Stale when this administrator may read none (any more)."""
    view = await view_of(runtime, who, number(pressed, 0))
    if not any(review.notes for review in view.reviews):
        raise Stale("error-stale")
    await turn_into(runtime, who, query, evidence_message(view, page_of(pressed, 1), who.language))


async def apart(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show the elements on which assessors lie far apart, or one element down to its criteria. Raises Stale for who may
    not read single answers (now), and for an element that isn't there."""
    view = await view_of(runtime, who, number(pressed, 0))
    if view.result is None or not view.decides or not view.result.opens_answers:
        raise Stale("error-stale")
    if len(pressed.numbers) == 1:
        await turn_into(runtime, who, query, apart_message(view, who.language))
        return
    if pressed.numbers[1] >= len(view.result.result.elements):
        raise Stale("error-stale")
    await turn_into(runtime, who, query, element_message(view, pressed.numbers[1], who.language))


async def proofs(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Send the files that came with the appeal again, the way back below the last. Raises NotFound or Forbidden."""
    view = await view_of(runtime, who, number(pressed, 0))
    found = await runtime.run(appeal_drafts.proofs, actor_of(who), view.id)
    await runtime.api.answer(query.id)
    for message, proof in zip(proof_messages(view, found, who.language), found, strict=True):
        await send_file(runtime, who, proof.kind, proof.file_id, message)


@on_case
async def extend(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask for another due date; set it when the button carries the day."""
    if len(pressed.numbers) > 1:
        await runtime.run(amendments.extend, actor_of(who), number(pressed, 0), day_of(pressed, 1))
        await redraw(runtime, who, query, pressed)
        return
    view = await before(runtime, who, pressed, NextStep.EXTEND)
    await turn_into(runtime, who, query, render.extend_message(view, runtime.context.today(), who.language))


@on_case
async def due(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask for the new due date as a typed text."""
    view = await before(runtime, who, pressed, NextStep.EXTEND)
    message = date_message(runtime.context.today(), who.language, "case", view.id)
    await ask(runtime, who, query, f"case-due {view.id}", message)


@on_answer(NextStep.EXTEND)
async def due_typed(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:
    """Set the typed due date. Raises InvalidInput for a text that is no date and for a day that has passed."""
    await runtime.run(amendments.extend, answering(who), int(arguments[0]), read_day(text.strip()))


@on_case
async def reassign(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask which review changes hands, unless only one is owed; then ask who takes it over."""
    view = await before(runtime, who, pressed, NextStep.REASSIGN)
    if len(pressed.numbers) == 1 and len(view.owed) != 1:
        await turn_into(runtime, who, query, render.reassign_message(view, who.language))
        return
    review_id = pressed.numbers[1] if len(pressed.numbers) > 1 else view.owed[0].id
    page, others = page_of(pressed, 2), render.not_newcomers(view)
    offered = await runtime.run(directory.assessors, actor_of(who), page, but=others, most=PAGE)
    message = render.newcomers_message(view, review_id, offered, who.language)
    await turn_into(runtime, who, query, message)


@on_case
async def newcomer(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Give the review to the chosen person."""
    given = number(pressed, 0), number(pressed, 1), number(pressed, 2)
    await runtime.run(amendments.hand_over, actor_of(who), *given)
    await redraw(runtime, who, query, pressed)


@on_case
async def withdraw(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask whether the assessment is to end without a result; end it when the button carries the yes."""
    if len(pressed.numbers) == 1:
        view = await before(runtime, who, pressed, NextStep.WITHDRAW)
        await turn_into(runtime, who, query, render.withdraw_message(view, who.language))
        return
    await runtime.run(amendments.withdraw, actor_of(who), number(pressed, 0))
    await redraw(runtime, who, query, pressed)


@on_case
async def keep_on(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Let the assessment go on although its subject has left."""
    await runtime.run(amendments.keep_on, actor_of(who), number(pressed, 0))
    await redraw(runtime, who, query, pressed)


@on_case
async def remind(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Owe a reminder now to everybody who still owes a review of this assessment."""
    view = await before(runtime, who, pressed, NextStep.REMIND)
    owing = [review.assessor_id for review in view.reviews if review.is_open and review.assessor_id is not None]
    count = await runtime.run(progress.remind, actor_of(who), owing)
    await redraw(runtime, who, query, pressed, reminded_words(count, who.language))


@on_case
async def publish(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask whether the signed result is published, since telling people can't be undone; publish it when the button
    carries the yes."""
    if len(pressed.numbers) == 1:
        view = await before(runtime, who, pressed, NextStep.PUBLISH)
        await turn_into(runtime, who, query, render.publish_message(view, who.language))
        return
    await runtime.run(sign_off.publish, actor_of(who), number(pressed, 0))
    await redraw(runtime, who, query, pressed)


SCREENS: Mapping[str, OnScreen] = {
    "case": show,
    "case-chart": chart,
    "case-evidence": evidence,
    "case-proofs": proofs,
    "case-apart": apart,
    "case-extend": extend,
    "case-due": due,
    "case-reassign": reassign,
    "case-newcomer": newcomer,
    "case-withdraw": withdraw,
    "case-keep-on": keep_on,
    "case-remind": remind,
    "case-publish": publish,
}
ANSWERS: Mapping[str, OnAnswer] = {"case-due": due_typed}
