"""Which rules are ours because the source leaves them open, and their words: one set for whoever reads a standard and
whoever reads a result. In a result each has a sign beside what it made, and is told once at the end."""

from collections.abc import Iterator
from enum import StrEnum

from qualify.scoring.numbers import plain
from qualify.standard import PointsRating, Standard, label
from qualify.texts import say


class Agreed(StrEnum):
    """A rule that sources leave open, in the order of the calculation."""

    ANSWERS = "answers"
    POINTS = "points"
    SUGGESTION = "suggestion"
    EXCEEDING = "exceeding"
    EXAM_ROUNDING = "exam-rounding"
    EXAM_UNTAKEN = "exam-untaken"
    EXAM_BANDS = "exam-bands"
    TARGETS = "targets"
    MEAN = "mean"
    GRADES = "grades"
    KEY_CONDITIONS = "key-conditions"
    RANKING = "ranking"


def agreed_of(standard: Standard) -> list[Agreed]:
    """The rules of the standard that are ours."""
    return list(_agreed_of(standard))


def _agreed_of(standard: Standard) -> Iterator[Agreed]:
    yield Agreed.ANSWERS
    if isinstance(standard.rating, PointsRating):
        yield Agreed.POINTS
        exam_rules = _examines(standard)
    else:
        rating = standard.rating
        if rating.suggestion.assumed:
            yield Agreed.SUGGESTION
        if rating.exceeding is not None and rating.exceeding.assumed:
            yield Agreed.EXCEEDING
        exam_rules = rating.exam_bands is not None and rating.exam_bands.assumed
        if rating.exam_bands is not None and rating.exam_bands.bands_assumed:
            yield Agreed.EXAM_BANDS
    if exam_rules:
        yield from (Agreed.EXAM_ROUNDING, Agreed.EXAM_UNTAKEN)
    if any(element.targets for element in standard.all_elements()):
        yield Agreed.TARGETS
    yield Agreed.MEAN
    if standard.grades is not None and standard.grades.assumed:
        yield Agreed.GRADES
    if standard.key_conditions is not None and standard.key_conditions.assumed:
        yield Agreed.KEY_CONDITIONS
    if standard.exams:
        yield Agreed.RANKING


def agreed_words(rule: Agreed, standard: Standard, language: str) -> str:
    """The rule in a sentence, with the standard's own numbers."""
    rating = standard.rating
    if isinstance(rating, PointsRating):
        numbers = {"step": plain(rating.step), "exceeding": "", "untaken": "0"}
    else:
        exceeding, bands = rating.exceeding, rating.exam_bands
        numbers = {
            "step": "",
            "exceeding": "" if exceeding is None else rated_words(standard, exceeding.rating, language),
            "untaken": "" if bands is None else rated_words(standard, bands.untaken, language),
        }
    exams = "some" if _examines(standard) else "none"
    return say(language, f"agreed-{rule}", kind=rating.kind, exams=exams, **numbers)


def _examines(standard: Standard) -> bool:
    """Whether an examination gives some of the ratings."""
    return any(element.kind == "exam" for element in standard.all_elements())


def rated_words(standard: Standard, rating: int, language: str) -> str:
    """A rating on a scale, with what it is called."""
    return f"{rating} {label(standard, rating, language)}".rstrip()


class Signs:
    """Gives each rule of ours a sign as it is met while a result is explained: ※1 for the first, and so on."""

    def __init__(self, standard: Standard, language: str) -> None:
        self._standard, self._language = standard, language
        self._ours = frozenset(agreed_of(standard))
        self._met: list[Agreed] = []

    def of(self, rule: Agreed) -> str:
        """The sign beside what the rule made; nothing where the rule is the source's own."""
        if rule not in self._ours:
            return ""
        if rule not in self._met:
            self._met.append(rule)
        return say(self._language, "agreed-sign", number=str(self._met.index(rule) + 1))

    def notes(self) -> list[str]:
        """What the signs given so far stand for, a line each below a heading; nothing where none was given."""
        lines = [self.of(rule) + " " + agreed_words(rule, self._standard, self._language) for rule in self._met]
        return [say(self._language, "agreed-heading"), *lines] if lines else []
