"""What typed words mean at the step in hand: an answer to it, or a note beside it.

Where a button is expected, words that say what a button says are that press. What comes near to it is asked about:
only what is clearly something else becomes a note.
"""

from collections.abc import Callable, Mapping

from qualify.dialogue.answering import may_answer_together
from qualify.dialogue.cases import mark_of, open_twins
from qualify.dialogue.plan import StepKind
from qualify.dialogue.situation import Act, Action, Situation
from qualify.dialogue.typed import is_like_mark, is_like_number, is_number, plain_words, quoted, read_mark
from qualify.errors import InvalidInput
from qualify.scoring import plain, points_possible
from qualify.standard import PointsRating, ScaleRating

Reading = Callable[[Situation, str], Action | None]

_ALL_MET = frozenset(
    ["全部达到", "都达到", "本要素全部达到", "其余全部达到", "allmet", "allofthiselementmet", "alltherestmet"]
)
_NO_CASES = frozenset(["没有案例", "没有", "没有了", "无", "没案例", "none", "no", "nocases"])
_ALL_CASES = frozenset(["就这些", "就这", "没有了", "没了", "thatsall", "done"])
_SAME = frozenset(["是同一篇", "同一篇", "是一篇", "一篇", "是", "是的", "same", "thesame", "yes"])
_DISTINCT = frozenset(["是两篇", "两篇", "不是", "不是同一篇", "不同", "different", "two", "twocases", "no"])


def meant(here: Situation, text: str) -> Action | None:
    """What somebody means who types this now; None for a note. Raises InvalidInput, which says what is asked for, where
    it may be an answer and can't be taken as one."""
    return _READINGS[here.step.kind](here, text)


def _as_typed(_: Situation, text: str) -> Action:
    return Action(Act.TEXT, text)


def _criterion(here: Situation, text: str) -> Action | None:
    if mark := read_mark(text):
        return Action(Act.MARK, mark)
    if plain_words(text) in _ALL_MET and may_answer_together(here):
        return Action(Act.ALL_MET)
    if is_like_mark(text) or is_like_number(text):
        raise InvalidInput("error-mark-words", given=quoted(text))
    return None


def _rating(here: Situation, text: str) -> Action | None:
    """A number, or on a scale the word for it, with or without its number."""
    scale = here.plan.standard.rating
    labels = scale.labels if isinstance(scale, ScaleRating) else ()
    words = plain_words(text)
    for label in labels:
        for name in map(plain_words, (label.name.zh, label.name.en)):
            if words in (name, f"{label.value}{name}"):
                return Action(Act.TEXT, str(label.value))
    if is_number(text):
        return Action(Act.TEXT, text)
    if is_like_number(text) or is_like_mark(text):
        possible = points_possible(here.plan.standard, here.element, here.plan.level)
        step = plain(scale.step) if isinstance(scale, PointsRating) else "1"
        raise InvalidInput("error-rating-words", given=quoted(text), maximum=plain(possible), step=step)
    return None


def _cases(here: Situation, text: str) -> Action:
    """Whether two cases are one, where that is asked; the end of the list; or more cases."""
    words, twins = plain_words(text), open_twins(here)
    if twins and words in _SAME | _DISTINCT:
        return Action(Act.SAME if words in _SAME else Act.DISTINCT, mark_of(twins))
    ends = _ALL_CASES if here.answers.cases else _NO_CASES
    return Action(Act.DONE) if words in ends else Action(Act.TEXT, text)


def _summary(here: Situation, text: str) -> Action | None:
    """The number of an element jumps to it."""
    last, words = len(here.plan.elements), text.strip().removesuffix("。")
    if is_number(words) and words.isdecimal() and 1 <= int(words) <= last:
        return Action(Act.JUMP, str(int(words) - 1))
    if is_like_number(text) or is_like_mark(text):
        raise InvalidInput("error-summary-words", given=quoted(text), last=str(last))
    return None


_READINGS: Mapping[StepKind, Reading] = {
    StepKind.CRITERION: _criterion,
    StepKind.RATING: _rating,
    StepKind.REASON: _as_typed,
    StepKind.SCORE: _as_typed,
    StepKind.CASES: _cases,
    StepKind.SUMMARY: _summary,
}
