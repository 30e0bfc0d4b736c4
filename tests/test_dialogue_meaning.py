"""Words typed where a button is expected: the answer they are, a sentence that asks, or a note."""

import pytest

from qualify.dialogue import Act, Action, mark_of, meant, plan
from qualify.errors import InvalidInput
from qualify.standard import ScaleRating, Text
from tests.dialogue import CASE, KEYED, POINTS, RATED, SCALE, Walk, one_by_one, scale_standard

RATING = POINTS.until("care rating", one_by_one)
ON_SCALE = SCALE.until("care rating", one_by_one)
CASES = POINTS.until("cases", one_by_one)


def mark(name: str) -> Action:
    return Action(Act.MARK, name)


@pytest.mark.parametrize(
    ("walk", "text", "action"),
    [
        (POINTS, "达到", mark("met")),
        (POINTS, " ✅ 达到。", mark("met")),
        (POINTS, "Met", mark("met")),
        (POINTS, "部分", mark("partly")),
        (POINTS, "部分达到", mark("partly")),
        (POINTS, "partly met", mark("partly")),
        (POINTS, "未达到", mark("not_met")),
        (POINTS, "没达到", mark("not_met")),
        (POINTS, "未观察到", mark("not_observed")),
        (POINTS, "没遇到过", mark("not_observed")),
        (POINTS, "全部达到", Action(Act.ALL_MET)),
        (RATING, "45.5", Action(Act.TEXT, "45.5")),
        (RATING, "４５分", Action(Act.TEXT, "４５分")),
        (ON_SCALE, "2", Action(Act.TEXT, "2")),
        (CASES, "没有案例", Action(Act.DONE)),
        (CASES, CASE, Action(Act.TEXT, CASE)),
        (CASES.do(Act.TEXT, CASE), "就这些", Action(Act.DONE)),
        (RATED, "2", Action(Act.JUMP, "1")),
    ],
)
def test_what_a_button_says_is_that_press(walk: Walk, text: str, action: Action) -> None:
    assert meant(walk.here, text) == action


@pytest.mark.parametrize(
    ("act", "texts"),
    [
        (Act.SAME, ["是同一篇", "同一篇。", "是", "Same", "The same"]),
        (Act.DISTINCT, ["是两篇", "两篇", "不是", "Different", "Two cases"]),
    ],
)
def test_whether_two_cases_are_one_is_answered_in_words_while_it_is_asked(act: Act, texts: list[str]) -> None:
    one = CASES.do(Act.TEXT, "2026-03-01 跨省割接复盘")
    asked = one.do(Act.TEXT, "2026-03-02 跨省割接的复盘")
    assert asked.screen.twins
    assert {meant(asked.here, text) for text in texts} == {Action(act, mark_of(asked.screen.twins))}
    assert meant(one.here, texts[0]) == Action(Act.TEXT, texts[0]), "nothing is asked about one case"


def test_the_word_of_a_scale_is_its_rating() -> None:
    standard = scale_standard()
    words = [Text(zh=zh, en=en) for zh, en in (("缺", "a"), ("未达标", "b"), ("达标", "On target"), ("超标", "d"))]
    rating = standard.rating
    assert isinstance(rating, ScaleRating)
    labels = tuple(each.model_copy(update={"name": word}) for each, word in zip(rating.labels, words, strict=True))
    named = standard.model_copy(update={"rating": rating.model_copy(update={"labels": labels})})
    walk = Walk(plan(named, "low")).until("care rating", one_by_one)
    assert {meant(walk.here, text) for text in ("达标", "2 达标", "on target")} == {Action(Act.TEXT, "2")}


@pytest.mark.parametrize(
    ("walk", "text"),
    [
        (POINTS, "5"),
        (POINTS, "3.5"),
        (POINTS, "五分"),
        (POINTS, "基本达到"),
        (KEYED.do(Act.ALL_MET), "全部达到"),  # a key condition is asked by itself
        (RATING, "达到"),
        (RATING, "-1"),
        (RATING, "3,5"),
        (RATING, "五"),
        (RATED, "9"),
        (RATED, "达到"),
    ],
)
def test_what_comes_near_to_an_answer_is_asked_about(walk: Walk, text: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        meant(walk.here, text)
    assert refusal.value.values["given"] == text


@pytest.mark.parametrize("text", ["80.3", "60.5"])
def test_a_number_that_cannot_be_the_rating_is_refused_with_what_can(text: str) -> None:
    action = meant(RATING.here, text)
    assert action is not None
    with pytest.raises(InvalidInput, match="error-rating-range"):
        RATING.take(action)


@pytest.mark.parametrize("text", ["5 分当之无愧", "客户满意度达到 90 分", "主持过三次回访", "ok", "👍", "见附件 3"])
@pytest.mark.parametrize("walk", [POINTS, RATING, RATED])
def test_ordinary_words_stay_notes(walk: Walk, text: str) -> None:
    assert meant(walk.here, text) is None


def test_that_is_all_ends_no_empty_list() -> None:
    empty = POINTS.until("cases", one_by_one)
    assert meant(empty.here, "就这些") == Action(Act.TEXT, "就这些")
