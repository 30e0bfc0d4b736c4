"""Random reviews of the standards as they ship: any action at any time, against a plain memory of what was given."""

from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from qualify.dialogue import Act, Action, StepKind, acts
from qualify.errors import QualifyError, Stale
from qualify.scoring import Case
from tests.dialogue import CASE, Walk, one_by_one, quickly, shipped
from tests.test_dialogue_walks import REVIEWS

WORDS = st.sampled_from(
    ["", "太忙", "80", "80 90 70 60", "80 - 70", "4", "4.5", CASE, "2026年4月2日 乙", "2030-01-01 丙"]
)
MARKS = st.sampled_from(["met", "partly", "not_met", "not_observed"])
NOISE = st.text(st.characters(exclude_categories=["Nd", "Pd"]), max_size=20)
ARGUMENTS = WORDS | MARKS | st.integers(-1, 25).map(str) | NOISE


class AnyReview(RuleBasedStateMachine):
    """The review, and beside it what a person would remember having said."""

    @initialize(review=st.sampled_from(REVIEWS), presses=st.integers(0, 45))
    def somewhere(self, review: tuple[str, str], presses: int) -> None:
        """Begin anywhere between the first question and the summary."""
        self.walk = Walk(shipped(*review))
        self.memory: dict[str, dict[str, Any]] = {"marks": {}, "ratings": {}, "scores": {}}
        self.cases: list[Case] = []
        for _ in range(presses):
            if self.walk.at != "summary":
                self.press(quickly(self.walk.screen))

    def press(self, action: Action) -> None:
        before, self.walk = self.walk, self.walk.take(action)
        assert self.walk.position.frontier >= before.position.frontier
        assert self.walk.position.revision == len(self.walk.entries) > len(before.entries)
        self.remember(before, action)

    def remember(self, before: Walk, action: Action) -> None:
        """What was said, told from the screen that it was said to."""
        screen, text = before.screen, action.argument
        match screen.step.kind, action.act:
            case StepKind.CRITERION, Act.MARK:
                self.memory["marks"][screen.step.key] = text
            case StepKind.CRITERION, Act.ALL_MET | Act.NONE_OBSERVED as act:
                mark = "met" if act is Act.ALL_MET else "not_observed"
                self.memory["marks"] |= {criterion.id: mark for criterion in screen.together}
            case StepKind.RATING, Act.RATE | Act.TEXT:
                self.memory["ratings"][screen.step.element] = Decimal(text)
            case StepKind.SCORE, Act.TEXT | Act.NOT_TAKEN:
                words = ["-"] if action.act is Act.NOT_TAKEN else text.split()
                said = [None if word == "-" else Decimal(word) for word in words]
                keys = [subject.id for subject in screen.subjects]
                self.memory["scores"] |= dict(zip(keys, said, strict=False))
            case StepKind.CASES, Act.TEXT:
                self.cases += [case for case in self.walk.answers.cases if case not in self.cases]
            case StepKind.CASES, Act.UNDO:
                self.cases.pop()

    @rule(act=st.sampled_from(list(Act)), argument=ARGUMENTS)
    def anything_at_all(self, act: Act, argument: str) -> None:
        offered = act in acts(self.walk.here)
        try:
            self.press(Action(act, argument))
        except QualifyError as refusal:
            assert offered or isinstance(refusal, Stale)  # noqa: PT017, a refusal is one of two good outcomes
        else:
            assert offered

    @rule(data=st.data())
    def something_offered(self, data: st.DataObject) -> None:
        self.anything_at_all(data.draw(st.sampled_from(sorted(acts(self.walk.here)))), data.draw(ARGUMENTS))

    @precondition(lambda self: self.walk.here.step.kind is StepKind.CRITERION)
    @rule(mark=MARKS)
    def mark(self, mark: str) -> None:
        self.press(Action(Act.MARK, mark))

    @precondition(lambda self: self.walk.here.step.kind is StepKind.RATING)
    @rule(data=st.data())
    def rate(self, data: st.DataObject) -> None:
        self.press(Action(Act.RATE, f"{data.draw(st.sampled_from(self.walk.screen.ratings))}"))

    @precondition(lambda self: self.walk.here.step.kind not in (StepKind.SUMMARY, StepKind.REASON))
    @rule()
    def agree(self) -> None:
        self.press(one_by_one(self.walk.screen))

    @precondition(lambda self: self.walk.here.step.kind is not StepKind.SUMMARY)
    @rule(data=st.data())
    def jump(self, data: st.DataObject) -> None:
        self.press(Action(Act.OVERVIEW))
        self.press(Action(Act.JUMP, str(data.draw(st.integers(0, len(self.walk.plan.elements) - 1)))))

    @precondition(lambda self: any(row.unsettled for row in self.walk.screen.rows))
    @rule()
    def settle(self) -> None:
        number = next(number for number, row in enumerate(self.walk.screen.rows) if row.unsettled)
        self.press(Action(Act.JUMP, str(number)))

    @invariant()
    def what_stands_is_what_was_said_last(self) -> None:
        given = self.walk.answers
        assert (given.marks, given.ratings, given.scores) == tuple(self.memory.values())
        assert list(given.cases) == self.cases

    @invariant()
    def there_is_a_screen(self) -> None:
        screen = self.walk.screen
        assert 0 <= screen.percent <= 100
        assert not screen.complete or all(row.rating is not None and not row.unsettled for row in screen.rows)

    @invariant()
    def the_way_out_is_never_far(self) -> None:
        """From anywhere the summary is one press away, or in hand."""
        assert self.walk.here.step.kind is StepKind.SUMMARY or self.walk.do(Act.OVERVIEW).at == "summary"


TestAnyReview = AnyReview.TestCase
TestAnyReview.settings = settings(max_examples=100, stateful_step_count=30)
