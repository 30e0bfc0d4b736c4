"""An organisation's settings in words: which they are, and what they change in the standard as it was released."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from qualify.scoring import plain
from qualify.scoring.numbers import percent
from qualify.scoring.rating import target
from qualify.standard import ScaleRating, Standard, all_subjects
from qualify.standard.model import CountedGrade, ExamBand, GradeBand, SuggestionRow
from qualify.texts import say


def settings_note(standard: Standard, language: str) -> list[str]:
    """Which settings are laid over the standard, in a line; no line for none."""
    if standard.settings is None:
        return []
    number, since = standard.settings
    return [say(language, "own-note", number=str(number), since=since.isoformat())]


def setting_lines(released: Standard, made: Standard, language: str) -> list[str]:
    """Each number that differs in the standard with the settings, before and after; or that none does."""
    parts = (_targets, _weights, _rating, _grades)
    lines = [line for part in parts for line in part(released, made, language)]
    return lines or [say(language, "own-nothing")]


def _targets(released: Standard, made: Standard, language: str) -> Iterator[str]:
    for before, after in zip(released.all_elements(), made.all_elements(), strict=True):
        for level in made.levels if isinstance(made.rating, ScaleRating) else ():
            then, now = target(released, before, level.id), target(made, after, level.id)
            if then != now:
                name, at = after.name.in_language(language), level.name.in_language(language)
                yield say(language, "own-target", name=name, level=at, before=plain(then), after=plain(now))


def _weights(released: Standard, made: Standard, language: str) -> Iterator[str]:
    """A line for each level where they differ, or for all where they differ alike."""
    for before, after in zip(all_subjects(released), all_subjects(made), strict=True):
        weights = {
            level.name.in_language(language): (before.weight_at(level.id), after.weight_at(level.id))
            for level in made.levels
        }
        if len(set(weights.values())) == 1:
            weights = {"all": next(iter(weights.values()))}
        for level, (then, now) in weights.items():
            if then != now:
                name = after.name.in_language(language)
                yield say(language, "own-weight", name=name, level=level, before=plain(then), after=plain(now))


def _rating(released: Standard, made: Standard, language: str) -> Iterator[str]:
    before, after = released.rating, made.rating
    if not (isinstance(before, ScaleRating) and isinstance(after, ScaleRating)):
        return
    separator = say(language, "explain-gain-separator")
    if after.suggestion != before.suggestion:
        yield say(
            language, "own-suggestion", rows=separator.join(_row(each, language) for each in after.suggestion.rows)
        )
    if before.exceeding and after.exceeding and after.exceeding != before.exceeding:
        shares = [percent(Fraction(each.next_level_share)) for each in (before.exceeding, after.exceeding)]
        yield say(language, "own-next-level", before=shares[0], after=shares[1])
    if before.exam_bands and after.exam_bands:
        if after.exam_bands.bands != before.exam_bands.bands:
            yield say(
                language, "own-exam-bands", rows=separator.join(_row(each, language) for each in after.exam_bands.bands)
            )
        then, now = before.exam_bands.untaken, after.exam_bands.untaken
        if then != now:
            yield say(language, "own-untaken", before=str(then), after=str(now))


def _row(row: SuggestionRow | ExamBand, language: str) -> str:
    """A row of a table of ratings: from which share or score on, which rating."""
    above = isinstance(row, SuggestionRow) and row.above
    begins = str(row.score) if isinstance(row, ExamBand) else f"{percent(Fraction(row.share))}%"
    return say(language, "own-row", sign=">" if above else "≥", begins=begins, to=str(row.rating))


def _grades(released: Standard, made: Standard, language: str) -> Iterator[str]:
    before: Sequence[GradeBand | CountedGrade] = released.grades.bands if released.grades else ()
    after: Sequence[GradeBand | CountedGrade] = made.grades.bands if made.grades else ()
    for then, now in zip(before, after, strict=True):
        if then != now:
            name, rule = now.name.in_language(language), "bands" if isinstance(now, GradeBand) else "counting"
            yield say(language, "own-grade", rule=rule, name=name, before=_begins(then), after=_begins(now))


def _begins(band: GradeBand | CountedGrade) -> str:
    return plain(band.total) if isinstance(band, GradeBand) else percent(Fraction(band.unmet))
