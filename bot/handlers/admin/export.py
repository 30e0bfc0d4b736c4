"""The export: everything that administrators may see, as one XLSX file."""

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.screens import go_on, hand_over
from bot.runtime import Runtime
from qualify.reporting import company_export
from qualify.services.assessments import export_source
from qualify.services.authorization import actor_of
from qualify.storage.people import Who
from qualify.texts import say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SECONDS = 1800  # a company of a hundred thousand assessments; longer than that only what hangs


async def send(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:  # noqa: ARG001
    """Say that it has begun; the workbook follows."""
    runtime.jobs.refuse_second(who.telegram_id)
    await runtime.run(export_source.begin, actor_of(who))
    go_on(runtime, who, _made(runtime, who))
    await runtime.api.answer(query.id, say(who.language, "export-begun"))


async def _made(runtime: Runtime, who: Who) -> None:
    """A process of its own reads the database and makes the file."""
    here = runtime.context.elsewhere()
    content = await runtime.jobs.workers.run(
        MOST_SECONDS, company_export.made_elsewhere, here, actor_of(who), who.language
    )
    await hand_over(runtime, who, (f"qualify-{runtime.context.today().isoformat()}.xlsx", content, XLSX))


SCREENS = {"export": send}
