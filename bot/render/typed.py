"""The screens that ask for something typed: exam scores and published cases."""

from decimal import Decimal
from fractions import Fraction

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
    """Asks for the scores that are still open, one by one or in one line; those that are known already stand there.
    Where all are given, says how to change one."""
    lines = [title(screen, language), *evidence_line(turn, language)]
    for subject, score in screen.scores:
        shown = say(language, "explain-not-taken") if score is None else plain(score)
        lines.append(esc(f"✓ {subject.name.in_language(language)} {shown}"))
    if not turn.row.is_own:
        lines += [differing_line(each, language) for each in screen.differing if each not in turn.news.differing]
    if screen.exam:
        lines.append(exam_line(turn.plan.standard, screen.exam, language))
    known = _known(turn, screen)
    lines += [esc(_known_words(screen, each, language)) for each in known.values()]
    lines += ["", *_asked(screen, known, language)]
    rows = []
    if scores := _offered(screen, known):
        text = say(language, "chat-known-scores", scores=scores)
        rows.append([button(text, press_data(turn, Act.TEXT, scores), "success")])
    if Act.NOT_TAKEN in screen.offers:
        rows.append([button(say(language, "chat-not-taken"), press_data(turn, Act.NOT_TAKEN))])
    return lines, rows + kept_row(turn, language)


def _asked(screen: Screen, known: dict[str, KnownScore], language: str) -> list[str]:
    """The question: for the first subject asked, and for all of them in one line; or how to change what is given."""
    assert screen.element is not None
    first, *others = screen.subjects
    count = str(len(screen.subjects))
    if screen.exam and others:
        return [bold(say(language, "chat-scores-whole", count=count)), _by_name(first, language)]
    name = _weighted(screen, first, language)
    lines = [bold(say(language, "chat-score", subject=name, maximum=plain(first.max)))]
    if others:
        names = (_weighted(screen, each, language) for each in screen.subjects)
        subjects = say(language, "explain-separator").join(names)
        given = [subject for subject, _ in screen.scores]
        begun = "yes" if (given or known) and first not in given else "no"
        lines.append(esc(say(language, "chat-score-line", count=count, subjects=subjects, begun=begun)))
        lines.append(esc(say(language, "chat-score-untaken")))
    if stands := [each for each in screen.element.subjects if each.id in known and each not in screen.subjects]:
        lines.append(_by_name(stands[0], language))
    return lines


def _by_name(subject: Subject, language: str) -> str:
    """How one score is changed, for example that of this subject."""
    example = plain(min(subject.max, Decimal(70)))
    return esc(say(language, "chat-score-by-name", subject=subject.name.in_language(language), score=example))


def _weighted(screen: Screen, subject: Subject, language: str) -> str:
    """The subject with what it weighs among those of its element, in percent; alone it needs no weight."""
    name, level = subject.name.in_language(language), screen.plan.level
    assert screen.element is not None
    if screen.ordinals == 1:
        return name
    total = sum(Fraction(each.weight_at(level)) for each in screen.element.subjects)
    return say(language, "explain-weighted", text=name, weight=percent(Fraction(subject.weight_at(level)) / total))


def _known(turn: Turn, screen: Screen) -> dict[str, KnownScore]:
    """The scores that are known of the subjects not given here, by subject and in their order."""
    known = {each.subject: each for each in turn.known.scores}
    given = {subject.id for subject, _ in screen.scores}
    assert screen.element is not None
    left = (subject.id for subject in screen.element.subjects if subject.id not in given)
    return {subject: known[subject] for subject in left if subject in known}


def _known_words(screen: Screen, known: KnownScore, language: str) -> str:
    assert screen.element is not None
    name = next(each.name.in_language(language) for each in screen.element.subjects if each.id == known.subject)
    day = "none" if known.taken_on is None else known.taken_on.isoformat()
    return say(language, "chat-known-score", subject=name, score=plain(known.score), day=day)


def _offered(screen: Screen, known: dict[str, KnownScore]) -> str:
    """The known scores as they would be typed, where nothing else is asked."""
    if not all(subject.id in known for subject in screen.subjects):
        return ""
    scores = " ".join(plain(known[subject.id].score) for subject in screen.subjects)
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
