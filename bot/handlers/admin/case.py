"""One assessment and what is done with it: put off, given to somebody else, reminded of, withdrawn, published."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps

from telegram import CallbackQuery

from bot.buttons import Command
from bot.desk import Desk
from bot.handlers.admin.parts import day_of, id_of, number, page_of
from bot.handlers.result import send_result
from bot.handlers.screens import OnAnswer, OnScreen, ask, turn_into
from bot.render.admin import deciding as render
from bot.render.admin.case import case_message
from bot.render.admin.form_choices import date_message
from bot.render.admin.menu import PAGE, back
from bot.render.admin.progress import reminded_words
from bot.render.menus import plain_message
from qualify.errors import NotFound, QualifyError, Stale
from qualify.life import ReviewState
from qualify.services import cases, changes, choosing, progress, signing
from qualify.services.actors import actor_of
from qualify.services.cases import Step, View
from qualify.services.tabular import read_day
from qualify.storage.people import Who
from qualify.texts import say


async def show(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Everything about one assessment."""
    await redraw(desk, who, query, pressed)


async def redraw(desk: Desk, who: Who, query: CallbackQuery, pressed: Command, toast: str | None = None) -> None:
    """The assessment as it stands now, in the place of the screen that was pressed."""
    view = await view_of(desk, who, number(pressed, 0))
    await turn_into(desk, who, query, case_message(view, who.language), toast)


async def view_of(desk: Desk, who: Who, assessment_id: int) -> View:
    """The assessment as this administrator may see it."""
    return await desk.run(cases.view, actor_of(who), assessment_id)


def on_case(step: Step) -> Callable[[OnScreen], OnScreen]:
    """A button of a case. Refused, it says why and shows the case as it stands now."""

    def decorate(handle: OnScreen) -> OnScreen:
        @wraps(handle)
        async def handled(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
            try:
                await desk.run(cases.check, actor_of(who), number(pressed, 0), step)
                await handle(desk, who, query, pressed)
            except QualifyError as refusal:
                await redraw(desk, who, query, pressed, say(who.language, refusal.key, **refusal.values))

        return handled

    return decorate


def on_answer(step: Step) -> Callable[[OnAnswer], OnAnswer]:
    """A typed text that does something with a case, which is shown afterwards. A refused text can be typed again,
    unless the text isn't at fault: then the case shows what happened meanwhile."""

    def decorate(handle: OnAnswer) -> OnAnswer:
        @wraps(handle)
        async def handled(desk: Desk, who: Who, arguments: Sequence[str], text: str) -> None:
            try:
                await handle(desk, who, arguments, text)
            except QualifyError as refusal:
                view = await view_of(desk, who, int(arguments[0]))
                if step in view.steps and not isinstance(refusal, Stale):
                    raise
                await desk.api.send(who.telegram_id, plain_message(refusal.key, who.language, **refusal.values))
            desk.kick.set()
            view = await view_of(desk, who, int(arguments[0]))
            await desk.api.send(who.telegram_id, case_message(view, who.language))

        return handled

    return decorate


async def chart(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """The result as its employee will see it, with the way back to the assessment below it."""
    view = await view_of(desk, who, number(pressed, 0))
    if view.shown is None:
        raise NotFound("error-assessment-without-result", id=str(view.id))
    await desk.api.answer(query.id)
    await send_result(desk, who, view.shown, [back(who.language, "case", view.id)])


@on_case(Step.EXTEND)
async def extend(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Until when instead; then it is so."""
    if len(pressed.numbers) > 1:
        await desk.run(changes.extend, actor_of(who), number(pressed, 0), day_of(pressed, 1))
        await redraw(desk, who, query, pressed)
        return
    view = await view_of(desk, who, number(pressed, 0))
    await turn_into(desk, who, query, render.extend_message(view, desk.context.today(), who.language))


@on_case(Step.EXTEND)
async def due(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask for another date."""
    assessment_id = number(pressed, 0)
    message = date_message(desk.context.today(), who.language, "case", assessment_id)
    await ask(desk, who, query, f"case-due {assessment_id}", message)


@on_answer(Step.EXTEND)
async def due_typed(desk: Desk, who: Who, arguments: Sequence[str], text: str) -> None:
    """The typed due date."""
    await desk.run(changes.extend, actor_of(who), int(arguments[0]), read_day(text.strip()))


@on_case(Step.REASSIGN)
async def reassign(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Which review; then who takes it over."""
    view = await view_of(desk, who, number(pressed, 0))
    reviews = render.open_reviews(view)
    if len(pressed.numbers) == 1 and len(reviews) != 1:
        await turn_into(desk, who, query, render.reassign_message(view, who.language))
        return
    review_id = pressed.numbers[1] if len(pressed.numbers) > 1 else reviews[0][0].id
    page, others = id_of(page_of(pressed, 2)), render.not_newcomers(view)
    offered = await desk.run(choosing.assessors, actor_of(who), page, but=others, most=PAGE)
    message = render.newcomers_message(view, review_id, offered, who.language)
    await turn_into(desk, who, query, message)


@on_case(Step.REASSIGN)
async def newcomer(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Somebody takes a review over."""
    given = number(pressed, 0), number(pressed, 1), number(pressed, 2)
    await desk.run(cases.hand_over, actor_of(who), *given)
    desk.kick.set()
    await redraw(desk, who, query, pressed)


@on_case(Step.WITHDRAW)
async def withdraw(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Really? Then it is over."""
    if len(pressed.numbers) == 1:
        view = await view_of(desk, who, number(pressed, 0))
        await turn_into(desk, who, query, render.withdraw_message(view, who.language))
        return
    await desk.run(changes.withdraw, actor_of(who), number(pressed, 0))
    desk.kick.set()
    await redraw(desk, who, query, pressed)


@on_case(Step.REMIND)
async def remind(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """A reminder now to everybody who still owes a review here."""
    view = await view_of(desk, who, number(pressed, 0))
    owing = [review.assessor_id for review, _ in view.case.reviews if review.state == ReviewState.OPEN]
    count = await desk.run(progress.remind, actor_of(who), owing)
    desk.kick.set()
    await redraw(desk, who, query, pressed, reminded_words(count, who.language))


@on_case(Step.PUBLISH)
async def publish(desk: Desk, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """The employee sees it from now on."""
    await desk.run(signing.publish, actor_of(who), number(pressed, 0))
    desk.kick.set()
    await redraw(desk, who, query, pressed)


SCREENS: Mapping[str, OnScreen] = {
    "case": show,
    "case-chart": chart,
    "case-extend": extend,
    "case-due": due,
    "case-reassign": reassign,
    "case-newcomer": newcomer,
    "case-withdraw": withdraw,
    "case-remind": remind,
    "case-publish": publish,
}
ANSWERS: Mapping[str, OnAnswer] = {"case-due": due_typed}
