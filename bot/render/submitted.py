"""What an assessor has handed in, to be read again: the list, the summary, every element with all that was given."""

from bot.buttons import To, command
from bot.render.evidence import ICONS, line
from bot.render.menus import whose
from bot.render.message import Button, Message, Rows, bold, button, esc, in_rows, short, shown_units
from bot.render.outlook import case_words
from bot.render.summary import element_lines, rated
from bot.render.typed import MOST_CASES
from qualify.dialogue import SummaryRow
from qualify.scoring import Mark, plain
from qualify.services.reviews.submitted import SubmittedPage, SubmittedReview
from qualify.standard import Standard, criteria_at
from qualify.storage.tables import Evidence
from qualify.texts import say

Standards = dict[tuple[str, int], Standard]
MAX_TEXT = 4096
MAX_REASON = 300


def list_message(page: SubmittedPage, standards: Standards, language: str) -> Message:
    """The reviews that were handed in, a button for each."""
    rows: Rows = []
    for row in page.rows:
        standard = standards[row.standard, row.version]
        level = standard.level(row.level).name.in_language(language)
        words = say(language, "submitted-button", name=whose(row, language), level=level, due=f"{row.due_date:%Y-%m}")
        rows.append([button(words, command(To.READ, row.id, word="review"))])
    turns = [("chat-explain-previous", page.before), ("chat-explain-next", page.after)]
    row_of_turns = [_to(say(language, key), "list", first) for key, first in turns if first is not None]
    text = say(language, "submitted-title" if page.rows else "submitted-none")
    return Message(esc(text), [*rows, *([row_of_turns] if row_of_turns else [])])


def _to(text: str, word: str, *numbers: int) -> Button:
    return button(text, command(To.READ, *numbers, word=word))


def _heading(found: SubmittedReview, language: str) -> str:
    view = found.view
    own = say(language, "chat-own-review") if view.is_own else view.subject.name
    level = view.standard.level(view.assessment.level).name.in_language(language)
    return f"{bold(own)} · {esc(view.standard.name.in_language(language))} · {esc(level)}"


def summary_message(found: SubmittedReview, language: str) -> Message:
    """The summary as it was handed in; a number leads to each element."""
    day = found.day.isoformat() if found.day else "—"
    lines = [_heading(found, language), esc(say(language, "submitted-when", date=day))]
    lines += element_lines(found.screen, language)
    if found.answers.cases:
        lines += ["", bold(say(language, "chat-cases-jump"))]
        listed = (case_words(case, found.view.standard, language) for case in found.answers.cases[-MOST_CASES:])
        lines += [esc(f"{n}. {case}") for n, case in enumerate(listed, start=1)]
    numbers = [_to(str(place + 1), "element", found.review.id, place) for place in range(len(found.screen.rows))]
    rows = [*in_rows(numbers, 5), *_opening(found, ""), [_to(say(language, "submitted-list"), "list")]]
    return Message(_fitting(lines, _kept(found, "", language)), rows, protected=True)


def _fitting(lines: list[str], kept: list[str]) -> str:
    """The lines, and below them as many of the notes and files as there is room for."""
    below = ["", *kept] if kept else []
    while below and shown_units("\n".join([*lines, *below])) > MAX_TEXT:
        below.pop()
    return "\n".join([*lines, *below])


def element_message(found: SubmittedReview, place: int, language: str) -> Message:
    """One element: each answer, the rating and why it differs, notes and files. Raises IndexError beyond the last."""
    row = found.screen.rows[place]
    lines = [_heading(found, language), "", bold(f"{place + 1}. {row.element.name.in_language(language)}")]
    lines += [*_answers(found, row, language), "", *_rating(found, row, language)]
    around = [("‹", place - 1), ("›", place + 1)]
    turns = [
        _to(f"{sign} {to + 1}", "element", found.review.id, to)
        for sign, to in around
        if 0 <= to < len(found.screen.rows)
    ]
    up = _to(say(language, "submitted-summary"), "review", found.review.id)
    rows = [*_opening(found, row.element.id), [*turns, up]]
    return Message(_fitting(lines, _kept(found, row.element.id, language)), rows, protected=True)


def _answers(found: SubmittedReview, row: SummaryRow, language: str) -> list[str]:
    """Each criterion with its mark, those of the next level behind; or each subject with its score."""
    if row.element.kind == "exam":
        scores = [(subject, found.answers.scores.get(subject.id)) for subject in row.element.subjects]
        return [esc(f"{subject.name.in_language(language)} {_score(score, language)}") for subject, score in scores]
    level, marks = found.screen.plan.level, found.answers.marks
    asked = list(criteria_at(row.element, level))
    above = found.view.standard.next_level(level)
    if above is not None:
        asked += [each for each in criteria_at(row.element, above.id) if each.id in marks and each not in asked]
    part = found.review.part
    return [
        esc(f"{_icon(marks.get(each.id, Mark.NOT_OBSERVED), part, language)} {each.text.in_language(language)}")
        for each in asked
    ]


def _score(score: object, language: str) -> str:
    return say(language, "explain-not-taken") if score is None else plain(score)  # type: ignore[arg-type]


def _icon(mark: Mark, part: str, language: str) -> str:
    return say(language, f"chat-icon-{mark.replace('_', '-')}", part=part)


def _rating(found: SubmittedReview, row: SummaryRow, language: str) -> list[str]:
    lines = [say(language, "chat-rated-then", rating=rated(found.screen, row, language))]
    reason = found.answers.reasons.get(row.element.id)
    if reason:
        lines.append(say(language, "submitted-reason", reason=short(reason, MAX_REASON)))
    return [esc(each) for each in lines]


def _notes(found: SubmittedReview, element: str) -> list[Evidence]:
    return [each for each in found.review.notes or () if each.element == element]


def _kept(found: SubmittedReview, element: str, language: str) -> list[str]:
    return [esc(f"{n}. {line(each, language)}") for n, each in enumerate(_notes(found, element), start=1)]


def _opening(found: SubmittedReview, element: str) -> Rows:
    """A button to each note and file, numbered like the lines."""
    buttons = [
        button(f"{n} {ICONS.get(each.kind, '📝')}", command(To.KEPT, each.id, word="open"))
        for n, each in enumerate(_notes(found, element), start=1)
        if not each.was_taken_back
    ]
    return in_rows(buttons, 4)
