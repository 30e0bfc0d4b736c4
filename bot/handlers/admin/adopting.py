"""Adopting a version of a standard: whom it would change, worked out in a process of its own, and from which day."""

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.arguments import day_of, number, page_of
from bot.handlers.screens import XLSX, go_on, hand_over, replace, turn_into
from bot.render.admin.adopting import adopted_message, ask_message, dry_run_message
from bot.runtime import Runtime
from qualify.exports import workbook
from qualify.reporting import adoption
from qualify.services.assessments import adopting
from qualify.services.assessments.adopting import DryRun
from qualify.services.authorization import actor_of
from qualify.services.standards import drafts
from qualify.standard import Standard
from qualify.storage.people import Who
from qualify.texts import say

MOST_SECONDS_TRYING = 600  # enough for a hundred thousand results; what takes longer hangs


async def try_out(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Begin to work out whom the version would change and say so; the screen follows. Raises Forbidden, Stale."""
    runtime.jobs.refuse_second(who.telegram_id)
    standard = await _version(runtime, who, pressed)
    assert query.message is not None
    go_on(runtime, who, _tried(runtime, who, standard, query.message.message_id, page_of(pressed, 1)))
    await runtime.api.answer(query.id, say(who.language, "adoption-begun"))


async def _tried(runtime: Runtime, who: Who, standard: Standard, message_id: int, page: int) -> None:
    run = await _run(runtime, who, standard)
    await replace(runtime, who, message_id, dry_run_message(run, page, runtime.context.today(), who.language))


async def _run(runtime: Runtime, who: Who, standard: Standard) -> DryRun:
    """The dry run; within a minute the same one, so that turning its pages doesn't work it out again."""
    here, version = runtime.context.elsewhere(), (standard.id, standard.version)
    key = "adopting", actor_of(who), *version, runtime.context.now().strftime("%Y-%m-%d %H:%M")
    return await runtime.jobs.workers.share(
        key, MOST_SECONDS_TRYING, adopting.dry_run_elsewhere, here, actor_of(who), *version
    )


async def send_sheet(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Begin to write everybody who would change into a workbook; it follows. Raises Forbidden, Stale."""
    runtime.jobs.refuse_second(who.telegram_id)
    standard = await _version(runtime, who, pressed)
    go_on(runtime, who, _written(runtime, who, standard))
    await runtime.api.answer(query.id, say(who.language, "export-begun"))


async def _written(runtime: Runtime, who: Who, standard: Standard) -> None:
    run = await _run(runtime, who, standard)
    content = await runtime.jobs.workers.run(MOST_SECONDS_TRYING, sheet_of, run, who.language)
    await hand_over(runtime, who, (f"{standard.id}-v{standard.version}-dry-run.xlsx", content, XLSX))


def sheet_of(run: DryRun, language: str) -> bytes:
    """The workbook, made in another process."""
    return workbook([adoption.sheet(run, language)])


async def adopt(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask what becomes of running assessments, then adopt. Raises Forbidden, Stale, InvalidInput."""
    standard, since = await _version(runtime, who, pressed), day_of(pressed, 1)
    if len(pressed.numbers) < 3:
        running = await runtime.run(adopting.running, actor_of(who), standard.id, standard.version)
        await turn_into(runtime, who, query, ask_message(standard, since, running, who.language))
        return
    given, converts = (standard.id, standard.version, since), pressed.numbers[2] == 1
    await runtime.run(adopting.adopt, actor_of(who), *given, converts=converts)
    await turn_into(runtime, who, query, adopted_message(standard, since, who.language, converts=converts))


async def _version(runtime: Runtime, who: Who, pressed: Command) -> Standard:
    entry = await runtime.run(drafts.entry, actor_of(who), number(pressed, 0))
    return entry.standard


SCREENS = {"std-adopt": try_out, "std-adopt-sheet": send_sheet, "std-adopt-on": adopt}
