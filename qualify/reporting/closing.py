"""The end of an explanation: sum, deductions, total, grade, what blocked it, knowledge, and the cheapest way up."""

from decimal import Decimal
from fractions import Fraction

from qualify.scoring.model import DeductionResult, Gain, Mark, Result, WayUp
from qualify.scoring.numbers import percent, plain
from qualify.standard import Deduction, GradeBand, Standard, Subject, all_criteria
from qualify.texts import say

MOST_GAINS = 3


def closing(standard: Standard, result: Result, language: str) -> list[str]:
    """The lines after those of the elements; the last one is the way up whenever the result has one."""
    lines = [_count(result, language)] if result.total is None else _sum(standard, result, result.total, language)
    lines += _decision(standard, result, language)
    lines += _composite(standard, result, language)
    return [*lines, _way_up(standard, result, result.way_up, language)] if result.way_up else lines


def _count(result: Result, language: str) -> str:
    return say(
        language,
        "explain-scale-count",
        above=str(sum(module.above for module in result.modules)),
        at=str(sum(module.at for module in result.modules)),
        below=str(sum(module.below for module in result.modules)),
    )


def _sum(standard: Standard, result: Result, total: Decimal, language: str) -> list[str]:
    got = sum((module.got for module in result.modules), Decimal(0))
    possible = sum((module.possible for module in result.modules), Decimal(0))
    off = sum((each.points for each in result.deductions), Decimal(0))
    key = "explain-total-floor" if off > got else "explain-total-off" if off else "explain-total"
    return [
        say(language, "explain-sum", got=plain(got), possible=plain(possible)),
        *(_deduction(_rule(standard, each.id), each, language) for each in result.deductions),
        say(language, key, got=plain(got), off=plain(off), total=plain(total)),
    ]


def _deduction(rule: Deduction, result: DeductionResult, language: str) -> str:
    return say(
        language,
        "explain-deduction" if result.points else "explain-no-deduction",
        name=rule.name.in_language(language),
        months=str(rule.window_months),
        since=result.since.isoformat(),
        until=result.until.isoformat(),
        found=str(result.found),
        required=str(result.required),
        lacking=str(result.required - result.found),
        each=plain(rule.points),
        points=plain(result.points),
    )


def _decision(standard: Standard, result: Result, language: str) -> list[str]:
    """The grade and the level, or the key conditions that block them."""
    band = None if result.grade_by_total is None else _band(standard, result.grade_by_total)
    level = standard.level(result.level).name.in_language(language)
    lines = []
    if band is not None and result.total is not None:
        text = say(
            language,
            "explain-grade" if result.granted else "explain-grade-by-total",
            total=plain(result.total),
            threshold=plain(band.total),
            grade=band.name.in_language(language),
            level=level,
            assumed=_assumed(standard.grades is not None and standard.grades.assumed, language),
        )
        lines.append(text)
    if result.blocked_by:
        lines.append(
            say(language, "explain-not-granted", level=level, assumed=_assumed(_key_assumed(standard), language))
        )
        lines += _unmet(standard, result, language)
    return lines


def _unmet(standard: Standard, result: Result, language: str) -> list[str]:
    """Each key condition with what the assessors answered, every answer once."""
    texts = {criterion.id: criterion.text.in_language(language) for criterion in all_criteria(standard)}
    lines = []
    for key in result.blocked_by:
        given = {review.marks.get(key) for element in result.elements for review in element.reviews}
        answers = [say(language, f"explain-mark-{mark.replace('_', '-')}") for mark in Mark if mark in given]
        joined = say(language, "explain-separator").join(answers)
        lines.append(say(language, "explain-key-unmet", text=texts[key].rstrip("。."), answers=joined))
    return lines


def _composite(standard: Standard, result: Result, language: str) -> list[str]:
    subjects = [subject for exam in standard.exams for subject in exam.subjects]
    if not subjects:
        return []
    separator = say(language, "explain-separator")
    missing = [each.name.in_language(language) for each in subjects if result.scores.get(each.id) is None]
    if result.composite is None:
        return [say(language, "explain-composite-missing", subjects=separator.join(missing))]
    total = Fraction(sum(subject.weight for subject in subjects))
    parts = [_part(each, result.scores[each.id] or Decimal(0), total, language) for each in subjects]
    joined = say(language, "explain-plus").join(parts)
    return [say(language, "explain-composite", parts=joined, composite=plain(result.composite))]


def _part(subject: Subject, score: Decimal, total: Fraction, language: str) -> str:
    return say(
        language,
        "explain-composite-part" if subject.max == 100 else "explain-composite-part-scaled",
        name=subject.name.in_language(language),
        score=plain(score),
        maximum=plain(subject.max),
        weight=percent(Fraction(subject.weight) / total),
    )


def _way_up(standard: Standard, result: Result, way: WayUp, language: str) -> str:
    sentences = []
    if way.keys:
        named = [standard.level(result.level).name]
        named += [_band(standard, result.grade_by_total).name] if result.grade_by_total else []
        granted = " · ".join(name.in_language(language) for name in named)
        sentences.append(say(language, "explain-way-up-key", granted=granted))
    gains = _gains(standard, way, language)
    if way.grade is not None:
        band = _band(standard, way.grade)
        agreed = "yes" if standard.grades and standard.grades.assumed else "no"
        text = say(
            language,
            "explain-way-up",
            missing=plain(way.missing),
            grade=band.name.in_language(language),
            threshold=plain(band.total),
            agreed=agreed,
            gains=gains,
        )
        sentences.append(text)
    elif gains:
        each = "one" if len(way.gains) == 1 else "several"
        sentences.append(say(language, "explain-way-up-scale", missing=plain(way.missing), gains=gains, each=each))
    return say(language, "explain-gap").join(sentences)


def _gains(standard: Standard, way: WayUp, language: str) -> str:
    """The first few gains, and how many there are where that isn't all."""
    named = [_gain(standard, each, way, language) for each in way.gains[:MOST_GAINS]]
    joined = say(language, "explain-gain-separator").join(named)
    if len(way.gains) <= MOST_GAINS:
        return joined
    return say(language, "explain-gains", gains=joined, n=str(len(way.gains)))


def _gain(standard: Standard, gain: Gain, way: WayUp, language: str) -> str:
    points = plain(gain.points)
    if gain.cases:
        name = _rule(standard, gain.id).name.in_language(language)
        return say(language, "explain-gain-cases", name=name, n=str(gain.cases), points=points)
    name = standard.element(gain.id).name.in_language(language)
    return name if way.grade is None else say(language, "explain-gain", name=name, points=points)


def _rule(standard: Standard, rule_id: str) -> Deduction:
    return next(rule for rule in standard.deductions if rule.id == rule_id)


def _band(standard: Standard, band_id: str) -> GradeBand:
    assert standard.grades is not None
    return next(band for band in standard.grades.bands if band.id == band_id)


def _key_assumed(standard: Standard) -> bool:
    return standard.key_conditions is not None and standard.key_conditions.assumed


def _assumed(assumed: bool, language: str) -> str:
    return say(language, "explain-assumed") if assumed else ""
