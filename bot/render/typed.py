"""The screens that ask for something typed: exam scores and published cases."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import takewhile

from bot.buttons import MAX_ARGUMENT
from bot.render.message import Rows, Style, bold, button, esc
from bot.render.outlook import case_words, differing_line, exam_line
from bot.render.review_parts import evidence_line, kept_row, press_data, title
from qualify.dialogue import Act, Screen, case_rules, mark_of
from qualify.dialogue import case_kinds as kinds_of
from qualify.scoring import Case, percent, plain, window_start
from qualify.services.assessments.facts import KnownScore
from qualify.services.reviews.screen import Turn
from qualify.standard import Deduction, Subject
from qualify.texts import say

MOST_CASES = 15  # the newest; with their titles cut they always fit a message
MOST_OTHERS = 5


def score(turn: Turn, screen: Screen, language: str) -> tuple[list[str], Rows]:
    """Asks for one subject's score, or for all that are left of the element in one line; what is known already stands
    there and is taken with one press."""
    first, *others = screen.subjects
    lines = [title(screen, language), *evidence_line(turn, language)]
    for subject, score in screen.scores:
        shown = say(language, "explain-not-taken") if score is None else plain(score)
        lines.append(esc(f"✓ {subject.name.in_language(language)} {shown}"))
    if not turn.row.is_own:
        lines += [differing_line(each, language) for each in screen.differing]
    if screen.exam:
        lines.append(exam_line(turn.plan.standard, screen.exam, language))
    known = _known(turn, screen.subjects)
    lines += [esc(_known_words(screen, each, language)) for each in known.values()]
    name = _weighted(screen, first, language)
    lines += ["", bold(say(language, "chat-score", subject=name, maximum=plain(first.max)))]
    if others:
        subjects = say(language, "explain-separator").join(
            _weighted(screen, each, language) for each in screen.subjects
        )
        left, begun = str(len(screen.subjects)), "yes" if screen.scores else "no"
        lines.append(esc(say(language, "chat-score-line", count=left, subjects=subjects, begun=begun)))
        lines.append(esc(say(language, "chat-score-untaken")))
    rows = [[button(say(language, "chat-not-taken"), press_data(turn, Act.NOT_TAKEN))]]
    if scores := _offered(screen, known):
        text = say(language, "chat-known-scores", scores=scores)
        rows.insert(0, [button(text, press_data(turn, Act.TEXT, scores), "success")])
    return lines, rows + kept_row(turn, language)


def _weighted(screen: Screen, subject: Subject, language: str) -> str:
    """The subject with what it weighs among those of its element, in percent; alone it needs no weight."""
    name, level = subject.name.in_language(language), screen.plan.level
    assert screen.element is not None
    if screen.ordinals == 1:
        return name
    total = sum(Fraction(each.weight_at(level)) for each in screen.element.subjects)
    return say(language, "explain-weighted", text=name, weight=percent(Fraction(subject.weight_at(level)) / total))


def _known(turn: Turn, subjects: Iterable[Subject]) -> dict[str, KnownScore]:
    """The scores that are known of the subjects still asked, by subject and in their order."""
    known = {each.subject: each for each in turn.known.scores}
    return {subject.id: known[subject.id] for subject in subjects if subject.id in known}


def _known_words(screen: Screen, known: KnownScore, language: str) -> str:
    name = next(each.name.in_language(language) for each in screen.subjects if each.id == known.subject)
    day = "none" if known.taken_on is None else known.taken_on.isoformat()
    return say(language, "chat-known-score", subject=name, score=plain(known.score), day=day)


def _offered(screen: Screen, known: dict[str, KnownScore]) -> str:
    """The known scores from the subject in hand on up to the first that isn't known, as they would be typed."""
    found = takewhile(lambda subject: subject.id in known, screen.subjects)
    scores = " ".join(plain(known[subject.id].score) for subject in found)
    return scores if len(scores) <= MAX_ARGUMENT else ""


def _window(turn: Turn, rule: Deduction, language: str) -> str:
    """The first and the last day that count, and who has to have adopted a case."""
    until = turn.row.application_date
    return say(
        language,
        "chat-cases-window",
        since=window_start(rule, until).isoformat(),
        until=until.isoformat(),
        by=rule.adopted_by.in_language(language) if rule.adopted_by else "none",
        kinds=say(language, "explain-separator").join(kind.name.in_language(language) for kind in rule.kinds) or "none",
    )


def cases(turn: Turn, screen: Screen, language: str) -> tuple[list[str], Rows]:
    """Asks for published cases: what counts, those that others gave, those given so far, and what is asked about
    them."""
    level = screen.plan.level
    lines: list[str] = []
    for rule, counted in zip(case_rules(screen.plan), screen.counted, strict=True):
        required, points = str(rule.required[level]), plain(rule.points)
        demand = say(language, "chat-cases-rule", required=required, points=points, counted=str(counted))
        lines += [bold(rule.name.in_language(language)), esc(demand), esc(_window(turn, rule, language)), ""]
    lines += [*_others(screen, language), *_listed(screen, language)]
    question, answers = _question(turn, screen, language)
    style: Style | None = "success" if screen.cases and not answers else None
    rows = [*answers, [button(_done(screen, language), press_data(turn, Act.DONE), style)]]
    if screen.cases:
        rows.append([button(say(language, "chat-cases-undo"), press_data(turn, Act.UNDO))])
    return lines + question, rows + kept_row(turn, language)


def _others(screen: Screen, language: str) -> list[str]:
    """The cases that others listed: they count for the assessment, and need no second mention."""
    if not screen.others:
        return []
    shown = [f"· {case_words(case, screen.plan.standard, language)}" for case in screen.others[:MOST_OTHERS]]
    more = ["…"] if len(screen.others) > MOST_OTHERS else []
    return [esc(line) for line in (say(language, "chat-cases-others"), *shown, *more)]


def _listed(screen: Screen, language: str) -> list[str]:
    """The cases of this review; one on a day that doesn't count says so."""
    listed = [_listed_line(number, case, screen, language) for number, case in enumerate(screen.cases, start=1)]
    return [*(["…"] if len(listed) > MOST_CASES else []), *listed[-MOST_CASES:]]


def _listed_line(number: int, case: Case, screen: Screen, language: str) -> str:
    words = f"{number}. {case_words(case, screen.plan.standard, language)}"
    return bold(words + say(language, "chat-case-outside")) if case in screen.outside else esc(words)


def _done(screen: Screen, language: str) -> str:
    if screen.cases:
        return say(language, "chat-cases-done", count=str(len(screen.cases)))
    return say(language, "chat-cases-none", others="some" if screen.others else "none")


def _question(turn: Turn, screen: Screen, language: str) -> tuple[list[str], Rows]:
    """What is asked: whether two cases are one, of which kind one is, or which more there are."""
    standard = screen.plan.standard
    if screen.twins:
        one, other = (case_words(case, standard, language) for case in screen.twins)
        mark = mark_of(screen.twins)
        asked = [(Act.SAME, "chat-cases-same"), (Act.DISTINCT, "chat-cases-distinct")]
        row = [button(say(language, key), press_data(turn, act, mark), "primary") for act, key in asked]
        return ["", bold(say(language, "chat-cases-twins")), esc(f"· {one}"), esc(f"· {other}")], [row]
    if screen.kindless:
        case = case_words(screen.kindless, standard, language)
        kinds = [
            [button(kind.name.in_language(language), press_data(turn, Act.KIND, str(n)), "primary")]
            for n, kind in enumerate(kinds_of(screen.plan))
        ]
        return ["", bold(say(language, "chat-cases-kind", case=case))], kinds
    ask = [bold(say(language, "chat-cases-ask")), esc(say(language, "chat-cases-example"))]
    return ["", *ask] if screen.cases else ask, []
