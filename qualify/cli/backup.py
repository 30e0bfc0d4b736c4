"""`qualify backup` and `restore`: everything the database holds in one file, and back again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualify.cli import lazy
from qualify.cli.terminal import AsJson, Language, terminal


def backup(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Also where there is such a file already.")] = False,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Write everything in the database into a file, as it is at one moment; the bot may go on running."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_tables() as database:
        try:
            lazy.backup.back_up(database, out, force=force)
        except OSError as error:
            raise lazy.files.unusable("error-file-unwritable", out, error) from None
    term.tell({"file": str(out)}, "cli-backed-up", file=str(out))


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What qualify backup has written.")],
    replace: Annotated[bool, typer.Option("--replace", help="Also where the database is in use; it is lost.")] = False,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Fill the database from a backup, all of it or nothing, and bring it up to date. Stop the bot first."""
    term = terminal(context, language, as_json=as_json)
    try:
        lazy.backup.restore(lazy.settings.load_settings(lazy.settings.Settings).database_url, file, replace=replace)
    except OSError as error:
        raise lazy.files.unusable("error-file-unreadable", file, error) from None
    with lazy.database.open_database() as database:
        lazy.schema.migrate(database)
    term.tell({"file": str(file)}, "cli-restored", file=str(file))
