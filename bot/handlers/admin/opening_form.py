"""Opening assessments: a form in one message, a field a press, each on the disk before it is shown."""

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
from qualify.errors import QualifyError, Stale
from qualify.services.assessments import opening_form
from qualify.services.assessments.opening_form import Filled
from qualify.services.authorization import actor_of, answering
from qualify.services.imports.tables import read_day
from qualify.storage.people import Who
from qualify.texts import say


async def begin(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """The form as it was left, or a new one."""
    filled = await runtime.run(opening_form.begin, actor_of(who), who.telegram_id)
    await turn_into(runtime, who, query, render.form_message(filled, who.language))


def on_form(handle: OnScreen) -> OnScreen:
    """A button of the form: refused, it says why and shows the form as it stands. Without a form it is stale."""

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
    """Fill a field in, and show the form with it."""
    filled = await runtime.run(setter, actor_of(who), who.telegram_id, *values, **switch)
    await turn_into(runtime, who, query, render.form_message(filled, who.language))


async def fill_below(runtime: Runtime, who: Who, setter: Callable[..., Filled], value: object) -> None:
    """Fill a field in with what was typed, and show the form as the newest message."""
    filled = await runtime.run(setter, answering(who), who.telegram_id, value)
    await runtime.api.send(who.telegram_id, render.form_message(filled, who.language))


@on_form
async def standard(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Which standard."""
    offered = newest_standards(runtime)
    if pressed.numbers:
        await fill(runtime, who, query, opening_form.set_standard, chosen(offered, number(pressed, 0)).id)
    else:
        await turn_into(runtime, who, query, choices.standards_message(offered, who.language))


@on_form
async def level(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Which level of the standard."""
    filled = await form_of(runtime, who)
    if filled.standard is None:
        raise Stale("error-stale")
    if pressed.numbers:
        await fill(runtime, who, query, opening_form.set_level, chosen(filled.standard.levels, number(pressed, 0)).id)
    else:
        await turn_into(runtime, who, query, choices.levels_message(filled.standard, who.language))


@on_form
async def due(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Until when: in some weeks, or another day."""
    today = runtime.context.today()
    if not pressed.numbers:
        await turn_into(runtime, who, query, choices.due_message(today, who.language))
    elif number(pressed, 0) in choices.WEEKS:
        await fill(runtime, who, query, opening_form.set_due, today + timedelta(weeks=number(pressed, 0)))
    else:
        raise Stale("error-stale")


@on_form
async def date(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """Ask for the due date."""
    await ask(runtime, who, query, "new-date", choices.date_message(runtime.context.today(), who.language, "new-due"))


async def dated(runtime: Runtime, who: Who, arguments: Sequence[str], text: str) -> None:  # noqa: ARG001
    """The typed due date."""
    await form_of(runtime, who)
    await fill_below(runtime, who, opening_form.set_due, read_day(text.strip()))


@on_form
async def self_assessment(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Whether the employee is asked as well."""
    await fill(runtime, who, query, opening_form.set_self_assessment, asked=bool(number(pressed, 0)))


@on_form
async def sign_off(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Whether a human signs."""
    await fill(runtime, who, query, opening_form.set_sign_off, required=bool(number(pressed, 0)))


@on_form
async def open_(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Open what the form says."""
    opened = await runtime.run(opening_form.open_form, actor_of(who), who.telegram_id, number(pressed, 0))
    await turn_into(runtime, who, query, render.opened_message(opened, who.language))


@on_form
async def discard(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Throw the form away."""
    await runtime.run(opening_form.discard, actor_of(who), who.telegram_id)
    await lists.show_assessments(runtime, who, query, Command(pressed.to))


SCREENS: Mapping[str, OnScreen] = {
    "new": begin,
    "new-standard": standard,
    "new-level": level,
    "new-due": due,
    "new-date": date,
    "new-self": self_assessment,
    "new-sign": sign_off,
    "new-open": open_,
    "new-discard": discard,
}
ANSWERS = {"new-date": dated}
