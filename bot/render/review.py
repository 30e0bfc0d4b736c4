"""The living message of a review: header, progress, the question, big buttons."""

from collections.abc import Callable

from bot.buttons import To, command
from bot.render import criterion, rating, summary, typed
from bot.render.menus import Owed, owed_button, whose
from bot.render.message import Message, Rows, bold, button, esc
from bot.render.outlook import asked_again, news_lines
from bot.render.review_parts import press_data
from qualify.dialogue import Act, Plan, Screen, StepKind
from qualify.services.reviews.screen import Turn
from qualify.standard import names
from qualify.storage.reviews import ReviewRow
from qualify.texts import say, shortened
from qualify.workflow import OWED, AssessmentState, ReviewState

BAR = 12
REASON = 100  # characters of why a review was returned, on every screen but the summary


def review_message(turn: Turn, language: str, owed: Owed = ()) -> Message:
    """The screen of the step in hand; once the review is submitted or closed, a message that says so, and leads to what
    was handed in and to the next review that is `owed`."""
    if turn.screen is None:
        return _closed(turn, owed, language)
    if turn.asks:
        return asked_again(turn, turn.screen, header(turn.row, turn.plan, language), language)
    lines, rows = SCREENS[turn.screen.step.kind](turn, turn.screen, language)
    head = [header(turn.row, turn.plan, language), *_returned(turn.row, turn.screen, language)]
    head += [_progress(turn.screen, language), *news_lines(turn, language)]
    text = "\n".join([*head, "", *lines, *_noted(turn, turn.screen, language)])
    return Message(text, rows + _moves(turn, turn.screen, language))


def _noted(turn: Turn, screen: Screen, language: str) -> list[str]:
    """A line that a note or file was kept, and with what: where the step has no element it is kept with the review."""
    if not turn.noted:
        return []
    key = "chat-noted" if screen.element else "chat-noted-review"
    return ["", esc(say(language, key, count=str(turn.evidence)))]


def header(row: ReviewRow, plan: Plan, language: str) -> str:
    """Whose review it is, the standard and the level, in one line."""
    standard = plan.standard.name.in_language(language)
    level = plan.standard.level(row.level).name.in_language(language)
    return f"{bold(whose(row, language))} · {esc(standard)} · {esc(level)}"


def _returned(row: ReviewRow, screen: Screen, language: str) -> list[str]:
    """Why the review was returned, shown until it is submitted again: in full at the summary, where it opens."""
    if not row.returned:
        return []
    reason = row.returned if screen.step.kind is StepKind.SUMMARY else shortened(row.returned, REASON)
    return [esc(say(language, "employee-returned", reason=reason))]


def _progress(screen: Screen, language: str) -> str:
    filled = BAR * screen.percent // 100
    bar = "▓" * filled + "░" * (BAR - filled)
    where = ""
    if screen.number:
        where = say(language, "chat-element", number=str(screen.number), all=str(len(screen.plan.elements)))
    return f"{bar} {screen.percent}%{where}"


def _moves(turn: Turn, screen: Screen, language: str) -> Rows:
    """The buttons below every step: between steps (while visiting also to the step that is due), overview and pause."""
    back = [button(say(language, "chat-back"), press_data(turn, Act.BACK))] if Act.BACK in screen.offers else []
    leave = [button(say(language, "chat-pause"), command(To.PAUSE, turn.row.id))]
    if screen.step.kind is not StepKind.SUMMARY:
        leave.insert(0, button(say(language, "chat-overview"), press_data(turn, Act.OVERVIEW)))
    asked_why = screen.step.kind is StepKind.REASON and screen.step.index > screen.position.frontier
    if not screen.visiting or asked_why:
        return [back + leave]
    resume = button(say(language, "chat-resume"), press_data(turn, Act.RESUME), "primary")
    has_next = Act.FORWARD in screen.offers
    forward = [button(say(language, "chat-forward"), press_data(turn, Act.FORWARD))] if has_next else []
    return [[*back, *forward], [resume, *leave]] if back or forward else [[resume, *leave]]


def _closed(turn: Turn, owed: Owed, language: str) -> Message:
    """A message that the review was submitted and what comes next, or why it is not owed any more."""
    said = say(language, "chat-submitted", part=turn.row.part, next=_next(turn))
    if turn.row.state == ReviewState.WITHDRAWN:
        said = say(language, "employee-closed", part=turn.row.part, state=turn.state)
    rows: Rows = []
    if owed:
        rows.append([owed_button(*owed[0], language, say(language, "submitted-next"))])
    if turn.row.state == ReviewState.SUBMITTED:
        rows.append([button(say(language, "submitted-read"), command(To.READ, turn.row.id, word="review"))])
    return Message(f"{header(turn.row, turn.plan, language)}\n\n{esc(said)}", rows)


def _next(turn: Turn) -> str:
    """What the assessment waits for, as the texts name it: the other reviews, a signature, or publication."""
    if turn.state in OWED:
        return "reviews"
    if turn.state is AssessmentState.REVIEWED:
        return "signature"
    return "signed" if turn.state is AssessmentState.SIGNED_OFF else "published"


def refusal_words(turn: Turn, language: str) -> str:
    """Why nothing changed, with names in place of the ids of subjects and elements."""
    assert turn.refusal is not None
    named = names(turn.plan.standard, language)
    values = {name: named.get(str(value), value) for name, value in turn.refusal.values.items()}
    return say(language, turn.refusal.key, **values)


def paused_message(row: ReviewRow, plan: Plan, language: str) -> Message:
    """Says that the review is paused and how far it is; one button takes it up again."""
    percent = plan.progress(row.position)
    text = say(language, "chat-paused", percent=str(percent))
    resume = button(say(language, "chat-take-up", part=row.part), command(To.OPEN, row.id), "primary")
    return Message(f"{header(row, plan, language)}\n\n{esc(text)}", [[resume]])


Draw = Callable[[Turn, Screen, str], tuple[list[str], Rows]]
SCREENS: dict[StepKind, Draw] = {
    StepKind.CRITERION: criterion.criterion,
    StepKind.RATING: rating.rating,
    StepKind.REASON: rating.reason,
    StepKind.SCORE: typed.score,
    StepKind.CASES: typed.cases,
    StepKind.SUMMARY: summary.summary,
}
