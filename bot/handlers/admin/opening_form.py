"""Opening assessments: a form in one message, a field a press. Each value is stored before it is shown."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import wraps

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin import lists
from bot.handlers.admin.arguments import chosen, newest_standards, number
from bot.handlers.screens import OnScreen, ask, turn_into
from bot.render.admin import opening_form as render
from bot.render.admin import opening_form_choices as choices
from bot.runtime import Runtime
from qualify.errors import InvalidInput, QualifyError, Stale
from qualify.services.assessments import opening_form
from qualify.services.assessments.opening import SECOND
from qualify.services.assessments.opening_draft import Filled
from qualify.services.authorization import actor_of, answering
from qualify.services.imports.tables import read_day
from qualify.storage.people import Who
from qualify.texts import say


async def begin(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """Show the form as it was left, or a new one. Raises Forbidden."""
    filled = await runtime.run(opening_form.begin, actor_of(who), who.telegram_id)
    await turn_into(runtime, who, query, render.form_message(filled, who.language))


def on_form(handle: OnScreen) -> OnScreen:
    """Wrap the handler of a button of the form: when it is refused, a toast says why and the form is shown as it
    stands. The handler raises Stale when there is no form."""

    @wraps(handle)
    async def handled(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
        await form_of(runtime, who)
        try:
            await handle(runtime, who, query, pressed)
        except QualifyError as refusal:
            filled = await form_of(runtime, who)
            toast = say(who.language, refusal.key, **refusal.values)
            await turn_into(runtime, who, query, render.form_message(filled, who.language), toast)

    return handled


async def form_of(runtime: Runtime, who: Who) -> Filled:
    """The form as it stands. Raises Stale when there is none."""
    return await runtime.run(opening_form.look, actor_of(who), who.telegram_id)


async def fill(
    runtime: Runtime, who: Who, query: CallbackQuery, setter: Callable[..., Filled], *values: object, **switch: bool
) -> None:
    """Fill a field in, and show the form in the place of the screen that was pressed. Raises what `setter` raises."""
    filled = await runtime.run(setter, actor_of(who), who.telegram_id, *values, **switch)
    await turn_into(runtime, who, query, render.form_message(filled, who.language))


async def fill_below(runtime: Runtime, who: Who, setter: Callable[..., Filled], value: object) -> None:
    """Fill a field in with what was typed, and show the form as the newest message. Raises what `setter` raises."""
    filled = await runtime.run(setter, answering(who), who.telegram_id, value)
    await runtime.api.send(who.telegram_id, render.form_message(filled, who.language))


@on_form
async def standard(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask which standard; fill it in when the button carries its place."""
    offered = newest_standards(runtime)
    if pressed.numbers:
        await fill(runtime, who, query, opening_form.set_standard, chosen(offered, number(pressed, 0)).id)
    else:
        await turn_into(runtime, who, query, choices.standards_message(offered, who.language))


@on_form
async def level(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask which level of the standard; fill it in when the button carries its place. Without a standard the button is
    stale."""
    filled = await form_of(runtime, who)
    if filled.standard is None:
        raise Stale("error-stale")
    if pressed.numbers:
        await fill(runtime, who, query, opening_form.set_level, chosen(filled.standard.levels, number(pressed, 0)).id)
    else:
        await turn_into(runtime, who, query, choices.levels_message(filled.standard, who.language))


@on_form
async def due(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask for the due date; fill it in when the button carries a number of weeks."""
    today = runtime.context.today()
    if not pressed.numbers:
        await turn_into(runtime, who, query, choices.due_message(today, who.language))
    elif number(pressed, 0) in choices.WEEKS:
        await fill(runtime, who, query, opening_form.set_due, today + timedelta(weeks=number(pressed, 0)))
    else:
        raise Stale("error-stale")


@on_form
async def date(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """Ask for the due date as a typed text."""
    await ask(runtime, who, query, "new-date", choices.date_message(runtime.context.today(), who.language, "new-due"))


async def dated(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:  # noqa: ARG001
    """Fill in the typed due date. Raises InvalidInput for a text that is no date and for a day that has passed, Stale
    without a form."""
    await form_of(runtime, who)
    await fill_below(runtime, who, opening_form.set_due, read_day(text.strip()))


@on_form
async def applied(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask for the application date as a typed text; fill in the day of opening when the button carries a number."""
    if pressed.numbers:
        await fill(runtime, who, query, opening_form.set_applied, None)
    else:
        message = choices.applied_message(runtime.context.today(), who.language)
        await ask(runtime, who, query, "new-applied", message)


async def applied_typed(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:  # noqa: ARG001
    """Fill in the typed application date. Raises InvalidInput for a text that is no date and for a day that can't be
    one, Stale without a form."""
    await form_of(runtime, who)
    await fill_below(runtime, who, opening_form.set_applied, read_day(text.strip()))


@on_form
async def exception(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """Ask why it is opened for who doesn't fulfil what the standard asks of applicants."""
    await ask(runtime, who, query, "new-exception", choices.exception_message(who.language))


async def excepted(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:  # noqa: ARG001
    """Fill in the typed reason. Raises InvalidInput for no words, or too many; Stale without a form."""
    await form_of(runtime, who)
    await fill_below(runtime, who, opening_form.set_exception, text)


@on_form
async def ineligible(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Switch whether those are left out who don't fulfil what the standard asks of applicants, to what the button
    carries."""
    await fill(runtime, who, query, opening_form.leave_ineligible_out, out=bool(number(pressed, 0)))


@on_form
async def self_assessment(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Switch whether the employee is asked for a self-assessment, to what the button carries."""
    await fill(runtime, who, query, opening_form.set_self_assessment, asked=bool(number(pressed, 0)))


@on_form
async def sign_off(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Switch whether a person has to sign the result, to what the button carries."""
    await fill(runtime, who, query, opening_form.set_sign_off, required=bool(number(pressed, 0)))


@on_form
async def open_(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Open the assessments that the form describes, and show what came of it. A second one of the same person asks
    first; the button that confirms it carries a 1."""
    mark, again = number(pressed, 0), pressed.numbers[1:] == (1,)
    try:
        opened = await runtime.run(opening_form.open_form, actor_of(who), who.telegram_id, mark, again=again)
    except InvalidInput as refusal:
        if refusal.key != SECOND:
            raise
        await turn_into(runtime, who, query, render.second_message(refusal, mark, who.language))
        return
    await turn_into(runtime, who, query, render.opened_message(opened, who.language))


@on_form
async def discard(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Throw the form away and show the list of assessments."""
    await runtime.run(opening_form.discard, actor_of(who), who.telegram_id)
    await lists.show_assessments(runtime, who, query, Command(pressed.to))


SCREENS: Mapping[str, OnScreen] = {
    "new": begin,
    "new-standard": standard,
    "new-level": level,
    "new-due": due,
    "new-date": date,
    "new-applied": applied,
    "new-exception": exception,
    "new-ineligible": ineligible,
    "new-self": self_assessment,
    "new-sign": sign_off,
    "new-open": open_,
    "new-discard": discard,
}
ANSWERS = {"new-date": dated, "new-applied": applied_typed, "new-exception": excepted}
