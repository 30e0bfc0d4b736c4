"""What an organisation sets for itself beside a released standard: read, checked, and laid over the standard. Pure.

Chapter eight of the client manager model says that standard levels are set, and by whom is left open; so are the rules
that are marked `assumed`. The released file stays as it is: settings replace numbers in a copy, which knows their mark.
What is asked and what the source says can't be set; that is a new version.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from qualify.standard.model import (
    BandGrades,
    CountedGrade,
    CountingGrades,
    Criterion,
    Deduction,
    Element,
    Exam,
    ExamBand,
    GradeBand,
    Id,
    Level,
    LevelCriteria,
    Model,
    Module,
    PointsRating,
    Rating,
    ScaleRating,
    SettingsMark,
    Share,
    Standard,
    Subject,
    SuggestionRow,
    Target,
    Weight,
)
from qualify.standard.problems import Finding, Path, Problem, invalid
from qualify.standard.rules import findings
from qualify.standard.shape import shaped
from qualify.standard.tree import read

Threshold = Annotated[Decimal, Field(ge=0, le=100, decimal_places=4)]


class StandardSettings(Model):
    """One set of an organisation's settings; what is left out stays as the standard says it.

    `targets` by element and level; `weights` by exam subject, for all levels or by level; `suggestion` the whole table
    from share to rating; `next_level_share` what of the next level a rating above the target asks for; `exam_bands` the
    whole table from mean score to rating, `untaken` the rating of who took no subject; `grades` where each grade
    begins: its total, or the share unmet where grades are counted.
    """

    valid_from: Annotated[date, Field(alias="from")]
    targets: dict[Id, dict[Id, Target]] = Field(default_factory=dict)
    weights: dict[Id, Weight] = Field(default_factory=dict)
    suggestion: tuple[SuggestionRow, ...] = ()
    next_level_share: Share | None = None
    exam_bands: tuple[ExamBand, ...] = ()
    untaken: Rating | None = None
    grades: dict[Id, Threshold] = Field(default_factory=dict)


_PARTS = (Standard, Level, Module, Element, LevelCriteria, Criterion, Subject, Exam, Deduction, ScaleRating)
_SETTABLE = tuple(field.alias or name for name, field in StandardSettings.model_fields.items())
_OF_THE_STANDARD = {name for part in _PARTS for name in part.model_fields} - {*_SETTABLE, "target"}
"""Words of a standard's file that somebody may try to set; "target" is rather a slip for "targets"."""


def read_settings(text: str, file: str, standard: Standard) -> StandardSettings:
    """The settings in `text`, which can be laid over this standard; `file` is only its name in sentences.

    Raises InvalidStandard with all problems.
    """
    tree = read(text, file)
    given = tree.data if isinstance(tree.data, dict) else {}
    fixed = [name for name in given if name in _OF_THE_STANDARD]
    faults = [_finding((name,), "fixed", standard, field=name, legal=", ".join(_SETTABLE)) for name in fixed]
    rest = {name: value for name, value in given.items() if name not in fixed} if given else tree.data
    settings = shaped(rest, StandardSettings)
    faults += settings if isinstance(settings, list) else setting_findings(standard, settings)
    problems = [*tree.problems, *(Problem(file, tree.line(path), key, values) for path, key, values in faults)]
    if problems or isinstance(settings, list):
        raise invalid(file, problems)
    return settings


def setting_findings(standard: Standard, settings: StandardSettings) -> list[Finding]:
    """Everything that these settings may not change in the standard, or would make wrong in it."""
    refused = [*_targets(standard, settings), *_weights(standard, settings), *_tables(standard, settings)]
    refused += _grades(standard, settings)
    if refused:
        return refused
    made = overlaid(standard, settings, 1)
    return [found._replace(path=_where(made, found.path)) for found in findings(made)]


def overlaid(standard: Standard, settings: StandardSettings, number: int) -> Standard:
    """The standard with the settings, which were checked, laid over it; it knows their `number` and first day."""
    return standard.with_settings(
        SettingsMark(number, settings.valid_from),
        rating=_rating(standard.rating, settings),
        modules=tuple(
            module.model_copy(update={"elements": tuple(_element(each, settings) for each in module.elements)})
            for module in standard.modules
        ),
        exams=tuple(
            exam.model_copy(update={"subjects": _subjects(exam.subjects, settings)}) for exam in standard.exams
        ),
        grades=_graded(standard.grades, settings),
    )


def _element(element: Element, settings: StandardSettings) -> Element:
    targets = {**element.targets, **settings.targets.get(element.id, {})}
    return element.model_copy(update={"targets": targets, "subjects": _subjects(element.subjects, settings)})


def _subjects(subjects: tuple[Subject, ...], settings: StandardSettings) -> tuple[Subject, ...]:
    return tuple(each.model_copy(update={"weight": settings.weights.get(each.id, each.weight)}) for each in subjects)


def _rating(rating: PointsRating | ScaleRating, settings: StandardSettings) -> PointsRating | ScaleRating:
    if isinstance(rating, PointsRating):
        return rating
    suggestion, exceeding, bands = rating.suggestion, rating.exceeding, rating.exam_bands
    if settings.suggestion:
        suggestion = suggestion.model_copy(update={"rows": settings.suggestion})
    if exceeding is not None and settings.next_level_share is not None:
        exceeding = exceeding.model_copy(update={"next_level_share": settings.next_level_share})
    if bands is not None:
        untaken = bands.untaken if settings.untaken is None else settings.untaken
        bands = bands.model_copy(update={"bands": settings.exam_bands or bands.bands, "untaken": untaken})
    return rating.model_copy(update={"suggestion": suggestion, "exceeding": exceeding, "exam_bands": bands})


def _graded(
    grades: BandGrades | CountingGrades | None, settings: StandardSettings
) -> BandGrades | CountingGrades | None:
    if grades is None:
        return None
    bands: list[GradeBand | CountedGrade] = []
    for band in grades.bands:
        field = "total" if isinstance(band, GradeBand) else "unmet"
        bands.append(band.model_copy(update={field: settings.grades.get(band.id, getattr(band, field))}))
    return grades.model_copy(update={"bands": tuple(bands)})


def _targets(standard: Standard, settings: StandardSettings) -> Iterator[Finding]:
    if settings.targets and isinstance(standard.rating, PointsRating):
        yield _finding(("targets",), "absent", standard, field="targets")
    else:
        yield from _unknown("targets", settings.targets, [each.id for each in standard.all_elements()], standard)


def _weights(standard: Standard, settings: StandardSettings) -> Iterator[Finding]:
    holders: list[Element | Exam] = [*standard.all_elements(), *standard.exams]
    holder_of = {subject.id: holder for holder in holders for subject in holder.subjects}
    yield from _unknown("weights", settings.weights, list(holder_of), standard)
    for subject in settings.weights:
        if subject in holder_of and not holder_of[subject].weights_assumed:
            yield _finding(("weights", subject), "weight-of-the-source", standard, field=subject)


def _tables(standard: Standard, settings: StandardSettings) -> Iterator[Finding]:
    """Only a rule that the standard has and its source leaves open can be set."""
    scale = standard.rating if isinstance(standard.rating, ScaleRating) else None
    exceeding, bands = (scale.exceeding, scale.exam_bands) if scale else (None, None)
    for field, given, is_open in (
        ("suggestion", bool(settings.suggestion), scale and scale.suggestion.assumed),
        ("next_level_share", settings.next_level_share is not None, exceeding and exceeding.assumed),
        ("exam_bands", bool(settings.exam_bands), bands and bands.bands_assumed),
        ("untaken", settings.untaken is not None, bands and bands.assumed),
    ):
        if given:
            yield from _open(standard, field, is_open)


def _grades(standard: Standard, settings: StandardSettings) -> Iterator[Finding]:
    grades = standard.grades
    if settings.grades:
        yield from _open(standard, "grades", grades and grades.assumed)
    if grades:
        yield from _unknown("grades", settings.grades, [band.id for band in grades.bands], standard)


def _open(standard: Standard, field: str, is_open: object) -> Iterator[Finding]:
    """Nothing for a rule that is open; None says that there is no such rule."""
    if not is_open:
        yield _finding((field,), "absent" if is_open is None else "of-the-source", standard, field=field)


def _unknown(field: str, given: Iterable[str], known: list[str], standard: Standard) -> Iterator[Finding]:
    for each in given:
        if each not in known:
            yield _finding((field, each), "unknown", standard, field=field, given=each, legal=", ".join(known) or "—")


def _finding(path: Path, name: str, standard: Standard, **values: str) -> Finding:
    """A finding with the text key "error-settings-`name`"; every sentence may name the version, and the next one."""
    this = {"id": standard.id, "version": str(standard.version), "next": str(standard.version + 1)}
    return Finding(path, f"error-settings-{name}", {**this, **values})


def _where(standard: Standard, path: Path) -> Path:
    """The place in the settings that a place in the standard laid over with them comes from."""
    match path:
        case ("modules", int(m), "elements", int(e), "targets", *rest):
            return ("targets", standard.modules[m].elements[e].id, *rest)
        case ("modules", int(m), "elements", int(e), "subjects", int(s), "weight", *rest):
            return ("weights", standard.modules[m].elements[e].subjects[s].id, *rest)
        case ("exams", int(n), "subjects", int(s), "weight", *rest):
            return ("weights", standard.exams[n].subjects[s].id, *rest)
        case ("rating", "suggestion", "rows", *rest):
            return ("suggestion", *rest)
        case ("rating", "exam_bands", "bands", *rest):
            return ("exam_bands", *rest)
        case ("rating", "exam_bands", "untaken"):
            return ("untaken",)
        case ("grades", "bands", int(n), *_) if standard.grades:
            return ("grades", standard.grades.bands[n].id)
        case _:
            return ()
