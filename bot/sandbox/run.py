"""`make run`: the sandbox's server and page, and the real bot polling it, on a small made-up company."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.app import App, until_stopped
from bot.config import BotSettings, SandboxSettings
from bot.notifier import Notifier
from bot.sandbox.clock import Clock
from bot.sandbox.core import Sandbox
from bot.sandbox.server import running
from qualify.access import Role
from qualify.reminders import Habits
from qualify.services import Context, open_context
from qualify.services.people import directory, joining
from qualify.services.people import directory as directory_service
from qualify.services.sample_company import COLLEAGUES, OPERATOR, refuse_others, seed
from qualify.storage.schema import migrate
from qualify.texts import say

TOKEN = "100000:sandbox-only-no-secret"  # opens nothing but the loopback sandbox
NEWCOMER = 1008
STRANGER = 1009
NEWEST_REQUESTS = 1000
NUMBERS_A_SECOND = 50
LARGEST_START = 2_000_000_000


def numbers_after(start: datetime) -> int:
    """A number beyond all that a sandbox started earlier has used: its messages, updates and presses are fewer than
    `NUMBERS_A_SECOND` in the long run. Begins again after 463 days, for message numbers end at 2³¹."""
    return int(start.timestamp() * NUMBERS_A_SECOND) % LARGEST_START


def until_day(now: datetime, zone: ZoneInfo) -> timedelta:
    """How long it is night: whoever tries the sandbox then would wait until the morning for all news."""
    return Habits(zone).on_any_day().next_fine(now) - now


def make_sandbox(language: str, after: int = 0) -> Sandbox:
    """A sandbox with everybody of the made-up company, somebody who was invited, and a stranger; it numbers what
    happens after `after`."""
    sandbox = Sandbox(
        TOKEN,
        bot_username="qualify_bot",
        bot_name="Qualify",
        keep_requests=NEWEST_REQUESTS,
        numbers_after=after,
    )
    for colleague in COLLEAGUES:
        role = "newcomer" if colleague.telegram_id is None else colleague.roles[-1].value
        note = f"{say(language, f'sandbox-note-{role}')} · {colleague.position}"
        sandbox.add_user(colleague.telegram_id or NEWCOMER, colleague.name, language_code="zh-hans", note=note)
    sandbox.add_user(STRANGER, "Alex", language_code="en", note=say(language, "sandbox-note-stranger"))
    return sandbox


def add_phones(sandbox: Sandbox, context: Context, language: str) -> None:
    """Add phones for people who have joined since the made-up company began: an account keeps its person."""
    for who in directory.joined(context):
        if who.telegram_id not in sandbox.users or who.telegram_id in (NEWCOMER, STRANGER):
            role = max(who.roles, key=list(Role).index, default=Role.EMPLOYEE)
            sandbox.add_user(who.telegram_id, who.name, note=say(language, f"sandbox-note-{role}"))


async def run_sandbox(settings: SandboxSettings, language: str, announce: Callable[[str], None]) -> None:
    """Serve the page and run the bot until SIGINT or SIGTERM; `announce` gets the lines for the terminal.

    Raises InvalidInput, before anything is changed, for a database that holds anything but the made-up company.
    """
    now = datetime.now(UTC)
    sandbox = make_sandbox(language, numbers_after(now))
    sandbox.clock = Clock(ahead=until_day(now, settings.timezone))
    context = open_context(
        settings.database_url,
        settings.standards_dir,
        settings.timezone,
        sandbox.clock.now,
        settings.rules,
        is_working_day=settings.is_working_day,
    )
    async with AsyncExitStack() as stack:
        stack.callback(context.database.close)
        refuse_others(context)
        migrate(context.database)
        context.library.refresh(context.database)
        seed(context)
        add_phones(sandbox, context, language)
        address = await stack.enter_async_context(running(sandbox, settings.port))
        app = App(_bot_settings(settings, address), context)
        app.notifier = Notifier(app.runtime, _hardly_wait)
        await stack.enter_async_context(app.running())
        sandbox.listeners.append(_kick_when_the_clock_moves(sandbox, app))
        announce(say(language, "sandbox-address", address=address))
        announce_invitation(context, address, language, announce)
        await until_stopped(app.poll())


async def _hardly_wait(_: float) -> None:
    """Wait almost not at all: no Telegram here whose limits count, and a clicked day's notices come before the next
    day's."""
    await asyncio.sleep(0)


def _kick_when_the_clock_moves(sandbox: Sandbox, app: App) -> Callable[[], None]:
    """Let reminders come at once when somebody moves the sandbox's clock."""
    moved = sandbox.clock.moved

    def listen() -> None:
        nonlocal moved
        if sandbox.clock.moved != moved:
            moved = sandbox.clock.moved
            app.runtime.kick.set()

    return listen


def announce_invitation(context: Context, address: str, language: str, announce: Callable[[str], None]) -> None:
    """Announce an invitation link for a colleague who hasn't joined yet, if there is one."""
    everybody = directory_service.listed(context, OPERATOR)
    waiting = next((person for person, _, joined in everybody if person.active and not joined), None)
    if waiting is not None and joining.find(context, NEWCOMER) is None:
        token = joining.invite(context, OPERATOR, waiting.staff_no)
        link = f"{address}/?user={NEWCOMER}&start={token}"
        announce(say(language, "sandbox-invitation", name=waiting.name, link=link))


def _bot_settings(settings: SandboxSettings, address: str) -> BotSettings:
    return BotSettings(
        **settings.model_dump(include={"database_url", "standards_dir", "timezone", "log_level"}),
        bot_token=SecretStr(TOKEN),
        telegram_base_url=f"{address}/bot",
        telegram_base_file_url=f"{address}/file/bot",
        telegram_proxy=None,
        webhook_url=None,
    )
