"""The summary of a review: every element with its rating, and a number that jumps to it."""

from bot.buttons import To, command
from bot.render.message import Button, Rows, bold, button, esc, in_rows
from bot.render.outlook import outlook_lines
from bot.render.review_parts import kept_row, press_data, reference_of
from qualify.dialogue import Act, Screen, StepKind, SummaryRow
from qualify.reporting.wording import computed_figures
from qualify.scoring import plain
from qualify.services.reviews.screen import Turn
from qualify.standard import label
from qualify.texts import say


def summary(turn: Turn, screen: Screen, language: str) -> tuple[list[str], Rows]:
    """All elements with their ratings; once none is open, also the button that hands the review in."""
    rows = _jumps(turn, screen, language) + kept_row(turn, language)
    if screen.complete:
        data = command(To.SUBMIT, *reference_of(turn))
        key = "chat-submit" if turn.tells is None else "chat-submit-publish"
        rows.append([button(say(language, key, part=turn.row.part), data, "success")])
    return [*_lines(screen, language), *outlook_lines(turn, screen, language), *_told(turn, language)], rows


def _told(turn: Turn, language: str) -> list[str]:
    """What the employee is told as soon as the review is handed in, if anything is."""
    if turn.tells is None:
        return []
    said = computed_figures(turn.plan.standard, turn.tells, language)
    return ["", esc(say(language, "chat-submit-tells", name=turn.row.subject)), *(bold(line) for line in said)]


def _lines(screen: Screen, language: str) -> list[str]:
    """The elements by module with their ratings, and which still need attention."""
    at_end = not screen.visiting
    lines = [bold(say(language, "chat-summary" if at_end else "chat-overview-title"))]
    lines += element_lines(screen, language)
    unsettled = [str(number) for number, row in enumerate(screen.rows, start=1) if row.unsettled]
    if unsettled:
        lines += ["", bold(say(language, "chat-unsettled", numbers=say(language, "explain-separator").join(unsettled)))]
    lines += ["", esc(say(language, "chat-jump-hint" if at_end else "chat-jump-hint-open"))]
    return lines


def element_lines(screen: Screen, language: str) -> list[str]:
    """All elements by module, numbered, each with its rating."""
    lines: list[str] = []
    module = None
    for number, row in enumerate(screen.rows, start=1):
        of = screen.plan.standard.module_of(row.element.id)
        if of is not module:
            module = of
            lines += ["", f"<i>{esc(of.name.in_language(language))}</i>"]
        lines.append(esc(f"{number}. {row.element.name.in_language(language)}  {rated(screen, row, language)}"))
    return lines


def rated(screen: Screen, row: SummaryRow, language: str) -> str:
    """The element's rating in words."""
    if row.rating is None:
        return say(language, "chat-open")
    warning = " ⚠️" if row.unsettled else ""
    if screen.plan.standard.rating.kind == "scale":
        return f"{plain(row.rating)} {label(screen.plan.standard, row.rating, language)}{warning}"
    return f"{plain(row.rating)}/{plain(row.target)}{warning}"


def _jumps(turn: Turn, screen: Screen, language: str) -> Rows:
    """A numbered button for every element; the cases after them."""
    buttons: list[Button] = [
        button(str(index + 1), press_data(turn, Act.JUMP, str(index)), "danger" if row.unsettled else None)
        for index, row in enumerate(screen.rows)
    ]
    rows = in_rows(buttons, 5)
    if screen.plan.find(StepKind.CASES, ""):
        rows.append([button(say(language, "chat-cases-jump"), press_data(turn, Act.JUMP, str(len(screen.rows))))])
    return rows
