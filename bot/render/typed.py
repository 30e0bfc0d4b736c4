"""The screens that ask for something typed: exam scores and published cases."""

from bot.render.message import Rows, bold, button, esc
from bot.render.parts import press_data, title
from qualify.dialogue import Act, Screen
from qualify.scoring import plain
from qualify.services.reviews import Turn
from qualify.texts import say


def score(turn: Turn, screen: Screen, language: str) -> tuple[list[str], Rows]:
    """One subject's score, or the rest of the element's in one line."""
    first, *others = screen.subjects
    lines = [title(screen, language)]
    for subject, score in screen.scores:
        shown = say(language, "explain-not-taken") if score is None else plain(score)
        lines.append(esc(f"✓ {subject.name.in_language(language)} {shown}"))
    name = first.name.in_language(language)
    lines += ["", bold(say(language, "chat-score", subject=name, maximum=plain(first.max)))]
    if others and not screen.scores:
        subjects = say(language, "explain-separator").join(s.name.in_language(language) for s in screen.subjects)
        lines.append(esc(say(language, "chat-score-line", count=str(len(screen.subjects)), subjects=subjects)))
    rows: Rows = []
    if turn.known_scores:
        scores = " ".join(turn.known_scores)
        rows.append(
            [button(say(language, "chat-known-scores", scores=scores), press_data(turn, Act.TEXT, scores), "success")]
        )
    rows.append([button(say(language, "chat-not-taken"), press_data(turn, Act.NOT_TAKEN))])
    return lines, rows


def cases(turn: Turn, screen: Screen, language: str) -> tuple[list[str], Rows]:
    """The published cases so far, and what counts."""
    rule = screen.plan.standard.deductions[0]
    name = rule.name.in_language(language)
    required = rule.required.get(screen.plan.level, 0)
    lines = [
        bold(name),
        esc(say(language, "chat-cases-rule", required=str(required), points=plain(rule.points))),
        esc(say(language, "chat-cases-window", months=str(rule.window_months))),
        "",
        *[esc(f"{n}. {case.adopted.isoformat()} {case.title}") for n, case in enumerate(screen.cases, start=1)],
        bold(say(language, "chat-cases-ask")),
        esc(say(language, "chat-cases-example")),
    ]
    done = say(language, "chat-cases-done" if screen.cases else "chat-cases-none", count=str(len(screen.cases)))
    rows = [[button(done, press_data(turn, Act.DONE), "success")]]
    if screen.cases:
        rows.append([button(say(language, "chat-cases-undo"), press_data(turn, Act.UNDO))])
    return lines, rows
