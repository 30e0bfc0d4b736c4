"""A result as JSON, in the shape that other programs rely on: no field more, no field less."""

from fractions import Fraction

from qualify.reporting.explanation import explain
from qualify.scoring.model import ElementResult, Result
from qualify.scoring.numbers import as_number, round_half_up
from qualify.standard import Standard


def as_json(standard: Standard, result: Result, language: str) -> dict[str, object]:
    """The shape of `score --json` and `result show --json`; numbers are JSON numbers, shares rounded to 4 places.

    `grade` is given only with the level, its name in all languages; `explanation` is in `language`.
    """
    names = {band.id: band.name.model_dump() for band in standard.grades.bands} if standard.grades else {}
    return {
        "standard": result.standard,
        "version": result.version,
        "level": result.level,
        "total": as_number(result.total),
        "grade": {"id": result.grade, "name": names[result.grade]} if result.grade else None,
        "granted": result.granted,
        "blocked_by": list(result.blocked_by),
        "knowledge": {"composite": as_number(result.composite)},
        "deductions": [
            {"id": each.id, "points": as_number(each.points), "found": each.found, "required": each.required}
            for each in result.deductions
        ],
        "elements": [_element(each) for each in result.elements],
        "modules": [
            {"id": each.id, "got": as_number(each.got), "possible": as_number(each.possible)} for each in result.modules
        ],
        "explanation": explain(standard, result, language).lines(),
    }


def _element(result: ElementResult) -> dict[str, object]:
    return {
        "id": result.id,
        "share": None if result.share is None else _rounded(result.share),
        "suggestion": as_number(result.suggestion),
        "rating": as_number(result.rating),
        "possible": as_number(result.possible),
        "gap": as_number(result.gap),
    }


def _rounded(share: Fraction) -> int | float:
    return int(share) if share.denominator == 1 else float(round_half_up(share * 10_000)) / 10_000
