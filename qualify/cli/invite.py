"""`qualify invite`: links by which people join, for one person or for everybody who hasn't joined."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualify.cli import lazy
from qualify.cli.terminal import AsJson, Language, Terminal, terminal
from qualify.errors import InvalidInput

if TYPE_CHECKING:
    from qualify.storage.tables import Person

USERNAME = re.compile(r"[A-Za-z]\w{3,31}", re.ASCII)


def invite(
    context: typer.Context,
    target: Annotated[
        str | None,
        typer.Argument(metavar="STAFF_NO | FILE.xlsx", help="Whom; with --all the file to write, if any."),
    ] = None,
    everybody: Annotated[bool, typer.Option("--all", help="Everybody active who hasn't joined.")] = False,
    department: Annotated[str, typer.Option(help="With --all: only the people of this department.")] = "",
    move: Annotated[bool, typer.Option("--move", help="For somebody who has joined: to another account.")] = False,
    bot: Annotated[str | None, typer.Option(envvar="BOT_USERNAME", help="The bot's username, for the link.")] = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Single-use invitations for 14 days, tokens or, when the bot's username is known, links. Earlier ones end."""
    term = terminal(context, language, as_json=as_json)
    username = (bot or "").removeprefix("@")
    if username and not USERNAME.fullmatch(username):
        raise InvalidInput("error-bot-username", given=username)
    if everybody and not move:
        _invite_everybody(_file(target, username, term), department, username, term)
    elif target is None or department or everybody:
        raise typer.BadParameter(term.text("cli-invite-whom"))
    else:
        _invite(target, username, term, moves=move)


def _file(target: str | None, username: str, term: Terminal) -> Path | None:
    """The file to write; a usage error for a staff number beside --all, and for links without a bot."""
    if target is None:
        return None
    if not target.lower().endswith(".xlsx"):
        raise typer.BadParameter(term.text("cli-invite-whom"))
    if not username:
        raise typer.BadParameter(term.text("cli-invite-file"))
    return Path(target)


def _invite(staff_no: str, username: str, term: Terminal, *, moves: bool) -> None:
    with lazy.database.open_company(term) as (company, actor):
        token = lazy.joining.invite(company, actor, staff_no, moves=moves)
    link = _link(username, token)
    data = {"staff_no": staff_no, "token": token, "link": link}
    term.show(data, lambda: [token, link or term.text("cli-invite-link", token=token)])


def _link(username: str, token: str) -> str | None:
    return lazy.joining.invitation_link(username, token) if username else None


def _invite_everybody(file: Path | None, department: str, username: str, term: Terminal) -> None:
    with lazy.database.open_company(term) as (company, actor):
        until = (company.now() + lazy.joining.INVITE_VALID).astimezone(company.timezone)
        invited = lazy.joining.invite_everybody(company, actor, department)
    if file is None:
        _list(invited, username, term)
        return
    _write(file, invited, username, term)
    data = {"file": str(file), "invited": [person.staff_no for person, _ in invited]}
    words = {"count": len(invited), "file": str(file), "until": f"{until:%Y-%m-%d %H:%M}"}
    term.tell(data, "cli-invited", **words)


def _list(invited: list[tuple[Person, str]], username: str, term: Terminal) -> None:
    data, rows = [], []
    for person, token in invited:
        about = {"staff_no": person.staff_no, "name": person.name, "department": person.department}
        link = _link(username, token)
        data.append({**about, "token": token, "link": link})
        rows.append((*about.values(), link or token))
    term.table(data, f"staff-no name department {'link' if username else 'token'}", rows)


def _write(file: Path, invited: list[tuple[Person, str]], username: str, term: Terminal) -> None:
    lazy.files.write(file, lazy.exports.workbook([lazy.sheets.invitations(invited, username, term.language)]))
