"""`qualify score`, `result`, `chart`: from answers or a stored assessment to figures, words and a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from qualify.cli import lazy
from qualify.cli.terminal import LARGEST_ID, AsJson, AssessmentId, Language, Level, StandardId, Terminal, terminal
from qualify.themes import DEFAULT_THEME, THEMES

if TYPE_CHECKING:
    from qualify.reporting.explanation import Explanation
    from qualify.scoring import Result
    from qualify.standard import Standard

result_app = typer.Typer(help="Stored results.", no_args_is_help=True)


def known_theme(theme: str) -> str:
    """The option's value; a usage error names the themes there are."""
    if theme not in THEMES:
        raise typer.BadParameter(f"{theme!r} is not one of {', '.join(THEMES)}.")
    return theme


def score(
    context: typer.Context,
    standard: StandardId,
    level: Level,
    answers: Annotated[Path, typer.Option(help="A JSON file of answers (README, Score a file).")],
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Score a file of answers; needs no database."""
    term = terminal(context, language, as_json=as_json)
    scored = _scored(standard, level, answers)
    term.show(
        lazy.data.as_json(scored.standard, scored.result, term.language),
        lambda: _in_words(
            [], scored.standard, scored.result, lazy.explanation.explain(*scored[:2], term.language), term
        ),
    )


class Scored(NamedTuple):
    """A file of answers and what it comes to; `day` is its application date, or a dash."""

    standard: Standard
    result: Result
    day: str


def _scored(standard_id: str, level: str, file: Path) -> Scored:
    standard = lazy.files.standard_at(standard_id, level)
    answers, day = lazy.scoring.read_answers(standard, level, lazy.files.read_json(file))
    result = lazy.scoring.score(standard, level, [lazy.scoring.ReviewInput(answers=answers)], day)
    return Scored(standard, result, day.isoformat() if day else "—")


@result_app.command("show")
def show_result(
    context: typer.Context, assessment: AssessmentId, as_json: AsJson = False, language: Language = None
) -> None:
    """The result of an assessment, every number explained."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        shown = lazy.results.of_assessment(company, actor, assessment)
    term.show(
        lazy.data.as_json(shown.standard, shown.result, term.language),
        lambda: _in_words(
            [shown.subject], shown.standard, shown.result, lazy.wording.explained(shown, term.language), term
        ),
    )


def _in_words(
    whose: list[str], standard: Standard, result: Result, explanation: Explanation, term: Terminal
) -> list[str]:
    """Elements with what they come from below them, then what follows from all of them."""
    level = standard.level(result.level).name.in_language(term.language)
    name = f"{standard.name.in_language(term.language)} v{result.version}"
    lines = [" · ".join([*whose, name, level]), ""]
    for heading, *details in explanation.elements.values():
        lines += [heading, *(f"  {each}" for each in details)]
    return [*lines, "", *explanation.closing, *explanation.notes]


def chart(
    context: typer.Context,
    targets: Annotated[
        list[str], typer.Argument(metavar="[ASSESSMENT] OUT.png", help="The picture's file comes last.")
    ],
    answers: Annotated[Path | None, typer.Option(help="Draw a file of answers instead; needs no database.")] = None,
    standard: Annotated[str | None, typer.Option(help="With --answers: the standard's id.")] = None,
    level: Annotated[str | None, typer.Option(help="With --answers: the level's id.")] = None,
    name: Annotated[str | None, typer.Option(help="With --answers: whose name stands on the chart.")] = None,
    theme: Annotated[str, typer.Option(callback=known_theme, help="light or dark.")] = DEFAULT_THEME,
    language: Language = None,
) -> None:
    """Draw the chart of an assessment, or of a file of answers."""
    term = terminal(context, language)
    if answers is None:
        assessment = _assessment(targets, term, given=(standard, level, name))
        png = _of_assessment(assessment, theme, term)
    elif len(targets) == 1 and standard is not None and level is not None:
        whose = name or term.text("cli-chart-nobody")
        png = _of_answers(_scored(standard, level, answers), whose, theme, term)
    else:
        raise typer.BadParameter(term.text("cli-chart-answers"))
    lazy.files.write(Path(targets[-1]), png)
    term.say("cli-chart-drawn", file=targets[-1])


def _assessment(targets: list[str], term: Terminal, given: tuple[str | None, ...]) -> int:
    """The assessment's number, when that and a file are all that was given; a usage error otherwise."""
    if len(targets) == 2 and targets[0].isdecimal() and 0 < int(targets[0]) <= LARGEST_ID and not any(given):
        return int(targets[0])
    raise typer.BadParameter(term.text("cli-chart-targets"))


def _of_assessment(assessment: int, theme: str, term: Terminal) -> bytes:
    with lazy.database.open_company(term) as (company, actor):
        shown = lazy.results.of_assessment(company, actor, assessment)
    return lazy.charting.draw(shown, term.language, theme)


def _of_answers(scored: Scored, whose: str, theme: str, term: Terminal) -> bytes:
    picture = lazy.charting.chart_of_figures(
        scored.standard, scored.result, whose, scored.day, 1, language=term.language
    )
    return lazy.charts.draw(picture, theme=theme, language=term.language)
