"""`qualify standards settings`: what an organisation sets beside a released standard, and since when."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualify.cli import lazy
from qualify.cli.terminal import AsJson, Language, Terminal, terminal
from qualify.errors import NotFound

if TYPE_CHECKING:
    from qualify.services.standard_settings import SettingsView

app = typer.Typer(help="An organisation's own targets, weights and cut points.", no_args_is_help=True)
StandardId = Annotated[str, typer.Argument(metavar="ID", help="The standard's id.")]
Version = Annotated[int | None, typer.Option(help="The latest by default.")]


@app.command("list")
def list_settings(
    context: typer.Context,
    standard_id: StandardId,
    version: Version = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """All settings of a version: from which day, by whom, and which are in force."""
    term = terminal(context, language, as_json=as_json)
    found = _listed(term, standard_id, version)
    rows = [(each.number, each.valid_from, _state(each, term), _who(each), f"{each.at:%Y-%m-%d}") for each in found]
    term.table([_as_data(each) for each in found], "number from state who date", rows)


@app.command("show")
def show_settings(
    context: typer.Context,
    standard_id: StandardId,
    number: Annotated[int | None, typer.Option(help="Which settings; those in force by default.")] = None,
    version: Version = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """What settings change in the standard: each number before and after."""
    term = terminal(context, language, as_json=as_json)
    listed = _listed(term, standard_id, version)
    found = [each for each in listed if (each.holds if number is None else each.number == number)]
    if not found and number is not None:
        known = ", ".join(str(each.number) for each in listed) or "—"
        raise NotFound("error-settings-unknown-number", given=str(number), known=known)
    if not found:
        term.tell(None, "cli-settings-none", id=standard_id)
        return
    term.show(_as_data(found[0]), lambda: _lines(found[0], term))


@app.command("set")
def set_settings(
    context: typer.Context,
    standard_id: StandardId,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A YAML file; standards/README.md says how.")],
    version: Version = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Set what a file says, from the day that it names. What was opened before stays as it is."""
    term = terminal(context, language, as_json=as_json)
    text = lazy.standard.text_of(file)
    with lazy.database.open_company(term) as (company, actor):
        kept = lazy.standard_settings.keep(company, actor, standard_id, text, str(file), version=version)
    term.show(_as_data(kept), lambda: _lines(kept, term))


def _listed(term: Terminal, standard_id: str, version: int | None) -> list[SettingsView]:
    with lazy.database.open_company(term) as (company, actor):
        found: list[SettingsView] = lazy.standard_settings.listed(company, actor, standard_id, version)
    return found


def _lines(settings: SettingsView, term: Terminal) -> list[str]:
    heading = term.text(
        "cli-settings",
        standard=settings.released.name.in_language(term.language),
        version=str(settings.released.version),
        number=str(settings.number),
        since=settings.valid_from.isoformat(),
    )
    return [heading, *lazy.own_settings.setting_lines(settings.released, settings.made, term.language)]


def _state(settings: SettingsView, term: Terminal) -> str:
    return term.text("cli-settings-hold") if settings.holds else ""


def _who(settings: SettingsView) -> str:
    return settings.who or settings.operator


def _as_data(settings: SettingsView) -> dict[str, object]:
    return {
        "standard": settings.released.id,
        "version": settings.released.version,
        "number": settings.number,
        "from": settings.valid_from.isoformat(),
        "in_force": settings.holds,
        "who": _who(settings),
        "at": settings.at.isoformat(),
        "settings": settings.given,
    }
