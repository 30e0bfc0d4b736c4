"""`qualify score`, `result`, `chart`: from answers or a stored assessment to figures, words and a picture."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from qualify import charts
from qualify.cli.terminal import company, read_json, standards, terminal
from qualify.errors import InvalidInput
from qualify.scoring import Result, Review, as_json, explain, read_answers
from qualify.scoring import score as score_reviews
from qualify.services import results
from qualify.services.charting import draw_result
from qualify.standard import Standard
from qualify.texts import say

result_app = typer.Typer(help="Stored results.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Theme = Annotated[str, typer.Option(help="light or dark.")]


def score(
    context: typer.Context,
    standard: Annotated[str, typer.Option(help="The standard's id.")],
    level: Annotated[str, typer.Option(help="The level's id.")],
    answers: Annotated[Path, typer.Option(help="A JSON file of answers (README, Score a file).")],
    json_: AsJson = False,
) -> None:
    """Score a file of answers; needs no database."""
    term = terminal(context)
    term.as_json = json_
    found, result, _ = _scored(standard, level, answers)
    term.show(
        as_json(found, result, term.language), lambda: explain(found, result, term.language).lines(), as_json=json_
    )


def _scored(standard_id: str, level: str, file: Path) -> tuple[Standard, Result, date | None]:
    standard = standards().get(standard_id)
    if level not in [each.id for each in standard.levels]:
        known = ", ".join(each.id for each in standard.levels)
        raise InvalidInput("error-level-unknown", given=level, levels=known)
    answers, application_date = read_answers(standard, level, read_json(file))
    return standard, score_reviews(standard, level, [Review(answers=answers)], application_date), application_date


@result_app.command("show")
def show_result(context: typer.Context, assessment: int, json_: AsJson = False) -> None:
    """The result of an assessment, every number explained."""
    term = terminal(context)
    term.as_json = json_
    shown = results.of_assessment(company(), assessment)
    heading = f"{shown.subject} · {shown.standard.name.in_language(term.language)}"
    term.show(
        as_json(shown.standard, shown.result, term.language),
        lambda: [heading, *shown.explained(term.language).lines()],
        as_json=json_,
    )


def chart(
    context: typer.Context,
    targets: Annotated[list[str], typer.Argument(metavar="[ASSESSMENT] OUT.png")],
    answers: Annotated[Path | None, typer.Option(help="Draw a file of answers instead; needs no database.")] = None,
    standard: Annotated[str | None, typer.Option(help="With --answers: the standard's id.")] = None,
    level: Annotated[str | None, typer.Option(help="With --answers: the level's id.")] = None,
    name: Annotated[str, typer.Option(help="With --answers: whose name stands on the chart.")] = "",
    theme: Theme = "light",
) -> None:
    """Draw the chart of an assessment, or of a file of answers."""
    term = terminal(context)
    if theme not in ("light", "dark"):
        raise InvalidInput("error-choice", given=theme)
    if answers is None:
        png = results.of_assessment(company(), _assessment(targets)).chart(term.language, theme)
    else:
        png = _from_answers(targets, standard, level, answers, name, theme=theme, language=term.language)
    out = Path(targets[-1])
    try:
        out.write_bytes(png)
    except OSError as error:
        raise InvalidInput("error-file-unwritable", file=str(out), reason=error.strerror or "") from None
    term.say("cli-chart-drawn", file=str(out))


def _assessment(targets: list[str]) -> int:
    if len(targets) != 2 or not targets[0].isdecimal():
        raise InvalidInput("error-chart-targets")
    return int(targets[0])


def _from_answers(
    targets: list[str],
    standard_id: str | None,
    level: str | None,
    answers: Path,
    name: str,
    *,
    theme: str,
    language: str,
) -> bytes:
    if len(targets) != 1 or standard_id is None or level is None:
        raise InvalidInput("error-chart-answers")
    standard, result, application_date = _scored(standard_id, level, answers)
    whose = name or say(language, "cli-chart-nobody")
    when = application_date.isoformat() if application_date else "—"
    picture = draw_result(standard, result, whose, when, 1, language=language)
    return charts.draw(picture, theme="dark" if theme == "dark" else "light", language=language)
