"""Facts of an assessment: one score a subject, each case once; what differs waits for whoever signs."""

from datetime import date
from decimal import Decimal

import pytest

from qualify.scoring import Case, Known, Mark, ReviewInput, facts_of, likely_twins, score
from qualify.standard import CaseKind, Standard
from tests.builders import APPLIED, CLIENT, SERVICE, of, ratings_of, reviewed
from tests.test_scoring_own_standards import MIXED

DAY = date(2026, 3, 1)


def given(*scores: str | None) -> list[ReviewInput]:
    """A review for each score in one subject; None = not taken."""
    return [reviewed(scores={"ethics": None if each is None else Decimal(each)}) for each in scores]


@pytest.mark.parametrize(
    ("reviews", "known", "stands", "differing"),
    [
        (given("80"), Known(), "80", ()),
        (given("80", "80"), Known(scores={"ethics": Decimal(80)}), "80", ()),
        (given(None, "80"), Known(), "80", ()),  # not taken is no score
        (given(None), Known(), None, ()),
        (given("5", "2"), Known(), "5", ("2", "5")),  # never 3.5
        (given("2", "5"), Known(), "5", ("2", "5")),  # of equals the higher, whoever was first
        (given("2", "5", "2"), Known(), "2", ("2", "5")),  # two assessors say so
        (given("5"), Known(scores={"ethics": Decimal(2)}), "2", ("2", "5")),  # the list's, until somebody settles it
        (given("5", "2"), Known(settled={"ethics": Decimal(5)}), "5", ()),
        (given("5", "2"), Known(settled={"ethics": None}), None, ()),
    ],
)
def test_one_score_stands_and_differing_ones_are_named(
    reviews: list[ReviewInput], known: Known, stands: str | None, differing: tuple[str, ...]
) -> None:
    facts = facts_of(CLIENT, "4", reviews, known)
    assert facts.scores["ethics"] == (None if stands is None else Decimal(stands))
    assert [each.scores for each in facts.conflicts] == ([tuple(map(Decimal, differing))] if differing else [])


def test_a_conflict_says_which_score_counts_until_it_is_settled_and_who_gave_which() -> None:
    (conflict,) = facts_of(CLIENT, "4", given("5", "2", None, "2"), Known(scores={"ethics": Decimal(7)})).conflicts
    assert (conflict.scores, conflict.counts, conflict.listed) == ((2, 5, 7), 7, 7)
    assert conflict.reviews == ((1, 3), (0,), ())


def test_a_subject_that_the_level_does_not_rate_is_no_conflict() -> None:
    theory = MIXED.element("theory").model_copy(update={"points": {"one": Decimal(0)}})
    (module,) = MIXED.modules
    unasked = MIXED.model_copy(update={"modules": (module.model_copy(update={"elements": (theory,)}),)})
    reviews = [reviewed(scores={"written": Decimal(score)}) for score in (42, 21)]
    assert [each.subject for each in facts_of(MIXED, "one", reviews, Known()).conflicts] == ["written"]
    assert facts_of(unasked, "one", reviews, Known()).conflicts == ()


def test_a_score_holds_for_every_assessor() -> None:
    one, other = given("90", None)
    known = Known(scores={"customer-trends": Decimal(90), "strategy": Decimal(90)})
    result = score(CLIENT, "4", [one, other], APPLIED, known)
    element = of(result, "role-knowledge")
    assert element.rating == 5  # (90 + 90 + 90) ÷ 3 = 90, from 81: 5
    assert {review.mean_score for review in element.reviews} == {Decimal(90)}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("跨省割接复盘", "一次跨省割接的复盘", True),  # 2 × 6 ÷ 15 = 0.8
        ("跨省割接复盘", "政企客户投诉处理", False),
        ("割接复盘1", "割接复盘2", False),  # another number, another case
        ("2025年跨省割接复盘", "跨省割接复盘", True),  # one of them names no number
        (
            "跨省割接",
            "某医院一次跨省割接的复盘报告",
            True,
        ),  # 2 × 4 ÷ 18 = 0.44, but the whole title stands in the other
        ("割接", "某医院一次跨省割接的复盘报告", False),  # too short to tell anything
        ("大割接", "某医院一次大割接的复盘报告", False),  # still too short
        ("跨省骨干割接复甲乙丙", "跨省骨干割接复一二三", True),  # 2 × 7 ÷ 20 = 0.7
        ("跨省骨干网割接复盘甲乙丙丁", "跨省骨干网割接复盘一二三四", False),  # 2 × 9 ÷ 26 = 0.69
        ("投诉复盘专线处理专线", "投诉复盘处理一次专线", True),  # 0.6 one way round, 0.8 the other
        ("", "跨省割接复盘", False),
    ],
)
def test_titles_alike_are_likely_one_case(one: str, other: str, alike: bool) -> None:
    pairs = [(Case(DAY, one), Case(DAY, other)), (Case(DAY, other), Case(DAY, one))]
    assert [likely_twins(*pair) for pair in pairs] == [alike, alike]


@pytest.mark.parametrize(("day", "alike"), [(date(2026, 4, 1), True), (date(2026, 4, 2), False)])
def test_a_month_apart_they_may_still_be_one(day: date, alike: bool) -> None:
    assert likely_twins(Case(DAY, "跨省割接复盘"), Case(day, "跨省割接复盘")) is alike


TWINS = Case(DAY, "跨省割接复盘"), Case(DAY, "一次跨省割接的复盘")


@pytest.mark.parametrize(
    ("known", "counted", "open_pairs"),
    [(Known(), 1, 1), (Known(same=(TWINS,)), 1, 0), (Known(distinct=(TWINS,)), 2, 0)],
)
def test_likely_twins_count_once_until_they_are_settled(known: Known, counted: int, open_pairs: int) -> None:
    reviews = [reviewed(cases=(case,)) for case in TWINS]
    result = score(SERVICE, "5", reviews, APPLIED, known)
    assert (result.deductions[0].found, len(result.twins)) == (counted, open_pairs)
    assert result.deductions[0].points == 5 * (3 - counted)


THIRD = Case(date(2026, 3, 3), "一次跨省割接的复盘报告")


@pytest.mark.parametrize(
    ("known", "counted", "open_pairs"),
    [
        (Known(same=(TWINS, (TWINS[1], THIRD))), 1, 0),  # the first and the third are one by way of the second
        (Known(same=(TWINS, (TWINS[0], THIRD))), 1, 0),  # nor does it matter which of them is the link
        (Known(same=((TWINS[1], THIRD),)), 1, 1),  # the two that are one are likely the first as well: one question
        (Known(same=((TWINS[1], THIRD),), distinct=((TWINS[0], THIRD),)), 2, 0),  # nor is the second, then, the first
    ],
)
def test_what_is_settled_of_two_cases_holds_for_what_is_the_same_as_they_are(
    known: Known, counted: int, open_pairs: int
) -> None:
    facts = facts_of(SERVICE, "4", [reviewed(cases=(case,)) for case in (*TWINS, THIRD)], known)
    assert (len(facts.cases), len(facts.twins)) == (counted, open_pairs)


@pytest.mark.parametrize("other", [date(2025, 5, 21), date(2026, 11, 23)])
@pytest.mark.parametrize(
    "known", [Known(), Known(same=((Case(date(2025, 5, 21), "甲"), Case(date(2025, 5, 22), "甲")),))]
)
def test_of_cases_that_are_likely_one_the_one_in_the_window_stands(known: Known, other: date) -> None:
    inside = Case(date(2025, 5, 22) if other.year == 2025 else APPLIED, "甲")  # the window's first or last day
    reviews = [reviewed(cases=(case,)) for case in (inside, Case(other, "甲"))]
    for order in (reviews, reviews[::-1]):
        (cases,) = score(SERVICE, "5", order, APPLIED, known).deductions
        assert (cases.cases, cases.outside) == ((inside,), ())


def test_the_one_in_the_window_stands_also_where_only_one_of_several_rules_counts_it() -> None:
    (rule,) = SERVICE.deductions
    named = rule.name
    rules = tuple(
        rule.model_copy(update={"id": kind, "kinds": (CaseKind(id=kind, name=named),)}) for kind in ("sales", "service")
    )
    standard = SERVICE.model_copy(update={"deductions": rules})
    outside, inside = Case(date(2025, 5, 21), "甲", "sales"), Case(date(2025, 5, 22), "甲", "sales")
    facts = facts_of(standard, "5", [reviewed(cases=(outside,)), reviewed(cases=(inside,))], Known(), APPLIED)
    assert (facts.cases, facts.twins) == ((inside,), ((inside, outside),))


def test_it_stands_also_when_it_is_settled_to_be_one_with_a_case_that_came_last() -> None:
    first, second, inside = (Case(date(2025, 5, day), "甲") for day in (20, 21, 22))
    reviews = [reviewed(cases=(case,)) for case in (first, second, inside)]
    facts = facts_of(SERVICE, "5", reviews, Known(same=((second, inside),)), APPLIED)
    assert (facts.cases, facts.twins) == ((inside,), ((inside, first),))


def test_which_of_two_spellings_stands_is_the_same_in_any_order() -> None:
    listed = (
        Case(DAY, "跨省割接复盘。", "management-case"),
        Case(DAY, "跨省 割接复盘", "service-sales-case"),
        Case(DAY, "跨省割接复盘"),
    )
    reviews = [reviewed(cases=(case,)) for case in listed]
    results = {
        facts_of(SERVICE, "4", order, Known()).cases for order in ([*reviews], reviews[::-1], reviews[1:] + reviews[:1])
    }
    assert results == {((Case(DAY, "跨省 割接复盘", "service-sales-case")),)}


def test_of_two_spellings_the_one_that_says_its_kind_stands() -> None:
    kindless, told = Case(DAY, "跨 省割接复盘"), Case(DAY, "跨省割接复盘", "management-case")
    assert kindless < told
    reviews = [reviewed(cases=(case,)) for case in (kindless, told)]
    assert facts_of(SERVICE, "4", reviews, Known()).cases == (told,)


@pytest.mark.parametrize("other", ["VPN 割接复盘。", "ＶＰＮ割接复盘", "vpn割接复盘"])
def test_a_full_stop_more_or_letters_of_another_width_or_case_are_the_same_title(other: str) -> None:
    reviews = [reviewed(cases=(Case(DAY, title),)) for title in ("VPN割接复盘", other)]
    facts = facts_of(SERVICE, "4", reviews, Known())
    assert (len(facts.cases), facts.twins) == (1, ())


def test_a_case_of_another_kind_or_day_does_not_count_and_the_latter_is_named() -> None:
    text = SERVICE.model_dump_json(by_alias=True)
    kinds = '"kinds":[{"id":"management","name":{"zh":"管理案例","en":"Management case"}}]'
    standard = Standard.model_validate_json(text.replace('"kinds":[]', kinds, 1))
    listed = (
        Case(DAY, "甲", "management"),
        Case(DAY, "乙", "other"),
        Case(DAY, "丙"),
        Case(date(2024, 1, 1), "丁", "management"),
    )
    (cases,) = score(standard, "5", [reviewed(cases=listed)], APPLIED).deductions
    assert [case.title for case in cases.cases] == ["丙", "甲"]
    assert [case.title for case in cases.outside] == ["丁"]


def test_two_assessors_of_84_5_come_to_84_5() -> None:
    ratings = ratings_of("3", "84.5")
    reviews = [reviewed(ratings=ratings, cases=(Case(DAY, "甲"),)) for _ in range(2)]
    result = score(SERVICE, "3", reviews, APPLIED)
    assert (result.total, result.grade) == (Decimal("84.5"), "ordinary")


def test_means_are_summed_before_they_are_rounded() -> None:
    # Three elements of (4.5 + 4.5 + 5) ÷ 3 = 4⅔ each: 14, though 4.7 is shown three times
    low = {each.id: Decimal("4.5") for each in SERVICE.elements_at("3")[:3]}
    reviews = [reviewed(ratings=low), reviewed(ratings=low), reviewed(ratings=dict.fromkeys(low, Decimal(5)))]
    result = score(SERVICE, "3", reviews, APPLIED)
    assert [each.rating for each in result.elements[:3]] == [Decimal("4.7")] * 3
    assert result.modules[0].got == 14
    assert result.total == 9  # a case is missing


@pytest.mark.parametrize(
    ("marks", "suggestion"),
    [
        ({1: Mark.NOT_MET, 2: Mark.MET, 3: Mark.MET}, 2),  # (0 + 1) ÷ 2 = ½: 2; by criteria it were ⅔: 3
        ({1: Mark.MET, 2: Mark.MET, 3: Mark.NOT_MET}, 3),  # (1 + ½) ÷ 2 = ¾: 3
        ({1: Mark.NOT_OBSERVED, 2: Mark.MET, 3: Mark.NOT_OBSERVED}, 5),  # what wasn't observed is left out
    ],
)
def test_a_line_weighs_the_same_however_it_was_split(marks: dict[int, Mark], suggestion: int) -> None:
    text = CLIENT.model_dump_json(by_alias=True)
    first, *others = CLIENT.element("communication").levels["4"].criteria
    assert len(others) == 2
    for criterion, line in zip((first, *others), (1, 2, 2), strict=True):
        at = text.index(f'"id":"{criterion.id}"')
        text = text[:at] + text[at:].replace('"line":null', f'"line":{line}', 1)
    standard = Standard.model_validate_json(text)
    answers = {f"communication.4.{number}": mark for number, mark in marks.items()}
    assert of(score(standard, "4", [reviewed(marks=answers)], APPLIED), "communication").suggestion == suggestion
