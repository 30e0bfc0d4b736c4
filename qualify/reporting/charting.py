"""From a result to the chart that shows it: bars of points for a points rating, a radar for a scale."""

from collections.abc import Mapping
from decimal import Decimal

from qualify import charts
from qualify.charts import Axis, Bar, BarModule, Bars, Category, Header, Radar
from qualify.reporting.wording import blocked, figure
from qualify.scoring import ElementResult, Result, plain
from qualify.services.assessments.overview import ResultView
from qualify.standard import ScaleRating, Standard, names
from qualify.texts import say


def draw(shown: ResultView, language: str, theme: str) -> bytes:
    """The chart of a stored result as PNG; call it in the drawing thread."""
    return charts.draw(chart_of(shown, language), theme=theme, language=language)


def chart_of(shown: ResultView, language: str) -> Radar | Bars:
    """The chart of a stored result, with the self-assessment and the grade that was signed."""
    date = shown.made_on.isoformat()
    signed = None if shown.signed_otherwise is None else shown.signed_otherwise.grade
    return chart_of_figures(
        shown.standard,
        shown.result,
        shown.subject,
        date,
        shown.assessors,
        language=language,
        own=shown.own,
        signed=signed,
    )


NOTHING: Mapping[str, Decimal] = {}


def chart_of_figures(
    standard: Standard,
    result: Result,
    subject: str,
    date: str,
    assessors: int,
    *,
    language: str,
    own: Mapping[str, Decimal] = NOTHING,
    signed: str | None = None,
) -> Radar | Bars:
    """The chart of any result, stored or not.

    `own` are the ratings of a self-assessment by element; `signed` is the grade where it differs from the computed
    one, "" meaning that the level is not granted.
    """
    header = Header(
        name=subject,
        title=standard.name.in_language(language),
        subtitle=say(
            language,
            "result-subtitle",
            level=standard.level(result.level).name.in_language(language),
            date=date,
            assessors=str(assessors),
        ),
        figure=figure(result, language),
        warning=_warning(standard, result, signed, language),
    )
    if isinstance(standard.rating, ScaleRating):
        maximum = max(label.value for label in standard.rating.labels)
        return Radar(header, _categories(standard, result, own, language), maximum)
    return Bars(header, _modules(standard, result, own, language), _notes(standard, result, signed, language))


def _warning(standard: Standard, result: Result, signed: str | None, language: str) -> str:
    """That the level isn't granted, where the figure alone would look as if it were."""
    refused = result.granted is False if signed is None else not signed
    level = standard.level(result.level).name.in_language(language)
    return say(language, "result-warning", level=level) if refused else ""


def _grouped(standard: Standard, result: Result, language: str) -> list[tuple[str, list[ElementResult]]]:
    named = names(standard, language)
    groups: dict[str, list[ElementResult]] = {}
    for element in result.elements:
        groups.setdefault(standard.module_of(element.id).id, []).append(element)
    return [(named[module], elements) for module, elements in groups.items()]


def _categories(standard: Standard, result: Result, own: Mapping[str, Decimal], language: str) -> tuple[Category, ...]:
    named = names(standard, language)
    return tuple(
        Category(name, tuple(Axis(named[each.id], each.rating, each.target, own.get(each.id)) for each in elements))
        for name, elements in _grouped(standard, result, language)
    )


def _modules(standard: Standard, result: Result, own: Mapping[str, Decimal], language: str) -> tuple[BarModule, ...]:
    named = names(standard, language)
    return tuple(
        BarModule(name, tuple(Bar(named[each.id], each.rating, each.possible, own.get(each.id)) for each in elements))
        for name, elements in _grouped(standard, result, language)
    )


def _notes(standard: Standard, result: Result, signed: str | None, language: str) -> tuple[str, ...]:
    named = names(standard, language)
    notes = [
        say(language, "result-note-deduction", name=named[each.id], points=plain(each.points))
        for each in result.deductions
        if each.points
    ]
    notes += _decision(standard, result, signed, named, language)
    if result.composite is not None:
        notes.append(say(language, "result-note-composite", composite=plain(result.composite)))
    return tuple(notes)


def _decision(
    standard: Standard, result: Result, signed: str | None, named: Mapping[str, str], language: str
) -> list[str]:
    """The grade that counts: the signed one where it differs from the computed one."""
    if signed is not None:
        key = "result-note-signed" if signed else "result-note-refused"
        return [say(language, key, grade=named.get(signed, ""))]
    if result.granted is False:
        return blocked(standard, result, language)
    return [] if result.grade is None else [say(language, "result-grade", grade=named[result.grade])]
