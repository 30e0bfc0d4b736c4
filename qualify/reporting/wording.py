"""A stored result in words: its figures in a few lines, each of them explained, and what stands beside them."""

from decimal import Decimal

from qualify.reporting.agreed import Agreed, agreed_words
from qualify.reporting.explanation import Explanation, explain
from qualify.scoring import Result, met, plain
from qualify.services.assessments.overview import ResultView, ReviewOverview, SignatureView
from qualify.standard import Standard, all_criteria, names
from qualify.texts import one_line, say, shortened
from qualify.workflow import CURRENT, AssessmentState

NAME = 60
"""How many characters of a name are enough to know what it names, where room is short."""
REASON = 200
"""How many characters of a reason stand in a few lines; the explanation has the whole reason."""


def assessor_name(review: ReviewOverview, language: str) -> str:
    """Whose review it is: the name, or a number where the viewer may not know it."""
    if review.assessor or review.number is None:
        return review.assessor or "—"
    return say(language, "result-assessor", number=str(review.number))


def figure(result: Result, language: str) -> str:
    """The one figure that matters: the total, or how many items meet the standard."""
    if result.total is not None:
        return plain(result.total)
    return say(language, "result-met", met=str(met(result)), all=str(len(result.elements)))


def total(result: Result, language: str) -> str:
    """The total in words, or how many elements meet the standard."""
    if result.total is None:
        return figure(result, language)
    return say(language, "result-points", total=plain(result.total))


def grade_name(standard: Standard, grade: str | None, language: str) -> str:
    """The grade's name; for None that the level is not granted."""
    return say(language, "result-not-granted") if grade is None else names(standard, language)[grade]


def figures(shown: ResultView, language: str) -> list[str]:
    """The total or how many elements meet the standard, and the grade that counts, a line each."""
    if shown.result.total is not None and shown.signed_otherwise is not None:
        return [total(shown.result, language), *signed_grade(shown, language, REASON)]
    return computed_figures(shown.standard, shown.result, language)


def computed_figures(standard: Standard, result: Result, language: str) -> list[str]:
    """The same of a result as it was computed, whoever may sign it otherwise."""
    lines = [total(result, language)]
    if result.total is None:
        return lines
    if result.granted is False:
        level = standard.level(result.level).name.in_language(language)
        lines.append(say(language, "result-warning", level=level))
        lines += [f"❗ {line}" for line in blocked(standard, result, language)]
    elif result.grade is not None:
        lines.append(say(language, "result-grade", grade=grade_name(standard, result.grade, language)))
    return lines


def blocked(standard: Standard, result: Result, language: str) -> list[str]:
    """The key conditions that keep the level from being granted, a line each, in their own words."""
    texts = {criterion.id: criterion.text.in_language(language) for criterion in all_criteria(standard)}
    return [say(language, "result-blocked", text=shortened(texts[key], REASON)) for key in result.blocked_by]


def caption(shown: ResultView, language: str) -> list[str]:
    """A result in a few lines, what matters most first: what has no room is left out from the end."""
    way_up = shown.result.way_up is not None and shown.signed_otherwise is None  # it leads away from what was computed
    return [
        *standing(shown, language),
        *replaced(shown, language),
        *figures(shown, language),
        *compared(shown, language),
        *signature(shown, language),
        *own_note(shown, language),
        *(explained(shown, language).closing[-1:] if way_up else []),
    ]


def explained(shown: ResultView, language: str) -> Explanation:
    """Every number in words with the self-assessment beside it, and a grade signed otherwise before the sum."""
    words = explain(shown.standard, _as_seen(shown, language), language)
    elements = {
        element: [heading, *_own(shown, element, language), *lines]
        for element, (heading, *lines) in words.elements.items()
    }
    return Explanation(
        elements, [*signed_grade(shown, language), *own_note(shown, language), *words.closing], words.notes
    )


def _as_seen(shown: ResultView, language: str) -> Result:
    """The result with the assessors' names, or numbers in their place; and without the way up, which leads on from
    what was computed, where the signature gives another grade."""
    result = shown.result if shown.signed_otherwise is None else shown.result.model_copy(update={"way_up": None})
    if not shown.hides_assessors:
        return result
    elements = []
    for element in result.elements:
        numbered = [
            each.model_copy(update={"assessor": say(language, "result-assessor", number=str(number))})
            for number, each in enumerate(element.reviews, start=1)
        ]
        elements.append(element.model_copy(update={"reviews": tuple(numbered)}))
    return result.model_copy(update={"elements": tuple(elements)})


def _own(shown: ResultView, element: str, language: str) -> list[str]:
    rating = shown.own.get(element)
    return [] if rating is None else [say(language, "result-own", rating=plain(rating))]


def own_note(shown: ResultView, language: str) -> list[str]:
    """That the self-assessment is shown and not counted, in a line; nothing when there is none."""
    return [say(language, "result-own-note")] if shown.own else []


def signed_grade(shown: ResultView, language: str, most: int | None = None) -> list[str]:
    """The signed grade with the computed one and the reason (at most so many characters of it), in a line; nothing
    when they agree."""
    signed = shown.signed_otherwise
    if signed is None:
        return []
    return [
        say(
            language,
            "result-signed-refused" if shown.grade is None else "result-signed-grade",
            grade=grade_name(shown.standard, shown.grade, language),
            computed=grade_name(shown.standard, shown.result.grade, language),
            reason=shortened(signed.reason, most) if most else signed.reason,
        )
    ]


def ranked_by(standard: Standard, language: str) -> list[str]:
    """By what the knowledge composite is ranked: the rules of the examinations that the source names, then what is
    agreed here because it doesn't say."""
    named = [exam.regulation.in_language(language) for exam in standard.exams if exam.regulation is not None]
    ruled = [say(language, "admin-ranking-regulation", regulation=each) for each in named]
    return [*ruled, say(language, "admin-ranking-agreed", rule=agreed_words(Agreed.RANKING, standard, language))]


def signature(shown: ResultView, language: str) -> list[str]:
    """Who signed and when, and how long the result is valid (one that grants nothing never is), in a line."""
    parts = []
    if shown.signed is not None:
        name, on = shown.signed.name, shown.signed.on.isoformat()
        named = say(language, "result-signed-by", name=shortened(name, NAME), date=on)
        parts.append(named if name else say(language, "result-signed-unnamed", date=on))
    if shown.valid_until is not None:
        ended = shown.state is AssessmentState.EXPIRED and not shown.is_replaced
        until = shown.valid_until.isoformat()
        parts.append(say(language, "result-expired" if ended else "result-valid", date=until))
    return [" · ".join(parts)] if parts else []


def compared(shown: ResultView, language: str) -> list[str]:
    """How the total, or the number of elements that meet the standard, differs from the last result, in a line."""
    if shown.earlier is None:
        return []
    points, elements, _ = shown.earlier.comparison
    change, kind = (Decimal(elements), "met") if points is None else (points, "total")
    sign = "+" if change > 0 else "−"
    return [
        say(
            language,
            "result-compared" if change else "result-compared-same",
            kind=kind,
            date=shown.earlier.made_on.isoformat(),
            change=sign + plain(abs(change)),
        )
    ]


def replaced(shown: ResultView, language: str, most: int = 3) -> list[str]:
    """What the result took the place of, and what is different: the figure, the knowledge composite, up to so many
    elements. Nothing where it is the first that was published."""
    old = shown.replaces
    if old is None:
        return []
    points, elements, changed = old.comparison
    change, kind = (Decimal(elements), "met") if points is None else (points, "total")
    sign = "+" if change > 0 else "−"
    lines = [
        say(
            language,
            "result-replaces",
            kind=kind if change else "same",
            date=old.made_on.isoformat(),
            change=sign + plain(abs(change)),
        )
    ]
    then, now = ("—" if each is None else plain(each) for each in (old.composite, shown.result.composite))
    if then != now:
        lines.append(say(language, "result-replaces-composite", then=then, now=now))
    named = names(shown.standard, language)
    return [*lines, *(_change(named[element], before, after, language) for element, before, after in changed[:most])]


def changes(shown: ResultView, language: str) -> list[str]:
    """Each element whose rating differs from the last result, below a heading; nothing without a last result."""
    if shown.earlier is None:
        return []
    named, changed = names(shown.standard, language), shown.earlier.comparison.changed
    date = shown.earlier.made_on.isoformat()
    return [
        say(language, "result-changes" if changed else "result-changes-none", date=date),
        *(_change(named[element], then, now, language) for element, then, now in changed),
    ]


def _change(name: str, then: Decimal, now: Decimal, language: str) -> str:
    way = "up" if now > then else "down"
    return say(language, "result-change", way=way, name=name, then=plain(then), now=plain(now))


def standing(shown: ResultView, language: str) -> list[str]:
    """What became of the result since it was published, or that it isn't published yet, in a line; nothing when it
    simply stands."""
    if shown.stored.published_at is None:
        state = "unpublished"
    elif shown.is_replaced:
        state = "replaced"
    else:
        state = shown.state.value if shown.state in CURRENT | {AssessmentState.EXPIRED} else "again"
    silent = (AssessmentState.PUBLISHED, AssessmentState.EXPIRED)  # an end of validity is said with its day
    return [] if state in silent else [say(language, "result-standing", state=state)]


def course(shown: ResultView, language: str, *, waived: bool) -> list[str]:
    """What was computed, who signed it (nobody has to where that is `waived`), and when it was published, a line with
    its day each."""
    computed = shown.result.grade
    lines = [
        say(
            language,
            "result-computed",
            day=shown.made_on.isoformat(),
            total="none" if shown.result.total is None else plain(shown.result.total),
            grade="none" if computed is None else grade_name(shown.standard, computed, language),
        )
    ]
    if shown.signed is not None:
        lines.append(_signed(shown, shown.signed, language))
    elif waived:
        lines.append(say(language, "result-waived"))
    if shown.published_on is not None and shown.appeal_until is not None:
        until = shown.appeal_until.date().isoformat()
        valid = str(shown.valid_until or "none")
        day = shown.published_on.isoformat()
        lines.append(say(language, "result-published", day=day, until=until, valid=valid))
    return lines


def _signed(shown: ResultView, signed: SignatureView, language: str) -> str:
    """Who signed; a grade that differs from the computed one, with its reason."""
    by, day = signed.name or say(language, "result-operator"), signed.on.isoformat()
    if signed.grade is None:
        return say(language, "result-signed", by=by, day=day)
    grade = "none" if shown.grade is None else grade_name(shown.standard, shown.grade, language)
    return say(language, "result-signed-otherwise", by=by, day=day, grade=grade, reason=one_line(signed.reason))
