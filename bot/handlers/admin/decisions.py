"""What an administrator decides about a result: sign it, return reviews, answer an appeal."""

from collections.abc import Mapping, Sequence

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.arguments import chosen, number
from bot.handlers.admin.case import before, on_answer, on_case, redraw
from bot.handlers.screens import OnAnswer, OnScreen, ask, turn_into
from bot.render.admin import decisions as render
from bot.runtime import Runtime
from qualify.services.assessments import appeals, sign_off
from qualify.services.assessments.overview import NextStep
from qualify.services.authorization import actor_of, answering
from qualify.storage.people import Who
from qualify.texts import say

ASKED: Mapping[NextStep, str] = {
    NextStep.RETURN: "admin-case-ask-return-reason",
    NextStep.REPLY: "admin-case-ask-answer",
    NextStep.REOPEN: "admin-case-ask-reopen-reason",
}


@on_case
async def sign(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask whether the computed grade or another is signed; sign the computed one when the button carries its result."""
    if len(pressed.numbers) == 1:
        view = await before(runtime, who, pressed, NextStep.SIGN)
        await turn_into(runtime, who, query, render.sign_message(view, who.language))
        return
    await runtime.run(sign_off.sign_off, actor_of(who), number(pressed, 0), seen=number(pressed, 1))
    await redraw(runtime, who, query, pressed)


@on_case
async def grade(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask which grade is given in the place of the computed one; then ask why."""
    view = await before(runtime, who, pressed, NextStep.SIGN)
    if len(pressed.numbers) < 3:
        await turn_into(runtime, who, query, render.grades_message(view, who.language))
        return
    given = chosen(render.grades_of(view), number(pressed, 2))
    words = f"case-grade {view.id} {number(pressed, 1)} {given}"
    await ask(runtime, who, query, words, render.grade_reason_message(view, given, who.language))


@on_answer(NextStep.SIGN)
async def grade_reason(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:
    """Sign with the grade that was chosen and the typed reason. Raises Stale when a newer result came meanwhile,
    InvalidInput without a reason."""
    assessment_id, result_id, given = arguments
    await runtime.run(sign_off.sign_off, answering(who), int(assessment_id), given, text, seen=int(result_id))


@on_case
async def return_reviews(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask whether all reviews are returned, or which one."""
    view = await before(runtime, who, pressed, NextStep.RETURN)
    await turn_into(runtime, who, query, render.return_message(view, who.language))


@on_case
async def return_reason(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask why they are returned: all reviews, or the one that the button names."""
    await _ask(runtime, who, query, pressed, NextStep.RETURN)


@on_answer(NextStep.RETURN)
async def given_back(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:
    """Return the reviews to their assessors with the typed reason. Raises InvalidInput without one."""
    assessment_id, *reviews = map(int, arguments)
    await runtime.run(sign_off.return_to, answering(who), assessment_id, text, tuple(reviews))


@on_case
async def reply(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask for the answer to the appeal."""
    await _ask(runtime, who, query, pressed, NextStep.REPLY)


@on_answer(NextStep.REPLY)
async def replied(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:
    """Answer the appeal with the typed text; the result stands. Raises InvalidInput without a text."""
    await runtime.run(appeals.answer, answering(who), int(arguments[0]), text)


@on_case
async def reopen(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask why the assessment is reviewed again."""
    await _ask(runtime, who, query, pressed, NextStep.REOPEN)


@on_answer(NextStep.REOPEN)
async def reopened(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:
    """Follow the appeal: all reviews go back to their assessors with the typed reason. Raises InvalidInput without
    one."""
    await runtime.run(appeals.reopen, answering(who), int(arguments[0]), text)


async def _ask(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command, step: NextStep) -> None:
    """Ask for the text that the step needs; the button's numbers are kept with the question."""
    view = await before(runtime, who, pressed, step)
    words = " ".join(map(str, (f"case-{step}", *pressed.numbers)))
    await ask(runtime, who, query, words, render.question(view, say(who.language, ASKED[step]), [], who.language))


SCREENS: Mapping[str, OnScreen] = {
    "case-sign": sign,
    "case-grade": grade,
    "case-return": return_reviews,
    "case-return-why": return_reason,
    "case-reply": reply,
    "case-reopen": reopen,
}
ANSWERS: Mapping[str, OnAnswer] = {
    "case-grade": grade_reason,
    "case-return": given_back,
    "case-reply": replied,
    "case-reopen": reopened,
}
