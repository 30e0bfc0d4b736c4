"""A result as JSON, in the shape that other programs rely on."""

from qualify.scoring.explain import explain
from qualify.scoring.model import ElementResult, Result
from qualify.scoring.numbers import as_number, round_half_up
from qualify.standard import Standard


def as_json(standard: Standard, result: Result, language: str) -> dict[str, object]:
    """The shape of `score --json` and `result show --json`; numbers are JSON numbers, shares rounded to 4 places."""
    grades = {band.id: band for band in standard.grades.bands} if standard.grades else {}
    return {
        "standard": result.standard,
        "version": result.version,
        "level": result.level,
        "application_date": result.application_date.isoformat() if result.application_date else None,
        "total": as_number(result.total),
        "grade": {"id": result.grade, "name": grades[result.grade].name.model_dump()} if result.grade else None,
        "grade_by_total": result.grade_by_total,
        "granted": result.granted,
        "blocked_by": list(result.blocked_by),
        "knowledge": {"composite": as_number(result.composite)},
        "deductions": [
            {"id": each.id, "points": as_number(each.points), "found": each.found, "required": each.required}
            | {"since": each.since.isoformat(), "until": each.until.isoformat()}
            for each in result.deductions
        ],
        "elements": [_element_json(each) for each in result.elements],
        "modules": [
            {"id": each.id, "got": as_number(each.got), "possible": as_number(each.possible)}
            | {"below": each.below, "at": each.at, "above": each.above}
            for each in result.modules
        ],
        "explanation": explain(standard, result, language).lines(),
    }


def _element_json(result: ElementResult) -> dict[str, object]:
    share = None if result.share is None else float(round_half_up(result.share * 10_000)) / 10_000
    return {
        "id": result.id,
        "share": share,
        "suggestion": as_number(result.suggestion),
        "rating": as_number(result.rating),
        "possible": as_number(result.possible),
        "target": as_number(result.target),
        "gap": as_number(result.gap),
    }
