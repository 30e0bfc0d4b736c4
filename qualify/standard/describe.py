"""A standard as plain JSON data, for `qualify standards show ID --json`.

Every text is {"zh": …, "en": …}; numbers are JSON numbers; levels run low to high; inherited criteria are listed under
the level that inherits them, and each one's `inherited_from` says whose they are (null: the level's own).
"""

from decimal import Decimal

from qualify.errors import NotFound
from qualify.standard.model import (
    Deduction,
    Element,
    EligibilityRule,
    Exam,
    Level,
    Model,
    Module,
    Standard,
    Subject,
    asked_at,
    criteria_at,
    inherited_from,
)
from qualify.standard.structure import structure_hash

Json = dict[str, object]


def describe(standard: Standard, level: str | None = None) -> Json:
    """Everything in the standard; with `level`, of what differs by level only that level's part.

    Raises NotFound when the standard has no such level.
    """
    levels = _levels(standard, level)
    modules = (_module(each, levels) for each in standard.modules)
    eligibility = (_eligibility(each, levels) for each in standard.eligibility)
    grades = standard.grades
    return {
        "id": standard.id,
        "version": standard.version,
        "hash": structure_hash(standard),
        "name": _plain(standard.name),
        "definition": _plain(standard.definition),
        "source": _plain(standard.source),
        "lost": _plain(standard.lost),
        "rating": _plain(standard.rating),
        "levels": _plain(levels),
        "modules": [each for each in modules if each["elements"]],
        "exams": [_exam(each, levels) for each in standard.exams],
        "deductions": [_deduction(each, levels) for each in standard.deductions],
        "grades": _plain(grades.bands) if grades else [],
        "grades_rule": {"rule": grades.rule, "assumed": grades.assumed} if grades else None,
        "eligibility": [each for each in eligibility if {} not in each.values()],  # else it asks nothing here
        "key_conditions": _plain(standard.key_conditions),
        "reading": _plain(standard.reading),
    }


def _levels(standard: Standard, wanted: str | None) -> tuple[Level, ...]:
    levels = tuple(each for each in standard.levels if wanted in (None, each.id))
    if not levels:
        known = ", ".join(each.id for each in standard.levels)
        raise NotFound("error-standard-no-such-level", id=standard.id, level=str(wanted), known=known)
    return levels


def _module(module: Module, levels: tuple[Level, ...]) -> Json:
    asked = [each for each in module.elements if any(asked_at(each, level.id) for level in levels)]
    return {**_fields(module), "elements": [_element(each, levels) for each in asked]}


def _element(element: Element, levels: tuple[Level, ...]) -> Json:
    ids = [level.id for level in levels]
    return {
        **_fields(element),
        "points": _by_level(element.points, levels),
        "targets": _by_level(element.targets, levels),
        "subjects": [_subject(each, levels) for each in element.subjects],
        "levels": {each: _demands(element, each) for each in ids if each in element.levels},
    }


def _demands(element: Element, level: str) -> Json:
    demands = element.levels[level]
    return {
        "summary": _plain(demands.summary),
        "inherited_from": demands.inherits,
        "inherited": demands.inherited if demands.inherits else None,
        "criteria": [
            {**_fields(each), "inherited_from": inherited_from(element, level, each.id)}
            for each in criteria_at(element, level)
        ],
    }


def _exam(exam: Exam, levels: tuple[Level, ...]) -> Json:
    return {**_fields(exam), "subjects": [_subject(each, levels) for each in exam.subjects]}


def _subject(subject: Subject, levels: tuple[Level, ...]) -> Json:
    return {**_fields(subject), "weight": _by_level(subject.weight, levels)}


def _deduction(deduction: Deduction, levels: tuple[Level, ...]) -> Json:
    return {**_fields(deduction), "required": _by_level(deduction.required, levels)}


def _eligibility(rule: EligibilityRule, levels: tuple[Level, ...]) -> Json:
    return {name: _by_level(getattr(rule, name), levels) for name in type(rule).model_fields}


def _by_level(value: object, levels: tuple[Level, ...]) -> object:
    """A table by level, cut to these levels; anything else as it is."""
    ids = [level.id for level in levels]
    return _plain({each: value[each] for each in ids if each in value} if isinstance(value, dict) else value)


def _fields(model: Model) -> Json:
    fields = type(model).model_fields.items()
    return {field.alias or name: _plain(getattr(model, name)) for name, field in fields}


def _plain(value: object) -> object:
    match value:
        case Model():
            return _fields(value)
        case tuple():
            return [_plain(each) for each in value]
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case _:
            return value
