"""The end of an explanation: sum, deductions, total, grade, what blocked it, knowledge, and the cheapest way up."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from qualify.reporting.agreed import Agreed, Signs
from qualify.scoring.model import Case, DeductionResult, Gain, Mark, Result, ScoreConflict, WayUp
from qualify.scoring.numbers import TENTH, percent, plain, round_half_up
from qualify.scoring.rating import summed
from qualify.scoring.way_up import countable
from qualify.standard import BandGrades, CountingGrades, Deduction, Standard, Subject, Text, all_criteria, all_subjects
from qualify.texts import say

MOST_GAINS = 3


def closing(standard: Standard, result: Result, signs: Signs, language: str) -> list[str]:
    """The lines after those of the elements; the last one is the way up whenever the result has one. `signs` collects
    the rules of ours in them."""
    lines = [_count(result, language)] if result.total is None else _sum(standard, result, result.total, language)
    lines += _decision(standard, result, signs, language)
    lines += _composite(standard, result, language)
    lines += _unsettled(standard, result, language)
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
    got = round_half_up(summed(result.elements), TENTH)
    possible = sum((module.possible for module in result.modules), Decimal(0))
    off = sum((each.points for each in result.deductions), Decimal(0))
    key = "explain-total-floor" if off > got else "explain-total-off" if off else "explain-total"
    return [
        say(language, "explain-sum", got=plain(got), possible=plain(possible)),
        *deduction_lines(standard, result, language),
        say(language, key, got=plain(got), off=plain(off), total=plain(total)),
    ]


def deduction_lines(standard: Standard, result: Result, language: str) -> list[str]:
    """What cases come to, then each of them, a line each."""
    return [line for each in result.deductions for line in _deduction(_rule(standard, each.id), each, language)]


def _deduction(rule: Deduction, result: DeductionResult, language: str) -> list[str]:
    """What the cases come to, then each that counts and each that lies outside the window, a line each."""
    said = say(
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
    counted = [say(language, "explain-case", case=case_words(rule, each, language)) for each in result.cases]
    outside = [say(language, "explain-case-outside", case=case_words(rule, each, language)) for each in result.outside]
    return [said, *counted, *outside]


def case_words(rule: Deduction, case: Case, language: str) -> str:
    """The day, the title and the kind of a case, as far as they are known."""
    kind = next((kind.name.in_language(language) for kind in rule.kinds if kind.id == case.kind), "none")
    day, title = case.adopted.isoformat(), case.title or "none"
    return say(language, "explain-case-words", day=day, title=title, kind=kind)


def _unsettled(standard: Standard, result: Result, language: str) -> list[str]:
    """What has to be settled before the result is signed, a line each."""
    named = {subject.id: subject.name.in_language(language) for subject in all_subjects(standard)}
    separator = say(language, "explain-separator")
    assessors = [review.assessor for review in result.elements[0].reviews]
    lines = [
        say(
            language,
            "explain-conflict",
            subject=named[each.subject],
            scores=separator.join(_claims(each, assessors, language)),
            counts="none" if each.counts is None else plain(each.counts),
        )
        for each in result.conflicts
    ]
    rule = standard.deductions[0] if standard.deductions else None
    return lines + [
        say(language, "explain-twins", one=case_words(rule, one, language), other=case_words(rule, other, language))
        for one, other in result.twins
        if rule is not None
    ]


def _claims(conflict: ScoreConflict, assessors: Sequence[str], language: str) -> Iterator[str]:
    """Each of the scores with who gave it, as far as that is known."""
    places = conflict.reviews or ((),) * len(conflict.scores)
    for score, gave in zip(conflict.scores, places, strict=True):
        by = [assessors[place] for place in gave if assessors[place]]
        by += [say(language, "settle-lists")] if score == conflict.listed else []
        sources = say(language, "explain-separator").join(by)
        yield say(language, "settle-claim", score=plain(score), sources=sources) if by else plain(score)


def _decision(standard: Standard, result: Result, signs: Signs, language: str) -> list[str]:
    """The grade and the level, or the key conditions that block them."""
    level = standard.level(result.level).name.in_language(language)
    lines = []
    if isinstance(standard.grades, BandGrades) and result.grade_by_total is not None and result.total is not None:
        lines.append(
            say(
                language,
                "explain-grade" if result.granted else "explain-grade-by-total",
                total=plain(result.total),
                threshold=plain(_starts_at(standard.grades, result.grade_by_total)),
                grade=_grade(standard, result.grade_by_total).in_language(language),
                level=level,
                agreed=signs.of(Agreed.GRADES),
            )
        )
    if isinstance(standard.grades, CountingGrades) and result.grade_by_total is not None:
        lines.append(_counted(standard, standard.grades, result, signs, language))
    if result.blocked_by:
        lines.append(say(language, "explain-not-granted", level=level, agreed=signs.of(Agreed.KEY_CONDITIONS)))
        lines += _unmet(standard, result, language)
    return lines


def _counted(standard: Standard, grades: CountingGrades, result: Result, signs: Signs, language: str) -> str:
    """How many criteria are unmet, and the grade that this comes to."""
    grade = result.grade_by_total
    assert grade is not None
    asked, unmet = countable(standard, result.level), len(result.unmet)
    return say(
        language,
        "explain-counted" if result.granted else "explain-counted-alone",
        asked=str(asked),
        unmet=str(unmet),
        share=percent(Fraction(unmet, asked or 1)),
        bound=percent(Fraction(_allowed(grades, grade))),
        grade=_grade(standard, grade).in_language(language),
        level=standard.level(result.level).name.in_language(language),
        agreed=signs.of(Agreed.GRADES),
    )


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
    weights = {each.id: Fraction(each.weight_at(result.level)) for each in subjects}
    total = sum(weights.values(), Fraction(0))
    parts = [_part(each, result.scores[each.id] or Decimal(0), weights[each.id] / total, language) for each in subjects]
    joined = say(language, "explain-plus").join(parts)
    regulations = [exam.regulation.in_language(language) for exam in standard.exams if exam.regulation]
    return [
        say(language, "explain-composite", parts=joined, composite=plain(result.composite)),
        *(say(language, "explain-composite-regulation", regulation=each) for each in regulations),
    ]


def _part(subject: Subject, score: Decimal, weight: Fraction, language: str) -> str:
    return say(
        language,
        "explain-composite-part" if subject.max == 100 else "explain-composite-part-scaled",
        name=subject.name.in_language(language),
        score=plain(score),
        maximum=plain(subject.max),
        weight=percent(weight),
    )


def _way_up(standard: Standard, result: Result, way: WayUp, language: str) -> str:
    sentences = []
    if way.keys:
        named = [standard.level(result.level).name]
        named += [_grade(standard, result.grade_by_total)] if result.grade_by_total else []
        granted = " · ".join(name.in_language(language) for name in named)
        sentences.append(say(language, "explain-way-up-key", granted=granted))
    gains = _gains(standard, way, language)
    if way.grade is not None:
        sentences.append(_to_next_grade(standard, way, way.grade, gains, language))
    elif gains:
        each = "one" if len(way.gains) == 1 else "several"
        sentences.append(say(language, "explain-way-up-scale", missing=plain(way.missing), gains=gains, each=each))
    return say(language, "explain-gap").join(sentences)


def _to_next_grade(standard: Standard, way: WayUp, grade: str, gains: str, language: str) -> str:
    name, missing = _grade(standard, grade).in_language(language), plain(way.missing)
    if isinstance(standard.grades, CountingGrades):
        bound = percent(Fraction(_allowed(standard.grades, grade)))
        return say(language, "explain-way-up-counted", missing=missing, grade=name, bound=bound)
    assert standard.grades is not None
    threshold = plain(_starts_at(standard.grades, grade))
    return say(language, "explain-way-up", missing=missing, grade=name, threshold=threshold, gains=gains)


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


def _grade(standard: Standard, grade: str) -> Text:
    assert standard.grades is not None
    return next(band.name for band in standard.grades.bands if band.id == grade)


def _starts_at(grades: BandGrades, grade: str) -> Decimal:
    return next(band.total for band in grades.bands if band.id == grade)


def _allowed(grades: CountingGrades, grade: str) -> Decimal:
    return next(band.unmet for band in grades.bands if band.id == grade)
