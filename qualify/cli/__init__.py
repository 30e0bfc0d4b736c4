"""The administrator's command line: `python -m qualify`, installed as `qualify`."""

from typing import Annotated

import typer

from qualify.cli import company, scores, standards
from qualify.cli.terminal import Refusing, Terminal, default_language, terminal
from qualify.cli.terminal import company as open_company
from qualify.errors import InvalidInput
from qualify.storage.schema import migrate as migrate_database
from qualify.texts import LANGUAGES

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
        str | None, typer.Option(help="zh-CN or en; by default QUALIFY_LANGUAGE or the locale.")
    ] = None,
) -> None:
    """Qualify's command line for administrators."""
    context.obj = Terminal(default_language())
    if language is not None:
        if language not in LANGUAGES:
            raise InvalidInput("error-choice", given=language)
        context.obj = Terminal(language)


@app.command()
def migrate(context: typer.Context) -> None:
    """Make the database's tables, or bring them up to date."""
    migrate_database(open_company().database)
    terminal(context).say("cli-migrated")


app.command("invite")(company.invite)
app.command("score")(scores.score)
app.command("chart")(scores.chart)
app.add_typer(company.people_app, name="people")
app.add_typer(company.assess_app, name="assess")
app.add_typer(company.exams_app, name="exams")
app.add_typer(standards.app, name="standards")
app.add_typer(scores.result_app, name="result")


def main() -> None:
    """The console script."""
    app()
