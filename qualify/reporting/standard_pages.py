"""A standard in words, a page for each question a reader has: what it is about, what is asked, how it is rated, what
the examinations are, what to read, and what is agreed here because the source leaves it open.

Plain lines without markup, in one language, at one level; what a standard doesn't say is left out. The chat shows them,
and so can anything else that prints a standard.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from qualify.reporting.agreed import Agreed, agreed_of, agreed_words, rated_words
from qualify.reporting.own_settings import settings_note
from qualify.scoring.numbers import percent, plain
from qualify.standard import (
    Appraisals,
    BandGrades,
    Criterion,
    Deduction,
    Element,
    Exam,
    LevelHeld,
    PointsRating,
    ScaleRating,
    ServiceYears,
    Standard,
    Text,
    asked_at,
    criteria_at,
    inherited_from,
    lines_at,
    names,
)
from qualify.texts import say

EligibilityRule = ServiceYears | Appraisals | LevelHeld


class Paragraph(NamedTuple):
    """Some lines under a heading. What is `agreed` is ours: the source leaves it open."""

    heading: str
    lines: tuple[str, ...]
    agreed: bool = False


Page = list[Paragraph]


def about(standard: Standard, level_id: str, language: str) -> Page:
    """What the standard is, what it is made of, its levels, and what of its source is lost."""
    version = say(language, "reading-version", version=str(standard.version))
    first = [*_words(standard.definition, language), version, *settings_note(standard, language)]
    if standard.source:
        first.append(say(language, "reading-source", source=standard.source.in_language(language)))
    return _paragraphs(
        (standard.name.in_language(language), first),
        (say(language, "reading-modules"), _modules(standard, level_id, language)),
        (say(language, "reading-levels"), _levels(standard, level_id, language)),
        (say(language, "reading-lost"), [text.in_language(language) for text in standard.lost]),
    )


def _modules(standard: Standard, level_id: str, language: str) -> Iterator[str]:
    """The groups of elements that are asked at the level, each with how many they are and what it means."""
    for module in standard.modules:
        count = sum(asked_at(element, level_id) for element in module.elements)
        if count:
            name = say(language, "reading-module", name=module.name.in_language(language), count=str(count))
            yield _defined(name, module.definition, language)


def _levels(standard: Standard, level_id: str, language: str) -> Iterator[str]:
    """All levels, low to high, the one that is read marked."""
    for level in standard.levels:
        mark = "▸ " if level.id == level_id else ""
        yield mark + _defined(level.name.in_language(language), level.definition, language)


def elements(standard: Standard, level_id: str, language: str) -> Page:
    """What is rated at the level: by module, numbered as in a review, with the points."""
    numbered = enumerate(standard.elements_at(level_id), start=1)
    of_modules = groupby(numbered, key=lambda each: standard.module_of(each[1].id).name.in_language(language))
    return _paragraphs(
        *(
            (module, [f"{number}. {titled(element, level_id, language)}" for number, element in inside])
            for module, inside in of_modules
        )
    )


def titled(element: Element, level_id: str, language: str) -> str:
    """The element's name, with its points at the level, or the target that it has there for itself."""
    points, target = (element.points or {}).get(level_id), element.targets.get(level_id)
    worth = say(language, "chat-points", points=plain(points)) if points else ""
    own = say(language, "reading-own-target", target=str(target)) if target is not None else ""
    return element.name.in_language(language) + worth + own


def element(standard: Standard, element: Element, level_id: str, language: str, *, above: bool = False) -> Page:
    """What the element is and what the level asks of it; with `above` also what the next level asks. Below that, what
    its module and the level mean."""
    page = _paragraphs((titled(element, level_id, language), _words(element.definition, language)), kept=True)
    if element.kind == "exam":
        page += _examined(standard, element, level_id, language)
    else:
        page += _demands(standard, element, level_id, language)
        following = standard.next_level(level_id) if above else None
        if following is not None:
            page += _demands(standard, element, following.id, language, told=level_id)
    return page + _meaning(standard, element, level_id, language)


def _demands(standard: Standard, element: Element, level_id: str, language: str, *, told: str = "") -> Page:
    """The criteria of one level, below its summary: numbered, those taken over from a lower level under its name. What
    was `told` of that level stands above, and is not told again."""
    name = standard.level(level_id).name.in_language(language)
    if not asked_at(element, level_id):
        return [Paragraph(name, (say(language, "reading-not-asked"),))]
    lines = _words(element.levels[level_id].summary, language)
    numbered = enumerate(criteria_at(element, level_id), start=1)
    by_home = groupby(numbered, key=lambda each: inherited_from(element, level_id, each[1].id))
    several = element.levels[level_id].inherits is not None
    for home, criteria in by_home:
        if several:
            lines.append(_of_level(standard, home or level_id, language, inherited=home is not None, told=home == told))
        if home is None or home != told:
            lines += [f"{number}. {_criterion(each, language)}" for number, each in criteria]
    lines += _together(element, level_id, language)
    return [Paragraph(say(language, "reading-asks", level=name), tuple(lines))]


def _of_level(standard: Standard, level_id: str, language: str, *, inherited: bool, told: bool) -> str:
    name = standard.level(level_id).name.in_language(language)
    key = "reading-inherited-above" if told else "reading-inherited" if inherited else "reading-own"
    return say(language, key, level=name)


def _criterion(criterion: Criterion, language: str) -> str:
    """The demand, and what is particular about it."""
    marks = [
        say(language, key)
        for key, holds in (
            ("reading-key", criterion.key),
            ("reading-minimum", criterion.minimum),
            ("reading-restored", criterion.restored),
        )
        if holds
    ]
    text = criterion.text.in_language(language)
    return text + say(language, "reading-marks", marks=say(language, "reading-between").join(marks)) if marks else text


def _together(element: Element, level_id: str, language: str) -> Iterator[str]:
    """Which criteria share one weight, because they are one line of the source."""
    places = {criterion.id: n for n, criterion in enumerate(criteria_at(element, level_id), start=1)}
    for line in lines_at(element, level_id):
        if len(line) > 1:
            yield say(language, "reading-one-line", numbers=_numbers([places[each.id] for each in line], language))


def _numbers(places: list[int], language: str) -> str:
    """The numbers in words: "1、2", and "1–7" for more that follow each other."""
    if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
        return f"{places[0]}–{places[-1]}"
    return say(language, "explain-separator").join(map(str, places))


def _meaning(standard: Standard, element: Element, level_id: str, language: str) -> Page:
    """What the element's module and the level mean, and where the element stands in the source."""
    module, level = standard.module_of(element.id), standard.level(level_id)
    meant = [
        _defined(each.name.in_language(language), each.definition, language)
        for each in (module, level)
        if each.definition
    ]
    source = [say(language, "reading-source", source=element.source)] if element.source else []
    return _paragraphs((say(language, "reading-meaning"), meant), ("", source))


def _examined(standard: Standard, element: Element, level_id: str, language: str) -> Page:
    """The subjects of an exam element, how its score becomes a rating, and what to read for it."""
    subjects = _subjects(standard, element, level_id, language)
    return _paragraphs((say(language, "reading-subjects"), subjects)) + _exam_bands(standard, language)


def _subjects(standard: Standard, exam: Element | Exam, level_id: str, language: str) -> list[str]:
    """Each subject with its full marks and how much it weighs at the level, and what to read for it; at the end what to
    read for all of them."""
    total = Fraction(sum((subject.weight_at(level_id) for subject in exam.subjects), Decimal(0)))
    lines = []
    for subject in exam.subjects:
        weight = percent(Fraction(subject.weight_at(level_id)) / total)
        name, maximum = subject.name.in_language(language), plain(subject.max)
        lines.append(say(language, "reading-subject", name=name, maximum=maximum, weight=weight))
        lines += _covered(standard, subject.id, language)
    return lines + _covered(standard, exam.id, language)


def _exam_bands(standard: Standard, language: str) -> Page:
    """From the mean score to the rating."""
    rating = standard.rating
    if not isinstance(rating, ScaleRating):
        how = say(language, "reading-exam-points-how")
        return [Paragraph(say(language, "reading-exam-points"), (how,), agreed=True), *_gaps(standard, language)]
    if rating.exam_bands is None:
        return []
    lines, top = [], 100
    for band in rating.exam_bands.bands:
        named = rated_words(standard, band.rating, language)
        lines.append(say(language, "reading-exam-band", low=str(band.score), high=str(top), rating=named))
        top = band.score - 1
    bands = Paragraph(say(language, "reading-exam-bands"), tuple(lines), agreed=rating.exam_bands.bands_assumed)
    return [bands, *_gaps(standard, language)]


def _gaps(standard: Standard, language: str) -> Page:
    """What becomes of a mean between two bands, and of subjects that weren't taken, where that is ours."""
    gaps = {Agreed.EXAM_ROUNDING, Agreed.EXAM_UNTAKEN} & set(agreed_of(standard))
    words = tuple(agreed_words(rule, standard, language) for rule in Agreed if rule in gaps)
    return [Paragraph(say(language, "reading-exam-gaps"), words, agreed=True)] if words else []


def _covered(standard: Standard, prepared: str, language: str) -> list[str]:
    """The reading lists that prepare for this exam or subject, in a line; no line without any."""
    lists = [each.name.in_language(language) for each in standard.reading if each.prepares_for == prepared]
    return [say(language, "reading-covers", lists=say(language, "reading-between").join(lists))] if lists else []


def rated(standard: Standard, level_id: str, language: str) -> Page:
    """How answers become ratings, and ratings a result, at the level."""
    answers = [say(language, "reading-answers-how")]
    if any(len(line) > 1 for each in standard.elements_at(level_id) for line in lines_at(each, level_id)):
        answers.append(say(language, "reading-lines-how"))
    page = [Paragraph(say(language, "reading-answers"), tuple(answers), agreed=True)]
    if isinstance(standard.rating, ScaleRating):
        page += _on_scale(standard, standard.rating, level_id, language)
    else:
        page += _in_points(standard.rating, language)
    page.append(
        Paragraph(
            say(language, "reading-assessors"),
            (agreed_words(Agreed.MEAN, standard, language),),
            agreed=True,
        )
    )
    page += [_deducted(rule, level_id, language) for rule in standard.deductions if rule.required.get(level_id)]
    page += _grades(standard, language)
    page += _key_conditions(standard, level_id, language)
    return page + _eligibility(standard, level_id, language)


def _on_scale(standard: Standard, rating: ScaleRating, level_id: str, language: str) -> Page:
    best_first = sorted(rating.labels, key=lambda each: -each.value)
    labels = [
        rated_words(standard, each.value, language)
        + (say(language, "reading-target") if each.value == rating.target else "")
        for each in best_first
    ]
    page = [
        *_paragraphs((say(language, "reading-scale"), labels)),
        *_own_targets(standard, level_id, language),
        Paragraph(
            say(language, "reading-suggestion"), tuple(_shares(standard, rating, language)), rating.suggestion.assumed
        ),
    ]
    if rating.exceeding is not None:
        named = rated_words(standard, rating.exceeding.rating, language)
        key = "reading-exceeding-how" if standard.next_level(level_id) else "reading-exceeding-top"
        share = percent(Fraction(rating.exceeding.next_level_share))
        page.append(Paragraph(named, (say(language, key, share=share),), rating.exceeding.assumed))
    return page + (_exam_bands(standard, language) if _exam_elements(standard, level_id) else [])


def _own_targets(standard: Standard, level_id: str, language: str) -> Page:
    """The elements with a target of their own at the level. That it leaves the suggestions alone is ours."""
    lines = [
        say(language, "reading-target-of", name=each.name.in_language(language), target=str(each.targets[level_id]))
        for each in standard.elements_at(level_id)
        if level_id in each.targets
    ]
    how = say(language, "reading-targets-how")
    return [Paragraph(say(language, "reading-targets"), (*lines, how), agreed=True)] if lines else []


def _shares(standard: Standard, rating: ScaleRating, language: str) -> Iterator[str]:
    """The table from the share to the suggestion."""
    stricter = None  # the row before catches everything above the same share
    for row in rating.suggestion.rows:
        kind = "above" if row.above else "only" if row.share in (1, stricter) else "from"
        named = rated_words(standard, row.rating, language)
        yield say(language, "reading-share", kind=kind, share=percent(Fraction(row.share)), rating=named)
        stricter = row.share if row.above else None


def _exam_elements(standard: Standard, level_id: str) -> list[Element]:
    return [each for each in standard.elements_at(level_id) if each.kind == "exam"]


def _in_points(rating: PointsRating, language: str) -> Page:
    step = plain(rating.step)
    return [
        *_paragraphs((say(language, "reading-points"), [say(language, "reading-points-how", step=step)])),
        Paragraph(
            say(language, "reading-suggestion"), (say(language, "reading-points-suggestion", step=step),), agreed=True
        ),
    ]


def _deducted(rule: Deduction, level_id: str, language: str) -> Paragraph:
    """How many cases the level asks for, which count and from when, and what a missing one costs."""
    required = say(
        language,
        "reading-deduction",
        required=str(rule.required[level_id]),
        points=plain(rule.points),
    )
    lines = [required, say(language, "reading-window", months=str(rule.window_months))]
    if rule.adopted_by is not None:
        lines.append(say(language, "reading-adopted", by=rule.adopted_by.in_language(language)))
    if rule.kinds:
        kinds = say(language, "explain-separator").join(kind.name.in_language(language) for kind in rule.kinds)
        lines.append(say(language, "reading-kinds", kinds=kinds))
    return Paragraph(rule.name.in_language(language), tuple(lines))


def _grades(standard: Standard, language: str) -> Page:
    """From which total, or up to how much that is unmet, which grade."""
    grades = standard.grades
    if grades is None:
        return []
    if isinstance(grades, BandGrades):
        lines = [
            say(language, "reading-grade", grade=band.name.in_language(language), total=plain(band.total))
            for band in grades.bands
        ]
    else:
        lines = [say(language, "reading-counting")]
        lines += [
            say(
                language,
                "reading-counted",
                grade=band.name.in_language(language),
                unmet=percent(Fraction(band.unmet)),
            )
            for band in grades.bands
        ]
    return [Paragraph(say(language, "reading-grades", rule=grades.rule), tuple(lines), grades.assumed)]


def _key_conditions(standard: Standard, level_id: str, language: str) -> Page:
    """Which key conditions the level has, and what an unmet one does."""
    if standard.key_conditions is None:
        return []
    keys = [
        f"· {element.name.in_language(language)}{say(language, 'reading-colon')}{each.text.in_language(language)}"
        for element in standard.elements_at(level_id)
        for each in criteria_at(element, level_id)
        if each.key
    ]
    if not keys:
        return [Paragraph(say(language, "reading-keys"), (say(language, "reading-key-none"),))]
    effect = (say(language, "reading-key-how"),)
    return [
        Paragraph(say(language, "reading-keys"), tuple(keys)),
        Paragraph(say(language, "reading-key-unmet"), effect, standard.key_conditions.assumed),
    ]


def _eligibility(standard: Standard, level_id: str, language: str) -> Page:
    """What an applicant for the level must bring."""
    lines = [line for rule in standard.eligibility for line in _required(standard, rule, level_id, language)]
    return _paragraphs((say(language, "reading-eligibility"), lines))


def _required(standard: Standard, rule: EligibilityRule, level_id: str, language: str) -> list[str]:
    """One such rule in words; nothing where it doesn't speak of the level."""
    if isinstance(rule, ServiceYears):
        years = rule.years.get(level_id)
        return [say(language, "reading-service-years", years=plain(years))] if years else []
    if isinstance(rule, Appraisals):
        last = rule.last.get(level_id)
        accepted = say(language, "explain-separator").join(rule.accepted)
        return [say(language, "reading-appraisals", last=last, accepted=accepted)] if last else []
    held = rule.levels.get(level_id)
    if held is None:
        return []
    name = standard.level(held).name.in_language(language)
    return [say(language, "reading-level-held", level=name, months=rule.months)]


def exams(standard: Standard, level_id: str, language: str) -> Page:
    """Every examination: its subjects with what they weigh at the level, and what they cover. Empty without any."""
    page = [_exam(standard, each, level_id, language) for each in standard.exams]
    examined = _exam_elements(standard, level_id)
    for each in examined:
        lines = [*_words(each.definition, language), *_subjects(standard, each, level_id, language)]
        page.append(Paragraph(each.name.in_language(language), tuple(lines)))
    if standard.exams:
        page.append(
            Paragraph(
                say(language, "reading-ranking"), (agreed_words(Agreed.RANKING, standard, language),), agreed=True
            )
        )
    return page + (_exam_bands(standard, language) if examined else [])


def _exam(standard: Standard, exam: Exam, level_id: str, language: str) -> Paragraph:
    lines = _words(exam.definition, language) or [say(language, "reading-composite")]
    lines += _subjects(standard, exam, level_id, language)
    if exam.regulation is not None:
        lines.append(say(language, "reading-regulation", regulation=exam.regulation.in_language(language)))
    return Paragraph(exam.name.in_language(language), tuple(lines))


def reading_lists(standard: Standard, language: str) -> Page:
    """The topics to prepare, list by list, and the exam that asks about them, unless it is called like the list. Empty
    without any."""
    named = names(standard, language) | {exam.id: exam.name.in_language(language) for exam in standard.exams}
    page = []
    for each in standard.reading:
        heading = each.name.in_language(language)
        lines = [f"· {topic.in_language(language)}" for topic in each.topics]
        exam = named.get(each.prepares_for or "", heading)
        if exam != heading:
            lines.insert(0, say(language, "reading-prepares", exam=exam))
        page.append(Paragraph(heading, tuple(lines)))
    return page


def agreed(standard: Standard, language: str) -> Page:
    """What is agreed here because the source leaves it open, a line for each rule."""
    rules = [agreed_words(rule, standard, language) for rule in agreed_of(standard)]
    return [Paragraph(say(language, "agreed-heading"), tuple(f"· {rule}" for rule in rules))]


def _words(text: Text | None, language: str) -> list[str]:
    return [] if text is None else [text.in_language(language)]


def _defined(name: str, definition: Text | None, language: str) -> str:
    """The name, and what it means where the standard says so."""
    return name + say(language, "reading-colon") + definition.in_language(language) if definition else name


def _paragraphs(*parts: tuple[str, Iterable[str]], kept: bool = False) -> Page:
    """Those that have lines; all of them where they are `kept`."""
    filled = [Paragraph(heading, tuple(lines)) for heading, lines in parts]
    return [part for part in filled if part.lines or kept]
