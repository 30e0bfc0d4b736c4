"""What a standard must obey beyond its shape. Pure: each rule yields findings about a well-formed `Standard`.

Here: identities, levels, criteria, points and everything counted by level; `bands` has the rules of tables of ratings
and grades.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from qualify.standard.bands import band_findings, labelled
from qualify.standard.model import (
    Appraisals,
    Criterion,
    Element,
    EligibilityRule,
    LevelHeld,
    PointsRating,
    ScaleRating,
    ServiceYears,
    Standard,
    Subject,
    all_subjects,
    asked_at,
)
from qualify.standard.problems import Finding, Path, finding


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def findings(standard: Standard) -> list[Finding]:
    """Everything that is wrong with the standard; nothing, when it can be used."""
    of_elements = (_elements, _points, _sums, _targets, _inheritance, _criteria, _lines)
    of_the_rest = (_weights, _deductions, _key_conditions, _eligibility, _reading, band_findings)
    return [found for rule in (_identities, *of_elements, *of_the_rest) for found in rule(standard)]


def _walk(standard: Standard) -> Iterator[tuple[Path, Element]]:
    for m, module in enumerate(standard.modules):
        for e, element in enumerate(module.elements):
            yield ("modules", m, "elements", e), element


def _identities(standard: Standard) -> Iterator[Finding]:
    """Each id names one thing of its kind in the whole standard: answers and scores are stored under it."""
    seen: set[tuple[str, str]] = set()
    for kind, path, name in _named(standard):
        if (kind, name) in seen:
            yield finding((*path, "id"), "id-twice", kind=kind, id=name)
        seen.add((kind, name))


def _named(standard: Standard) -> Iterator[tuple[str, Path, str]]:
    """Everything with an id: its kind, its place, its id."""
    listed: dict[str, tuple[Path, Sequence[_Named]]] = {
        "level": (("levels",), standard.levels),
        "module": (("modules",), standard.modules),
        "exam": (("exams",), standard.exams),
        "deduction": (("deductions",), standard.deductions),
        "grade": (("grades", "bands"), standard.grades.bands if standard.grades else ()),
        "reading": (("reading",), standard.reading),
    }
    for kind, (path, items) in listed.items():
        yield from _items(kind, path, items)
    for path, element in _walk(standard):
        yield "element", path, element.id
        yield from _items("subject", (*path, "subjects"), element.subjects)
        for level, demands in element.levels.items():
            yield from _items("criterion", (*path, "levels", level, "criteria"), demands.criteria)
    for n, exam in enumerate(standard.exams):
        yield from _items("subject", ("exams", n, "subjects"), exam.subjects)
    for n, deduction in enumerate(standard.deductions):
        yield from _items("case-kind", ("deductions", n, "kinds"), deduction.kinds)


def _items(kind: str, path: Path, items: Sequence[_Named]) -> Iterator[tuple[str, Path, str]]:
    return ((kind, (*path, n), item.id) for n, item in enumerate(items))


def _elements(standard: Standard) -> Iterator[Finding]:
    """A behaviour is rated by criteria, an exam by subjects, whose scores need bands to become ratings on a scale."""
    for path, element in _walk(standard):
        if element.kind == "behaviour":
            if element.subjects:
                yield finding((*path, "subjects"), "subjects-of-behaviour", element=element.id)
            continue
        if not element.subjects:
            yield finding(path, "subjects-missing", element=element.id)
        if element.levels:
            yield finding((*path, "levels"), "criteria-of-exam", element=element.id)
        if isinstance(standard.rating, ScaleRating) and standard.rating.exam_bands is None:
            yield finding(("rating",), "exam-bands-missing", element=element.id)


def _points(standard: Standard) -> Iterator[Finding]:
    """With a points rating each element says its points at every level; on a scale none does."""
    for path, element in _walk(standard):
        place = (*path, "points")
        if not isinstance(standard.rating, PointsRating):
            if element.points is not None:
                yield finding(place, "points-on-scale", element=element.id)
        elif element.points is not None:
            yield from _every_level(standard, place, element.points, "points")
            for level, points in element.points.items():
                if points % standard.rating.step:
                    step = standard.rating.step
                    yield finding((*place, level), "points-step", element=element.id, points=points, step=step)
        else:
            yield finding(path, "points-missing", element=element.id)


def _sums(standard: Standard) -> Iterator[Finding]:
    if not isinstance(standard.rating, PointsRating):
        return
    for n, level in enumerate(standard.levels):
        total = sum((element.points or {}).get(level.id, Decimal(0)) for _, element in _walk(standard))
        if total != 100:
            change = "points-sum-low" if total < 100 else "points-sum-high"
            difference = abs(Decimal(100) - total)
            yield finding(("levels", n), change, level=level.id, total=total, difference=difference)


def _targets(standard: Standard) -> Iterator[Finding]:
    """On a scale an element may have a target of its own at a level: a value that the scale has."""
    for path, element in _walk(standard):
        place = (*path, "targets")
        if not isinstance(standard.rating, ScaleRating):
            if element.targets:
                yield finding(place, "targets-in-points", element=element.id)
            continue
        yield from _known_levels(standard, place, element.targets)
        for level, target in element.targets.items():
            yield from labelled(standard.rating, target, (*place, level))


def _inheritance(standard: Standard) -> Iterator[Finding]:
    """Criteria come from lower levels only, where the element has some: so inheritance always ends."""
    order = [level.id for level in standard.levels]
    for path, element in _walk(standard):
        for level, demands in element.levels.items():
            source, place = demands.inherits, (*path, "levels", level, "inherits")
            if level not in order:
                yield finding(place[:-1], "level-unknown", level=level, legal=", ".join(order))
            elif source is None:
                if "inherited" in demands.model_fields_set:
                    yield finding((*place[:-1], "inherited"), "inherited-alone")
            elif source not in order:
                yield finding(place, "level-unknown", level=source, legal=", ".join(order))
            elif order.index(source) >= order.index(level):
                yield finding(place, "inherits-upwards", level=level, source=source)
            elif source not in element.levels:
                yield finding(place, "inherits-nothing", element=element.id, source=source)


def _criteria(standard: Standard) -> Iterator[Finding]:
    """A behaviour has criteria exactly at the levels where it is asked."""
    for path, element in _walk(standard):
        if element.kind == "exam":
            continue
        for level in standard.levels:
            demands = element.levels.get(level.id)
            given = demands is not None and bool(demands.criteria or demands.inherits)
            place = (*path, "levels", level.id)
            if asked_at(element, level.id) and not given:
                yield finding(place, "criteria-missing", element=element.id, level=level.id)
            elif given and not asked_at(element, level.id):
                yield finding(place, "criteria-without-points", element=element.id, level=level.id)


def _lines(standard: Standard) -> Iterator[Finding]:
    """Lines are counted where they are used: from 1, in order, and then each criterion says which is its own."""
    for path, element in _walk(standard):
        for level, demands in element.levels.items():
            if any(criterion.line for criterion in demands.criteria):
                yield from _counted_lines((*path, "levels", level, "criteria"), demands.criteria)


def _counted_lines(path: Path, criteria: Sequence[Criterion]) -> Iterator[Finding]:
    before = 0
    for n, criterion in enumerate(criteria):
        if criterion.line is None:
            yield finding((*path, n), "line-missing", id=criterion.id)
        elif criterion.line not in (legal := sorted({before or 1, before + 1})):
            place = (*path, n, "line")
            yield finding(place, "line-order", given=criterion.line, legal=", ".join(map(str, legal)))
        before = criterion.line or before


def _weights(standard: Standard) -> Iterator[Finding]:
    """A weight that differs by level says which it is at each."""
    for path, subject in _subjects(standard):
        if isinstance(subject.weight, dict):
            yield from _every_level(standard, (*path, "weight"), subject.weight, "weight")


def _subjects(standard: Standard) -> Iterator[tuple[Path, Subject]]:
    places: list[tuple[Path, Sequence[Subject]]] = [(path, element.subjects) for path, element in _walk(standard)]
    places += [(("exams", n), exam.subjects) for n, exam in enumerate(standard.exams)]
    return (((*path, "subjects", n), subject) for path, subjects in places for n, subject in enumerate(subjects))


def _deductions(standard: Standard) -> Iterator[Finding]:
    for n, deduction in enumerate(standard.deductions):
        if standard.rating.kind != "points":
            yield finding(("deductions", n), "deduction-on-scale", id=deduction.id)
        yield from _every_level(standard, ("deductions", n, "required"), deduction.required, "required")


def _every_level(standard: Standard, path: Path, given: Mapping[str, object], field: str) -> Iterator[Finding]:
    """The keys of a table by level are exactly the levels."""
    yield from _known_levels(standard, path, given)
    for level in standard.levels:
        if level.id not in given:
            yield finding(path, "level-missing", field=field, level=level.id)


def _known_levels(standard: Standard, path: Path, given: Iterable[str]) -> Iterator[Finding]:
    order = [level.id for level in standard.levels]
    for level in given:
        if level not in order:
            yield finding((*path, level), "level-unknown", level=level, legal=", ".join(order))


def _key_conditions(standard: Standard) -> Iterator[Finding]:
    """Key criteria and what an unmet one does come together or not at all."""
    keys = [
        (*path, "levels", level, "criteria", n, "key")
        for path, element in _walk(standard)
        for level, demands in element.levels.items()
        for n, criterion in enumerate(demands.criteria)
        if criterion.key
    ]
    if keys and standard.key_conditions is None:
        yield finding(keys[0], "key-conditions-missing")
    elif standard.key_conditions is not None and not keys:
        yield finding(("key_conditions",), "key-criteria-missing")


def _eligibility(standard: Standard) -> Iterator[Finding]:
    """What an applicant brings is asked at levels that there are; a level held already is a lower one."""
    order = [level.id for level in standard.levels]
    for n, rule in enumerate(standard.eligibility):
        field, by_level = _by_level(rule)
        for level in by_level:
            place = ("eligibility", n, field, level)
            if level not in order:
                yield finding(place, "level-unknown", level=level, legal=", ".join(order))
            elif isinstance(rule, LevelHeld):
                held = rule.levels[level]
                if held not in order:
                    yield finding(place, "level-unknown", level=held, legal=", ".join(order))
                elif order.index(held) >= order.index(level):
                    yield finding(place, "held-not-lower", level=level, held=held)


def _by_level(rule: EligibilityRule) -> tuple[str, Mapping[str, object]]:
    """The table by level of a rule, with the name of its field."""
    match rule:
        case ServiceYears():
            return "years", rule.years
        case Appraisals():
            return "last", rule.last
        case LevelHeld():
            return "levels", rule.levels


def _reading(standard: Standard) -> Iterator[Finding]:
    """A reading list prepares for something that is examined."""
    examined = [exam.id for exam in standard.exams]
    examined += [element.id for element in standard.all_elements() if element.kind == "exam"]
    examined += [subject.id for subject in all_subjects(standard)]
    for n, reading in enumerate(standard.reading):
        if reading.prepares_for not in (None, *examined):
            legal = ", ".join(examined) or "—"
            yield finding(("reading", n, "prepares_for"), "prepares-for-unknown", id=reading.prepares_for, legal=legal)
