"""The administrator's command line: `python -m qualify`, installed as `qualify`.

What the commands work with is imported when they run: see `qualify.cli.lazy`.
"""

import io
import sys
from typing import Annotated

import typer

from qualify.cli import (
    assess,
    backup,
    decisions,
    exams,
    inbox,
    invite,
    lazy,
    people,
    progress,
    records,
    scores,
    standards,
    team,
)
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
    staff_no: Annotated[
        str | None,
        typer.Option(
            "--as",
            envvar="QUALIFY_AS",
            metavar="STAFF_NO",
            help="Act as this person, whose roles decide what may be done; by default as the account of the system, "
            "which may do what an administrator may. The audit log names both.",
        ),
    ] = None,
) -> None:
    """Qualify's command line for administrators."""
    context.obj = Terminal(language or default_language(), staff_no)


@app.command()
def migrate(context: typer.Context, language: Language = None) -> None:
    """Make the database's tables, or bring them up to date."""
    term = terminal(context, language)
    with lazy.database.open_database() as opened:
        lazy.schema.migrate(opened)
    term.say("cli-migrated")


app.command("backup")(backup.backup)
app.command("restore")(backup.restore)

PEOPLE = "People and assessments"
DECISIONS = "Decisions"
OVERVIEW = "Overview"
STANDARDS = "Standards, scores, charts"
app.add_typer(people.app, name="people", rich_help_panel=PEOPLE)
app.command("invite", rich_help_panel=PEOPLE)(invite.invite)
app.add_typer(assess.app, name="assess", rich_help_panel=PEOPLE)
app.add_typer(exams.app, name="exams", rich_help_panel=PEOPLE)
app.command("sign-off", rich_help_panel=DECISIONS)(decisions.sign_off)
app.command("return", rich_help_panel=DECISIONS)(decisions.give_back)
app.command("publish", rich_help_panel=DECISIONS)(decisions.publish)
app.add_typer(decisions.appeals_app, name="appeals", rich_help_panel=DECISIONS)
app.command("progress", rich_help_panel=OVERVIEW)(progress.show_progress)
app.command("remind", rich_help_panel=OVERVIEW)(progress.remind)
app.add_typer(progress.notices_app, name="notices", rich_help_panel=OVERVIEW)
app.add_typer(inbox.inbox_app, name="inbox", rich_help_panel=OVERVIEW)
app.command("team", rich_help_panel=OVERVIEW)(team.show_team)
app.command("ranking", rich_help_panel=OVERVIEW)(exams.ranking)
app.command("export", rich_help_panel=OVERVIEW)(records.export)
app.add_typer(records.audit_app, name="audit", rich_help_panel=OVERVIEW)
app.add_typer(standards.app, name="standards", rich_help_panel=STANDARDS)
app.command("score", rich_help_panel=STANDARDS)(scores.score)
app.add_typer(scores.result_app, name="result", rich_help_panel=STANDARDS)
app.command("chart", rich_help_panel=STANDARDS)(scores.chart)


def main() -> None:
    """The console script. A character that the terminal can't show is written as its escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    app()
