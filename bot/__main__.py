"""`python -m bot` = `qualify-bot`: run the bot against Telegram, or the sandbox on this machine."""

import asyncio
import errno
import logging
import sys

import typer
from telegram.error import InvalidToken

from bot.app import run as run_bot
from bot.config import BotSettings, SandboxSettings
from bot.sandbox.run import run_sandbox
from qualify.errors import InvalidInput, InvalidStandard, QualifyError
from qualify.services import open_context
from qualify.services.sample_company import is_made_up
from qualify.settings import load_settings
from qualify.standard import problems_of
from qualify.storage.schema import migrate
from qualify.texts import DEFAULT_LANGUAGE, say

cli = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@cli.command()
def run() -> None:
    """Run against Telegram: BOT_TOKEN is needed; polling, or a webhook when WEBHOOK_URL is set."""
    settings = load_settings(BotSettings)
    _log(settings.log_level)
    context = open_context(
        settings.database_url,
        settings.standards_dir,
        settings.timezone,
        rules=settings.rules,
        is_working_day=settings.is_working_day,
        sign_rules=settings.sign_rules,
    )
    migrate(context.database)
    context.library.refresh(context.database)
    if is_made_up(context):
        raise InvalidInput("settings-made-up")
    asyncio.run(run_bot(settings, context))


@cli.command()
def sandbox() -> None:
    """Run without Telegram: a chat page in the browser on loopback; PORT changes the port."""
    settings = load_settings(SandboxSettings)
    _log(settings.log_level)
    try:
        asyncio.run(run_sandbox(settings, DEFAULT_LANGUAGE, lambda line: print(line, flush=True)))  # noqa: T201
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise InvalidInput("settings-port-taken", port=str(settings.port), other=str(settings.port + 1)) from None


def _log(level: str) -> None:
    """Send logs to stderr. Libraries that log addresses, which carry the token, log only warnings."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in ("httpx", "httpcore", "aiohttp", "apscheduler", "alembic", "telegram"):
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))


def main() -> None:
    """Run a command. A refusal is one clear sentence, with what is wrong with standards line by line, and exit code
    1."""
    try:
        cli()
    except InvalidStandard as invalid:
        problems = [problem.say(DEFAULT_LANGUAGE) for problem in problems_of(invalid)]
        sys.exit("\n".join([say(DEFAULT_LANGUAGE, invalid.key, **invalid.values), *problems]))
    except QualifyError as refusal:
        sys.exit(say(DEFAULT_LANGUAGE, refusal.key, **refusal.values))
    except InvalidToken:
        sys.exit(say(DEFAULT_LANGUAGE, "settings-token-refused"))


if __name__ == "__main__":
    main()
