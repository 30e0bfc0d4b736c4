"""The screens that ask for something typed: exam scores and published cases."""

from bot.buttons import MAX_ARGUMENT
from bot.render.message import Rows, bold, button, esc, short
from bot.render.review_parts import evidence_line, kept_row, press_data, title
from qualify.dialogue import Act, Screen
from qualify.scoring import Case, plain, window_start
from qualify.services.reviews.screen import Turn
from qualify.standard import Deduction
from qualify.texts import say

MOST_CASES = 15  # the newest; with their titles cut they always fit a message
CASE_TITLE = 80


def score(turn: Turn, screen: Screen, language: str) -> tuple[list[str], Rows]:
    """Asks for one subject's score, or for all that are left of the element in one line."""
    first, *others = screen.subjects
    lines = [title(screen, language), *evidence_line(turn, language)]
    for subject, score in screen.scores:
        shown = say(language, "explain-not-taken") if score is None else plain(score)
        lines.append(esc(f"✓ {subject.name.in_language(language)} {shown}"))
    name = first.name.in_language(language)
    lines += ["", bold(say(language, "chat-score", subject=name, maximum=plain(first.max)))]
    if others:
        subjects = say(language, "explain-separator").join(s.name.in_language(language) for s in screen.subjects)
        lines.append(esc(say(language, "chat-score-line", count=str(len(screen.subjects)), subjects=subjects)))
    rows: Rows = []
    scores = " ".join(turn.known_scores)
    if 0 < len(scores) <= MAX_ARGUMENT:
        rows.append(
            [button(say(language, "chat-known-scores", scores=scores), press_data(turn, Act.TEXT, scores), "success")]
        )
    rows.append([button(say(language, "chat-not-taken"), press_data(turn, Act.NOT_TAKEN))])
    return lines, rows + kept_row(turn, language)


def case_words(case: Case) -> str:
    """The day and the title of a case."""
    return f"{case.adopted.isoformat()} {short(case.title, CASE_TITLE)}"


def _window(turn: Turn, rule: Deduction, language: str) -> str:
    """The first and the last day that count, and who has to have adopted a case."""
    until = turn.row.application_date
    return say(
        language,
        "chat-cases-window",
        since=window_start(rule, until).isoformat(),
        until=until.isoformat(),
        by=rule.adopted_by.in_language(language) if rule.adopted_by else "none",
    )


def _asked(screen: Screen) -> list[Deduction]:
    """The rules that ask for cases at the level."""
    return [rule for rule in screen.plan.standard.deductions if rule.required.get(screen.plan.level)]


def _outside(turn: Turn, asked: list[Deduction], case: Case, language: str) -> str:
    """That a case doesn't count, because it was adopted on another day than any rule asks for."""
    until = turn.row.application_date
    counts = any(window_start(rule, until) <= case.adopted <= until for rule in asked)
    return "" if counts else say(language, "chat-case-outside")


def cases(turn: Turn, screen: Screen, language: str) -> tuple[list[str], Rows]:
    """Asks for published cases: what counts, and those given so far."""
    level, asked = screen.plan.level, _asked(screen)
    lines: list[str] = []
    for rule in asked:
        demand = say(language, "chat-cases-rule", required=str(rule.required[level]), points=plain(rule.points))
        lines += [bold(rule.name.in_language(language)), esc(demand), esc(_window(turn, rule, language)), ""]
    listed = [
        esc(f"{number}. {case_words(case)}{_outside(turn, asked, case, language)}")
        for number, case in enumerate(screen.cases, start=1)
    ]
    ask = [bold(say(language, "chat-cases-ask")), esc(say(language, "chat-cases-example"))]
    lines += [*(["…"] if len(listed) > MOST_CASES else []), *listed[-MOST_CASES:], *ask]
    done = say(language, "chat-cases-done" if screen.cases else "chat-cases-none", count=str(len(screen.cases)))
    rows = [[button(done, press_data(turn, Act.DONE), "success" if screen.cases else None)]]
    if screen.cases:
        rows.append([button(say(language, "chat-cases-undo"), press_data(turn, Act.UNDO))])
    return lines, rows + kept_row(turn, language)
