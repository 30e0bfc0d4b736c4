"""The administrator's command line: `python -m qualify`, installed as `qualify`.

Commands import what they work with when they run, so that `--help` and a slip of the pen are answered at once.
"""

import io
import sys
from typing import Annotated

import typer

from qualify.cli import company, scores, standards
from qualify.cli.terminal import Language, Refusing, Terminal, default_language, known_language, terminal

app = typer.Typer(
    cls=Refusing,
    help="Qualify's command line for administrators.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def root(
    context: typer.Context,
    language: Annotated[
        str | None,
        typer.Option(
            envvar="QUALIFY_LANGUAGE",
            callback=known_language,
            help="zh-CN or en, also after the command; by default QUALIFY_LANGUAGE or the locale's.",
        ),
    ] = None,
) -> None:
    """Qualify's command line for administrators."""
    context.obj = Terminal(language or default_language())


@app.command()
def migrate(context: typer.Context, language: Language = None) -> None:
    """Make the database's tables, or bring them up to date."""
    from qualify.cli.database import open_database
    from qualify.storage.schema import migrate as migrate_database

    term = terminal(context, language)
    with open_database() as opened:
        migrate_database(opened)
    term.say("cli-migrated")


app.command("invite")(company.invite)
app.command("score")(scores.score)
app.command("chart")(scores.chart)
app.add_typer(company.people_app, name="people")
app.add_typer(company.assess_app, name="assess")
app.add_typer(company.exams_app, name="exams")
app.add_typer(standards.app, name="standards")
app.add_typer(scores.result_app, name="result")


def main() -> None:
    """The console script. A character that the terminal can't show is written as its escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    app()
