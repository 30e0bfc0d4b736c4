"""The audit log, the newest first."""

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.screens import turn_into
from bot.render.admin.audit import PAGE, audit_message
from bot.runtime import Runtime
from qualify.services import audit_log
from qualify.services.authorization import actor_of
from qualify.storage.people import Who


async def listed(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """The newest lines; or those older than the one whose id the button carries."""
    before = pressed.numbers[0] if pressed.numbers else None
    page = await runtime.run(audit_log.page, actor_of(who), before, most=PAGE)
    standards, zone = runtime.context.standards, runtime.context.timezone
    message = audit_message(page, standards, zone, who.language, newest=before is None)
    await turn_into(runtime, who, query, message)


SCREENS = {"audit": listed}
