"""Where assessors disagree, opened down to the criteria: who marked what, why they rated so, and their notes beside."""

from collections.abc import Iterator

from bot.render.admin.case import MAX_QUOTE, MAX_TEXT, fitting, heading_words, part_words
from bot.render.admin.menu import admin, back, brief
from bot.render.evidence import MAX_NAME, line, open_button
from bot.render.explanation import mark_icon
from bot.render.message import Message, Rows, bold, esc, in_rows, short
from qualify.scoring import CriterionMarks, ElementResult, by_criterion, plain
from qualify.services.assessments.overview import Overview, ReviewOverview
from qualify.standard import all_criteria, names
from qualify.storage.tables import Evidence
from qualify.texts import say

MOST_NOTES = 8


def apart_message(view: Overview, language: str) -> Message:
    """The elements on which assessors lie far apart, a button to each."""
    named = names(view.standard, language)
    rows: Rows = []
    for place, element in _apart(view):
        ratings = " / ".join(plain(each.rating) for each in element.reviews if each.rating is not None)
        text = f"{short(named[element.id], MAX_NAME)}  {ratings}"
        rows.append([admin(text, "case-apart", view.id, place)])
    title = f"{bold(heading_words(view, language))}\n{esc(say(language, 'admin-case-apart'))}"
    return Message(title, [*rows, [back(language, "case", view.id)]], protected=True)


def _apart(view: Overview) -> list[tuple[int, ElementResult]]:
    """The elements in question with their places in the result."""
    assert view.result is not None
    asked = {each.element for each in view.disagreements}
    return [(place, each) for place, each in enumerate(view.result.result.elements) if each.id in asked]


def element_message(view: Overview, place: int, language: str) -> Message:
    """One element of the result. Raises IndexError beyond the last one."""
    assert view.result is not None
    element = view.result.result.elements[place]
    texts = {each.id: each.text.in_language(language) for each in all_criteria(view.standard)}
    kept = list(_kept(view, element.id))[:MOST_NOTES]
    blocks = [
        [bold(heading_words(view, language)), bold(names(view.standard, language)[element.id])],
        [esc(each) for each in _ratings(element, language)],
        *([*_criterion(each, texts[each.criterion], language)] for each in by_criterion(element)),
        [
            esc(f"{n}. {part_words(by, language)} · {line(each, language)}")
            for n, (by, each) in enumerate(kept, start=1)
        ],
    ]
    opening = [open_button(n, each, 0) for n, (_, each) in enumerate(kept, start=1) if not each.was_taken_back]
    text = fitting("\n\n".join("\n".join(lines) for lines in blocks if lines), MAX_TEXT)
    return Message(text, [*in_rows(opening, 4), *_turns(view, place, language)], protected=True)


def _ratings(element: ElementResult, language: str) -> list[str]:
    """What each assessor rated, what was suggested, and why they differ."""
    lines = []
    for each in element.reviews:
        rating = "—" if each.rating is None else plain(each.rating)
        said = say(language, "admin-case-rating", name=brief(each.assessor), rating=rating)
        if each.suggestion is not None and each.suggestion != each.rating:
            said += say(language, "apart-suggested", suggestion=plain(each.suggestion))
        if each.reason:
            said += say(language, "apart-reason", reason=short(each.reason, MAX_QUOTE))
        lines.append(said)
    return lines


def _criterion(criterion: CriterionMarks, text: str, language: str) -> list[str]:
    """What it asks, and below who marked it how; one on which they don't agree stands out."""
    marks = "  ".join(f"{mark_icon(mark, language)} {brief(assessor)}" for assessor, mark in criterion.marks)
    asks = short(text, MAX_QUOTE)
    return [f"⚠️ {bold(asks)}" if criterion.is_apart else esc(asks), esc(marks)]


def _kept(view: Overview, element: str) -> Iterator[tuple[ReviewOverview, Evidence]]:
    for review in view.reviews:
        for each in review.notes or ():
            if each.element == element:
                yield review, each


def _turns(view: Overview, place: int, language: str) -> Rows:
    """To the element before and after on which they lie apart, and back to all of these."""
    places = [each for each, _ in _apart(view)]
    before = [each for each in places if each < place][-1:]
    after = [each for each in places if each > place][:1]
    turns = [admin("‹", "case-apart", view.id, each) for each in before]
    turns += [admin("›", "case-apart", view.id, each) for each in after]
    return [[*turns, back(language, "case-apart", view.id)]]
