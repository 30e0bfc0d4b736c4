"""`qualify inbox`: what people sent that waits to be handled, or was set aside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import typer

from qualify.cli import lazy
from qualify.cli.terminal import AsJson, Language, Terminal, terminal

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from qualify.storage.tables import Inbox

inbox_app = typer.Typer(help="What people sent that waits to be handled.", no_args_is_help=True)


@inbox_app.command("list")
def list_inbox(context: typer.Context, as_json: AsJson = False, language: Language = None) -> None:
    """What waits to be handled, or was set aside because the bot died over it twice; its content with --json."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        kept = lazy.inbox.listed(company, actor)
    rows = [_line(each, company.timezone, term) for each in kept]
    term.table([_as_data(each) for each in kept], "update account date-time deaths state", rows)


def _as_data(kept: Inbox) -> dict[str, object]:
    return {
        "update": kept.update_id,
        "bot": kept.bot_id,
        "account": kept.user_id,
        "at": kept.kept_at.isoformat(),
        "deaths": kept.deaths,
        "set_aside_at": kept.set_aside_at.isoformat() if kept.set_aside_at else None,
        "content": json.loads(kept.content),
    }


def _line(kept: Inbox, zone: ZoneInfo, term: Terminal) -> tuple[object, ...]:
    state = term.text("cli-inbox-state", state="aside" if kept.set_aside_at else "waits")
    return kept.update_id, kept.user_id or "", f"{kept.kept_at.astimezone(zone):%Y-%m-%d %H:%M}", kept.deaths, state
