"""What a review comes to so far, and its warnings: at once after an answer, in the summary, and before it is handed in.

What stands in the way is marked ❗ everywhere, and says what follows from it.
"""

from decimal import Decimal

from bot.buttons import To, command
from bot.render.message import Message, bold, button, esc, short
from bot.render.review_parts import reference_of
from qualify.dialogue import Differing, ExamOutcome, Outlook, Screen, UnmetKey
from qualify.reporting.wording import grade_name
from qualify.scoring import Case, percent, plain, round_half_up
from qualify.services.reviews.screen import Turn
from qualify.standard import Standard, label, names
from qualify.texts import say, shortened

ZERO = Decimal(0)
TENTH = Decimal("0.1")
ANYWAY, BACK = "anyway", "back"
"""Words of the buttons that answer whether to hand in what has a warning."""
CASE_TITLE = 80
CRITERION = 80  # characters of a key condition
MOST = 5  # of one kind of warning, so that a message has room for all of them


def case_words(case: Case, standard: Standard, language: str) -> str:
    """The day and the title of a case, and its kind where that is known."""
    kind = names(standard, language).get(case.kind, "none")
    title = short(case.title, CASE_TITLE) or "none"
    return say(language, "explain-case-words", day=case.adopted.isoformat(), title=title, kind=kind)


def rating_words(standard: Standard, rating: object, language: str) -> str:
    """A rating with the scale's word for it, or in points."""
    number, word = plain(rating), label(standard, rating, language)  # type: ignore[arg-type]  # a Decimal of a screen
    return f"{number} {word}" if word else say(language, "chat-rating-points", rating=number)


def above_line(screen: Screen, language: str) -> list[str]:
    """What the next level's criteria come to, once any was answered."""
    above = screen.above
    if above is None:
        return []
    reached = above.reaches and screen.suggestion == above.rating
    said = say(
        language,
        "chat-above-reached" if reached else "chat-above",
        met=str(above.met),
        asked=str(above.asked),
        share="alike" if above.share * above.asked == above.met else percent(above.share),
        needed=percent(above.needed),  # type: ignore[arg-type]  # a Decimal share is a number too
        rating=rating_words(screen.plan.standard, above.rating, language),
    )
    return [esc(said)]


def news_lines(turn: Turn, language: str) -> list[str]:
    """What the answer just taken leads to. A self-assessment decides nothing: only how its exam came out is told."""
    news, standard = turn.news, turn.plan.standard
    lines = [exam_line(standard, news.exam, language)] if news.exam else []
    if not turn.row.is_own:
        lines += [differing_line(each, language) for each in news.differing]
        lines += [_key_line(turn, each, language) for each in news.unmet]
    return ["", *lines] if lines else []


def exam_line(standard: Standard, exam: ExamOutcome, language: str) -> str:
    """An exam element's mean and the rating that it comes to."""
    name, rating = exam.element.name.in_language(language), rating_words(standard, exam.rating, language)
    if exam.mean is None or exam.exact is None:
        return esc(say(language, "chat-exam-untaken", name=name, rating=rating))
    exact = plain(round_half_up(exam.exact, TENTH))
    rounded = "none" if exact == plain(exam.mean) else plain(exam.mean)
    return esc(say(language, "chat-exam-outcome", name=name, mean=exact, rounded=rounded, rating=rating))


def differing_line(each: Differing, language: str) -> str:
    """That a score was given otherwise, and what becomes of it."""
    given = "none" if each.given is None else plain(each.given)
    name = each.subject.name.in_language(language)
    return esc(say(language, "chat-score-differs", subject=name, known=plain(each.known), given=given))


def _key_line(turn: Turn, key: UnmetKey, language: str) -> str:
    return bold(
        say(
            language,
            "chat-warn-key",
            mark=key.mark.replace("_", "-"),
            text=shortened(key.criterion.text.in_language(language), CRITERION).rstrip("。."),
            level=turn.plan.standard.level(turn.row.level).name.in_language(language),
        )
    )


def _some(lines: list[str]) -> list[str]:
    return lines if len(lines) <= MOST else [*lines[: MOST - 1], f"… +{len(lines) - MOST + 1}"]


def warning_lines(turn: Turn, outlook: Outlook, language: str) -> list[str]:
    """The warnings that are asked about before a review is handed in: key conditions, and cases that don't count."""
    standard = turn.plan.standard
    outside = [case_words(case, standard, language) for case in outlook.outside]
    return [
        *(_key_line(turn, key, language) for key in outlook.unmet),
        *_some([bold(say(language, "chat-warn-outside", case=case)) for case in outside]),
    ]


def outlook_lines(turn: Turn, screen: Screen, language: str) -> list[str]:
    """What the ratings so far come to, below it the warnings. Where the employee is told at once what all reviews come
    to, that takes the place of total and grade."""
    outlook = screen.outlook
    if outlook is None:
        return []
    lines = _cases(turn, outlook, language) if turn.tells else _figures(turn, outlook, language)
    if not turn.row.is_own:
        lines += warning_lines(turn, outlook, language)
        lines += [differing_line(each, language) for each in outlook.differing if each not in turn.news.differing]
        lines += _some([_twins_line(turn, one, other, language) for one, other in outlook.result.twins])
    return ["", *lines] if lines else []


def _twins_line(turn: Turn, one: Case, other: Case, language: str) -> str:
    first, second = (case_words(case, turn.plan.standard, language) for case in (one, other))
    return esc(say(language, "explain-twins", one=first, other=second))


def _figures(turn: Turn, outlook: Outlook, language: str) -> list[str]:
    """How much is rated, and for points the sum and, once all is given, deductions, total and grade; on a scale how
    many stand above, at and below their target."""
    rated, elements = len(outlook.rated), len(outlook.result.elements)
    key = "chat-outlook" if outlook.is_whole else "chat-outlook-part"
    lines = [bold(say(language, key, rated=str(rated), all=str(elements)))]
    if outlook.result.total is not None:
        return lines + _points(turn, outlook, language)
    above, at, below = map(str, outlook.counts)
    return [*lines, esc(say(language, "explain-scale-count", above=above, at=at, below=below))]


def _points(turn: Turn, outlook: Outlook, language: str) -> list[str]:
    result, standard, got = outlook.result, turn.plan.standard, plain(outlook.got)
    if not outlook.is_whole or result.total is None:
        return [esc(say(language, "chat-outlook-sum", got=got))]
    off = plain(sum((each.points for each in result.deductions), ZERO))
    total = say(language, "chat-outlook-total", total=plain(result.total), got=got, off=off)
    lines = [esc(total), *_cases(turn, outlook, language)]
    if result.grade_by_total is not None:
        granted = "yes" if result.granted or turn.row.is_own else "no"
        grade = grade_name(standard, result.grade_by_total, language)
        lines.append(esc(say(language, "chat-outlook-grade", grade=grade, granted=granted)))
    return lines


def _cases(turn: Turn, outlook: Outlook, language: str) -> list[str]:
    """How many cases count, of how many that are required, and the points off."""
    named = names(turn.plan.standard, language)
    return [
        esc(
            say(
                language,
                "chat-outlook-cases",
                name=named[each.id],
                since=each.since.isoformat(),
                until=each.until.isoformat(),
                found=str(each.found),
                required=str(each.required),
                points=plain(each.points),
            )
        )
        for each in outlook.result.deductions
        if each.required
    ]


def asked_again(turn: Turn, screen: Screen, head: str, language: str) -> Message:
    """Names once more what a review has that it could be handed in without, and asks whether to."""
    assert screen.outlook is not None, "it is what warns"
    warned = warning_lines(turn, screen.outlook, language)
    ask = say(language, "chat-submit-ask")
    reference = reference_of(turn)
    rows = [
        [button(say(language, "chat-submit-anyway"), command(To.SUBMIT, *reference, word=ANYWAY), "danger")],
        [button(say(language, "chat-submit-back"), command(To.SUBMIT, *reference, word=BACK), "primary")],
    ]
    return Message("\n".join([head, "", *warned, "", bold(ask)]), rows)
