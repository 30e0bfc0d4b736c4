"""Another version of a standard: what it takes over of a review, whose outcome would be another one, and why."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualify.adoption import Cause, Reason, Verdict, carry_over, prospect, reviews_of, stands_the_same
from qualify.scoring import Answers, Case, Known, Mark, Result, ReviewInput, score
from qualify.standard import Standard, criteria_at
from tests.builders import APPLIED, CLIENT, SERVICE, all_marked
from tests.test_scoring_properties import LEVELS, reviews


def edited(standard: Standard, edit: Callable[[Any], object]) -> Standard:
    """The next version of the standard, with this edit of its document."""
    document = standard.model_dump(by_alias=True)
    document["version"] += 1
    edit(document)
    return Standard.model_validate(document)


def element_of(document: Any, name: str) -> Any:
    return next(each for module in document["modules"] for each in module["elements"] if each["id"] == name)


def criteria_of(document: Any, name: str, level: str) -> Any:
    return element_of(document, name)["levels"][level]


def demanding(document: Any) -> None:
    """书面表达 at 3级 asks for one thing more."""
    written = criteria_of(document, "writing", "3")
    written["criteria"] = (*written["criteria"], {"id": "writing.3.4", "text": {"zh": "会写标书。", "en": "Bids."}})


def lenient(document: Any) -> None:
    """书面表达 at 3级 no longer asks for its third criterion."""
    written = criteria_of(document, "writing", "3")
    written["criteria"] = written["criteria"][:2]


def reworded(document: Any) -> None:
    document["name"]["zh"] += "（修订）"
    for module in document["modules"]:
        for element in module["elements"]:
            for level in element["levels"].values():
                for criterion in level["criteria"]:
                    criterion["text"] = {"zh": "换个说法。", "en": "In other words."}


WRITING = ("writing.3.1", "writing.3.2", "writing.3.3")
MET = all_marked(CLIENT, "3")
LAST_UNMET = MET | {"writing.3.3": Mark.NOT_MET}


def test_what_was_added_is_asked_and_its_rating_with_it() -> None:
    given_before = Answers(marks=MET, ratings={"writing": Decimal(5), "achievement": Decimal(5)})
    carried = carry_over(CLIENT, edited(CLIENT, demanding), "3", given_before)
    assert carried == (given_before, ("writing.3.4",), ("writing",))


def test_a_rating_is_asked_again_where_the_answers_suggest_another_one() -> None:
    # 2 of 3 met: 3; without the third, 2 of 2 met: 5
    given_before = Answers(marks=LAST_UNMET, ratings={"writing": Decimal(3), "achievement": Decimal(5)})
    carried = carry_over(CLIENT, edited(CLIENT, lenient), "3", given_before)
    assert carried.to_answer == ()
    assert carried.to_rate == ("writing",)
    assert carried.answers.ratings == given_before.ratings
    assert "writing.3.3" not in carried.answers.marks


def test_what_the_version_does_not_know_is_left_behind_and_only_that() -> None:
    """Points that no longer suffice, a score above the new full mark, a subject and an element that are gone."""
    small = edited(SERVICE, lambda d: element_of(d, SERVICE.elements_at("3")[0].id)["points"].update({"3": Decimal(2)}))
    first, second = (element.id for element in SERVICE.elements_at("3")[:2])
    given_before = Answers(
        ratings={first: Decimal("2.5"), second: Decimal("2.5"), "gone": Decimal(1)},
        reasons={first: "突出", second: "突出"},
        scores={"specialist": Decimal(80), "gone": Decimal(1)},
        cases=(Case(APPLIED, "复盘"),),
    )
    carried = carry_over(SERVICE, small, "3", given_before)
    assert carried.answers == Answers(
        ratings={second: Decimal("2.5")},
        reasons={second: "突出"},
        scores={"specialist": Decimal(80)},
        cases=(Case(APPLIED, "复盘"),),
    )
    assert first in carried.to_rate


def of_client(marks: dict[str, Mark], **ratings: int) -> Result:
    subjects = {each.id: Decimal(85) for element in CLIENT.elements_at("3") for each in element.subjects}  # 85: 5
    answers = Answers(marks=marks, ratings={each: Decimal(given) for each, given in ratings.items()}, scores=subjects)
    return score(CLIENT, "3", [ReviewInput(answers=answers, assessor="周明")], APPLIED)


def test_a_demand_that_goes_lifts_who_failed_it_and_says_so() -> None:
    seen = prospect(CLIENT, edited(CLIENT, lenient), of_client(LAST_UNMET))
    assert seen.before == Verdict(None, None, None, 17, 18)
    assert seen.after == Verdict(None, None, None, 18, 18)
    assert seen.changes
    assert seen.reasons == (Reason(Cause.CRITERIA, "writing", Decimal(3), Decimal(5)),)


def test_a_demand_that_comes_changes_nobody_until_it_is_answered() -> None:
    seen = prospect(CLIENT, edited(CLIENT, demanding), of_client(MET))
    assert not seen.changes
    assert seen.to_answer == 1


def test_a_rating_by_hand_stays_what_it_is() -> None:
    seen = prospect(CLIENT, edited(CLIENT, lenient), of_client(LAST_UNMET, writing=4))
    assert seen.after == seen.before
    assert not seen.reasons


def test_another_table_of_suggestions_is_told_as_the_reason() -> None:
    def strict(document: Any) -> None:
        rows = document["rating"]["suggestion"]["rows"]
        rows[0]["share"], rows[0]["above"] = Decimal("0.6"), False  # 2 of 3 is enough for 5

    seen = prospect(CLIENT, edited(CLIENT, strict), of_client(LAST_UNMET))
    assert seen.reasons == (Reason(Cause.RATING, "writing", Decimal(3), Decimal(5)),)


def of_service(**answers: Any) -> Result:
    return score(SERVICE, "3", [ReviewInput(answers=Answers(**answers))], APPLIED)


def test_other_cut_points_change_the_grade_and_nothing_else() -> None:
    """Level 三级 asks for one case: without it 100 - 5 = 95, the best grade from 85; from 96 it is the second."""

    def cut(document: Any) -> None:
        document["grades"]["bands"][0]["from"] = Decimal(96)

    seen = prospect(SERVICE, edited(SERVICE, cut), of_service(marks=all_marked(SERVICE, "3")))
    assert seen.after is not None
    assert (seen.before.total, seen.after.total) == (Decimal(95), Decimal(95))
    assert (seen.before.grade, seen.after.grade) == ("professional", "ordinary")
    assert seen.reasons == (Reason(Cause.GRADES),)


def test_cases_that_are_no_longer_asked_for_give_their_points_back() -> None:
    def none_needed(document: Any) -> None:
        document["deductions"][0]["required"]["3"] = 0

    seen = prospect(SERVICE, edited(SERVICE, none_needed), of_service(marks=all_marked(SERVICE, "3")))
    assert seen.after is not None
    assert (seen.before.total, seen.after.total) == (Decimal(95), Decimal(100))
    assert seen.reasons == (Reason(Cause.DEDUCTIONS),)
    assert not seen.changes


def test_a_condition_that_becomes_key_takes_the_level_from_who_failed_it() -> None:
    element = SERVICE.elements_at("3")[0]
    criterion = criteria_at(element, "3")[-1]

    def keyed(document: Any) -> None:
        for level in element_of(document, element.id)["levels"].values():
            for each in level["criteria"]:
                each["key"] = each["key"] or each["id"] == criterion.id

    marks = all_marked(SERVICE, "3") | {criterion.id: Mark.NOT_MET}
    seen = prospect(SERVICE, edited(SERVICE, keyed), of_service(marks=marks))
    assert seen.after is not None
    assert (seen.before.granted, seen.after.granted) == (True, False)
    assert seen.reasons == (Reason(Cause.KEY, element.id),)
    assert seen.changes


def test_a_level_that_is_gone_ends_every_result_of_it() -> None:
    def without(document: Any) -> None:
        document["levels"] = [level for level in document["levels"] if level["id"] != "3"]

    new = SERVICE.model_copy(update={"levels": tuple(level for level in SERVICE.levels if level.id != "3")})
    seen = prospect(SERVICE, new, of_service(marks=all_marked(SERVICE, "3")))
    assert (seen.after, seen.changes) == (None, True)


def test_another_standard_level_is_told_with_what_it_was_and_would_be() -> None:
    """2 of 3 met is 3, below 5; where 3 is enough it meets the standard, though the rating is the same."""

    def three_is_enough(document: Any) -> None:
        element_of(document, "writing")["targets"] = {"3": 3}

    seen = prospect(CLIENT, edited(CLIENT, three_is_enough), of_client(LAST_UNMET))
    assert seen.after is not None
    assert (seen.before.met, seen.after.met) == (17, 18)
    assert seen.reasons == (Reason(Cause.TARGET, "writing", Decimal(5), Decimal(3)),)


def test_a_score_above_the_new_full_mark_is_left_behind() -> None:
    def halved(document: Any) -> None:
        for exam in document["exams"]:
            for subject in exam["subjects"]:
                subject["max"] = Decimal(100)

    given_before = Answers(scores={"specialist": Decimal(100), "product": Decimal(101)})
    carried = carry_over(SERVICE, edited(SERVICE, halved), "3", given_before)
    assert carried.answers.scores == {"specialist": Decimal(100)}


def test_cases_that_were_settled_to_be_different_stay_two() -> None:
    """Level 四级 asks for two: alike as they are, both were counted, and both still are."""
    two = Case(APPLIED, "跨省割接复盘"), Case(APPLIED, "一次跨省割接的复盘")
    known = Known(distinct=((two[0], two[1]),))
    review = ReviewInput(answers=Answers(marks=all_marked(SERVICE, "4"), cases=two))
    result = score(SERVICE, "4", [review], APPLIED, known)
    assert result.deductions[0].found == 2
    name = SERVICE.elements_at("4")[0].id

    def cheaper(document: Any) -> None:
        element_of(document, name)["points"]["4"] -= 1

    seen = prospect(SERVICE, edited(SERVICE, cheaper), result)
    assert seen.after is not None
    assert (seen.before.total, seen.after.total) == (Decimal(100), Decimal(99))
    assert seen.reasons[0].cause is Cause.POINTS


def test_a_result_of_before_totals_were_exact_changes_only_where_the_version_does() -> None:
    """Two assessors' 2.25 shows as 2.3 and was summed so: it still is."""
    reviews_given = [
        ReviewInput(
            answers=Answers(marks=all_marked(SERVICE, "3"), ratings={"project-planning": Decimal(given_points)})
        )
        for given_points in ("2", "2.5")
    ]
    made = score(SERVICE, "3", reviews_given, APPLIED)
    inexact = tuple(each.model_copy(update={"exact": None}) for each in made.elements)
    old = made.model_copy(update={"elements": inexact, "total": sum(each.rating or 0 for each in inexact) - 5})

    def cheaper(document: Any) -> None:
        element_of(document, SERVICE.elements_at("3")[0].id)["points"]["3"] -= 1

    seen = prospect(SERVICE, edited(SERVICE, cheaper), old)
    assert seen.after is not None
    assert seen.before.total - seen.after.total == 1


def test_several_assessors_keep_their_marks_weights_and_names() -> None:
    given_before = [
        ReviewInput(answers=Answers(marks=LAST_UNMET), assessor="周明", weight=Decimal(2)),
        ReviewInput(
            answers=Answers(marks=MET, ratings={"writing": Decimal(6)}, reasons={"writing": "突出"}), assessor="吴倩"
        ),
    ]
    result = score(CLIENT, "3", given_before, APPLIED)
    assert score(CLIENT, "3", reviews_of(result), APPLIED) == result


@settings(max_examples=60)
@given(st.data())
def test_who_surely_stands_the_same_would_not_change(data: st.DataObject) -> None:
    """Tables of suggestions by lot: whoever is passed over has the same verdict when everything is worked out."""

    def other_table(document: Any) -> None:
        for row in document["rating"]["suggestion"]["rows"][:-1]:
            row["rating"] = data.draw(st.integers(0, 6))

    new = edited(CLIENT, other_table)
    result = score(CLIENT, "3", data.draw(reviews(CLIENT, "3")), APPLIED)
    seen = prospect(CLIENT, new, result)
    if stands_the_same(CLIENT, new, result):
        assert not seen.changes


def test_one_who_crosses_the_target_by_another_table_does_not_stand_the_same() -> None:
    def two_of_three_are_enough(document: Any) -> None:
        rows = document["rating"]["suggestion"]["rows"]
        rows[0]["share"], rows[0]["above"] = Decimal("0.6"), False

    new = edited(CLIENT, two_of_three_are_enough)
    assert not stands_the_same(CLIENT, new, of_client(LAST_UNMET))
    assert stands_the_same(CLIENT, new, of_client(MET))
    assert stands_the_same(CLIENT, new, of_client(LAST_UNMET, writing=4)), "by hand"


@pytest.mark.parametrize(("standard", "level"), LEVELS)
@settings(max_examples=12)
@given(st.data())
def test_a_version_that_changes_no_meaning_changes_nobody(standard: Standard, level: str, data: st.DataObject) -> None:
    result = score(standard, level, data.draw(reviews(standard, level)), APPLIED)
    seen = prospect(standard, edited(standard, reworded), result)
    assert seen.after == seen.before
    assert not seen.changes
    assert not seen.reasons


@settings(max_examples=40)
@given(st.data())
def test_carrying_over_loses_no_answer_and_back_again_is_the_same(data: st.DataObject) -> None:
    """Nothing was removed: what one level asks, and more."""
    (review, *_) = data.draw(reviews(CLIENT, "3"))
    new = edited(CLIENT, demanding)
    there = carry_over(CLIENT, new, "3", review.answers)
    assert there.answers == review.answers
    assert set(there.to_answer) == {each for each in all_marked(new, "3") if each not in review.answers.marks}
    assert carry_over(new, CLIENT, "3", there.answers).answers == review.answers
