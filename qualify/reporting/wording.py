"""What stands beside the figures of a stored result, in words: signature, validity, comparison, self-assessment."""

from decimal import Decimal

from qualify.life import CURRENT, AssessmentState
from qualify.reporting.explanation import Explanation, explain
from qualify.scoring import Result, plain
from qualify.services.results import Shown
from qualify.standard import names
from qualify.texts import say, shortened

NAME = 60
"""How many characters of a name are enough to know what it names, where room is short."""


def explained(shown: Shown, language: str) -> Explanation:
    """Every number in words, and what stands beside it: a grade signed otherwise, and the self-assessment."""
    return beside(shown, explain(shown.standard, _as_seen(shown, language), language), language)


def _as_seen(shown: Shown, language: str) -> Result:
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


def beside(shown: Shown, explained: Explanation, language: str) -> Explanation:
    """The explanation of the figures with a grade signed otherwise before it, and the self-assessment beside it."""
    elements = {
        element: [heading, *_own(shown, element, language), *lines]
        for element, (heading, *lines) in explained.elements.items()
    }
    return Explanation(elements, [*signed_grade(shown, language), *own_note(shown, language), *explained.closing])


def _own(shown: Shown, element: str, language: str) -> list[str]:
    rating = shown.own.get(element)
    return [] if rating is None else [say(language, "result-own", rating=plain(rating))]


def own_note(shown: Shown, language: str) -> list[str]:
    """That the self-assessment is shown and not counted, in a line; nothing when there is none."""
    return [say(language, "result-own-note")] if shown.own else []


def signed_grade(shown: Shown, language: str, most: int | None = None) -> list[str]:
    """The signed grade with the computed one and the reason (at most so many characters of it), in a line; nothing
    when they agree."""
    signed, named = shown.signed_otherwise, names(shown.standard, language)
    if signed is None:
        return []
    grade = shown.grade
    return [
        say(
            language,
            "result-signed-refused" if grade is None else "result-signed-grade",
            grade=named[grade] if grade else "",
            computed=named[shown.result.grade] if shown.result.grade else say(language, "result-not-granted"),
            reason=shortened(signed.reason, most) if most else signed.reason,
        )
    ]


def signature(shown: Shown, language: str) -> list[str]:
    """Who signed and when, and how long the result is valid, in a line."""
    parts = []
    if shown.signed is not None:
        name, on = _signer(shown), shown.signed.on.isoformat()
        named = say(language, "result-signed-by", name=shortened(name, NAME), date=on)
        parts.append(named if name else say(language, "result-signed-unnamed", date=on))
    if shown.stored.valid_until is not None:
        ended = shown.state is AssessmentState.EXPIRED and not shown.is_replaced
        until = shown.stored.valid_until.isoformat()
        parts.append(say(language, "result-expired" if ended else "result-valid", date=until))
    return [" · ".join(parts)] if parts else []


def _signer(shown: Shown) -> str:
    """Who signed; nobody where that is an assessor whose name the viewer isn't to read."""
    name = shown.signed.name if shown.signed is not None else ""
    assessors = {review.assessor for element in shown.result.elements for review in element.reviews}
    return "" if shown.hides_assessors and name in assessors else name


def compared(shown: Shown, language: str) -> list[str]:
    """How the total, or the number of elements that meet the standard, differs from the last result, in a line."""
    if shown.earlier is None:
        return []
    total, met, _ = shown.earlier.comparison
    change, kind = (Decimal(met), "met") if total is None else (total, "total")
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


def changes(shown: Shown, language: str) -> list[str]:
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


def standing(shown: Shown, language: str) -> list[str]:
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
