"""One assessment: who rates and how far they are, the result and where assessors disagree, signature and appeal."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.buttons import To, command
from bot.render.admin.menu import admin, back, brief
from bot.render.admin.opening_form import times_words
from bot.render.message import Button, Message, Rows, Style, bold, button, esc, in_rows, short, shown_units
from qualify.reporting.matters import by_source, sentence, title
from qualify.reporting.wording import assessor_name, blocked, figures, signature
from qualify.scoring import Disagreement, plain
from qualify.services.assessments.facts import Matter
from qualify.services.assessments.overview import OF_THE_SUBJECT, NextStep, Overview, ReviewOverview
from qualify.standard import ScaleRating, criteria_at, names
from qualify.storage.tables import Appeal
from qualify.texts import say
from qualify.workflow import OWED, AssessmentState

LISTS = {
    AssessmentState.REVIEWED: "sign",
    AssessmentState.SIGNED_OFF: "sign",
    AssessmentState.PUBLISHED: "sign",
    AssessmentState.APPEALED: "appeals",
    AssessmentState.ANSWERED: "appeals",
}
"""The list that leads to an assessment in this state, and to which its screen leads back."""
OVER = frozenset({AssessmentState.ACKNOWLEDGED, AssessmentState.EXPIRED, AssessmentState.WITHDRAWN})
"""The states of what no list has: it is found by a search."""
MOST_EARLIER = 3
MAX_TEXT = 4096
MAX_QUOTE = 100
"""How many characters of a reason or a criterion are shown here."""
MAX_MATTER = 40
"""How many characters of what is to be settled stand on its button."""
MOST_LINES = 10
"""How many disagreements, key conditions that aren't met, or things to settle are shown here."""
STYLES: Mapping[NextStep, Style] = {NextStep.SIGN: "success", NextStep.PUBLISH: "success", NextStep.WITHDRAW: "danger"}


def case_message(view: Overview, language: str, *, found: bool = False) -> Message:
    """Everything about the assessment that the viewer may see, with a button for each step that can be taken now. The
    way back leads to the search by which it was `found`, or to its list."""
    blocks = [
        _heading(view, language),
        [*map(esc, _appeal(view, language))],
        _reviews(view, language),
        _result(view, language),
        _matters(view, language),
        [*map(esc, signature(view.result, language))] if view.result else [],
    ]
    if view.is_own:
        blocks.append([esc(say(language, "admin-case-own"))])
    text = "\n\n".join("\n".join(lines) for lines in blocks if lines)
    return Message(fitting(text, MAX_TEXT), _rows(view, language, found=found), protected=True)


def fitting(text: str, limit: int) -> str:
    """As many whole lines of the text as fit `limit` UTF-16 units, its markup not counted."""
    while shown_units(text) > limit:
        text = text.rpartition("\n")[0]
    return text


def heading_words(view: Overview, language: str) -> str:
    """Whose assessment it is, and by which standard."""
    return f"{brief(view.subject.name)} · {view.standard.name.in_language(language)}"


def _heading(view: Overview, language: str) -> list[str]:
    assessment = view.assessment
    dates = say(
        language,
        "admin-case-dates",
        applied=assessment.application_date.isoformat(),
        due=assessment.due_date.isoformat(),
    )
    level = view.standard.level(assessment.level).name.in_language(language)
    state = say(language, "admin-case-state", state=assessment.state)
    left = [esc(say(language, "admin-case-subject-left"))] if view.waits_for_word else []
    return [bold(heading_words(view, language)), esc(level), esc(dates), *_exception(view, language), esc(state), *left]


def _exception(view: Overview, language: str) -> list[str]:
    """Why it was opened although the subject lacks something that applicants must bring."""
    reason = short(view.exception, MAX_QUOTE)
    return [esc(say(language, "admin-case-exception", reason=reason))] if reason else []


def _reviews(view: Overview, language: str) -> list[str]:
    lines = []
    for review in view.standing:
        lines.append(esc(f"· {part_words(review, language)} {_progress(review, language)}"))
        if review.returned:
            lines.append(esc(say(language, "admin-case-given-back", reason=short(review.returned, MAX_QUOTE))))
    return [bold(say(language, "admin-case-reviews")), *lines] if lines else []


def part_words(review: ReviewOverview, language: str) -> str:
    """Who rates, in which part and with which weight."""
    name = brief(assessor_name(review, language))
    return say(language, f"admin-case-part-{review.part}", name=name, times=times_words(review.weight))


def _progress(review: ReviewOverview, language: str) -> str:
    if not review.is_open:
        return say(language, "admin-case-submitted")
    if review.has_left:
        return say(language, "admin-case-left", percent=str(review.percent))
    return say(language, "admin-case-percent", percent=str(review.percent))


def _result(view: Overview, language: str) -> list[str]:
    """The figures, what blocks the level, where assessors disagree, and the self-assessment."""
    if view.result is None:
        return []
    lines = [*figures(view.result, language), *_keys(view, language), *_apart(view, language), *_own(view, language)]
    key = "admin-case-result-before" if view.assessment.state in OWED else "admin-case-result"
    return [bold(say(language, key)), *map(esc, lines)]


def _keys(view: Overview, language: str) -> list[str]:
    """That all key conditions are met, or which aren't where the signature hides it; nothing where the level has
    none."""
    assert view.result is not None
    result = view.result.result
    if result.blocked_by:
        return _first(blocked(view.standard, result, language), language) if view.result.signed_otherwise else []
    elements = view.standard.elements_at(result.level)
    asked = any(each.key for element in elements for each in criteria_at(element, result.level))
    return [say(language, "admin-case-keys-met")] if asked else []


def _first(lines: Sequence[str], language: str) -> list[str]:
    more = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], *([say(language, "admin-case-more", count=str(more))] if more > 0 else [])]


def _apart(view: Overview, language: str) -> list[str]:
    if not view.disagreements:
        return []
    named = names(view.standard, language)
    rows = [_disagreement(each, named[each.element], language) for each in view.disagreements]
    return [say(language, "admin-case-apart"), *_first(rows, language)]


def _disagreement(apart: Disagreement, element: str, language: str) -> str:
    ratings = " / ".join(
        say(language, "admin-case-rating", name=brief(name), rating=plain(rating)) for name, rating in apart.ratings
    )
    return say(language, "admin-case-apart-row", element=element, ratings=ratings)


def _own(view: Overview, language: str) -> list[str]:
    assert view.result is not None
    if not view.own:
        return []
    if not isinstance(view.standard.rating, ScaleRating):
        return [say(language, "admin-case-own-points", points=plain(sum(view.own.values(), Decimal())))]
    targets = {element.id: element.target for element in view.result.result.elements}
    met = sum(rating >= targets[element] for element, rating in view.own.items())
    return [say(language, "admin-case-own-scale", met=str(met), all=str(len(targets)))]


def _matters(view: Overview, language: str) -> list[str]:
    """What has to be settled before anybody signs, and what was settled, a line each."""
    if not view.matters:
        return []
    count = sum(not matter.is_settled for matter in view.matters)
    lines = [f"{'✓' if each.is_settled else '⚖️'} {sentence(each, view, language)}" for each in view.matters]
    heading = say(language, "admin-case-settle", count=str(count)) if count else say(language, "admin-case-settled")
    return [bold(heading), *map(esc, _first(lines, language))]


def _settling(view: Overview, language: str) -> Rows:
    """A button for each source that settles several scores at once, then one to each matter, what is open first; what
    was settled can be decided otherwise until it is signed."""
    if view.result is None or NextStep.SETTLE not in view.steps:
        return []
    numbered = sorted(enumerate(view.matters), key=lambda each: each[1].is_settled)
    result_id = view.result.id
    at_once = [
        [admin(text, "case-settle-by", view.id, result_id, source, style="primary")]
        for source, text in by_source(view, language)
    ]
    return at_once + [
        [_matter_button(view, result_id, place, matter, language)] for place, matter in numbered[:MOST_LINES]
    ]


def _matter_button(view: Overview, result_id: int, place: int, matter: Matter, language: str) -> Button:
    key = "admin-case-settle-again" if matter.is_settled else "admin-case-settle-open"
    text = say(language, key, what=short(title(matter, view, language), MAX_MATTER))
    style: Style | None = None if matter.is_settled else "primary"
    return admin(text, "case-settle", view.id, result_id, place, style=style)


def _appeal(view: Overview, language: str) -> list[str]:
    made, on = view.appeal, view.appealed_on
    if made is None or on is None:
        return []
    lines = [say(language, "admin-case-appeal", date=on.isoformat(), text=made.text)]
    if made.answer:
        lines.append(say(language, "admin-case-answer", text=made.answer))
    return lines


def proofs_button(assessment_id: int, made: Appeal, language: str) -> Button:
    """A button that sends the files of an appeal."""
    return admin(say(language, "admin-case-proofs", count=str(made.proofs)), "case-proofs", assessment_id)


def _rows(view: Overview, language: str, *, found: bool) -> Rows:
    steps = view.steps
    buttons = [_button(step, view, language) for step in NextStep if step in steps - OF_THE_SUBJECT - {NextStep.SETTLE}]
    if view.disagreements and view.result is not None and view.result.opens_answers:
        text = say(language, "admin-case-apart-open", count=str(len(view.disagreements)))
        buttons.insert(0, admin(text, "case-apart", view.id))
    if count := sum(len(review.notes or ()) for review in view.reviews):
        text = say(language, "admin-case-evidence", count=str(count))
        buttons.insert(0, admin(text, "case-evidence", view.id))
    if view.appeal is not None and view.appeal.proofs:
        buttons.insert(0, proofs_button(view.id, view.appeal, language))
    if view.result is not None:
        buttons.insert(0, admin(say(language, "admin-case-chart"), "case-chart", view.id))
    if view.waits_for_word and NextStep.WITHDRAW in steps:
        buttons.insert(0, keep_on(view.id, language))
    leads_back = "find-last" if found or view.state in OVER else LISTS.get(view.state, "assess")
    rows = [*_settling(view, language), *_handing_on(view, language), *in_rows(buttons, 2)]
    return [*rows, *_earlier_results(view, language), [back(language, leads_back)]]


def _earlier_results(view: Overview, language: str) -> Rows:
    """A button to each result that a later one has replaced, the newest first."""
    replaced = [each for each in reversed(view.results) if view.result is None or each.id != view.result.id]
    return [
        [button(say(language, "admin-case-earlier", date=each.made_on.isoformat()), command(To.RESULT, each.id))]
        for each in replaced[:MOST_EARLIER]
    ]


def _handing_on(view: Overview, language: str) -> Rows:
    """For each review of somebody who has left, the button that gives it to somebody else."""
    if NextStep.REASSIGN not in view.steps:
        return []
    left = [review for review in view.owed if review.has_left]
    return [[hand_on(view.id, review.id, review.assessor, language)] for review in left]


def keep_on(assessment_id: int, language: str) -> Button:
    """The button that lets an assessment go on although its subject has left."""
    return admin(say(language, "admin-case-keep-on"), "case-keep-on", assessment_id)


def hand_on(assessment_id: int, review_id: int, name: str, language: str) -> Button:
    """The button that asks who takes over the review of somebody who has left."""
    text = say(language, "admin-case-hand-on", name=brief(name))
    return admin(text, "case-reassign", assessment_id, review_id, style="primary")


def _button(step: NextStep, view: Overview, language: str) -> Button:
    return admin(say(language, f"admin-case-{step}"), f"case-{step}", view.id, style=STYLES.get(step))
