"""The list of cases: what counts, likely twins, kinds, and when the list is complete by itself."""

from dataclasses import replace
from datetime import date

import pytest

from qualify.dialogue import Act, Action, Entry, EntryKind, Situation, acts, answers_of, mark_of, plan, step, view
from qualify.errors import InvalidInput, Stale
from qualify.scoring import Case
from qualify.standard import CaseKind, Standard, Text
from tests.dialogue import POINTS, TODAY, Walk, one_by_one, points_standard

ONE, OTHER = "2026-03-01 跨省割接复盘", "2026-03-02 一次跨省割接的复盘。"
FAR = "2024-01-15 老案例"
SALES, MANAGEMENT = "1", "0"


def kinded_standard(required: int = 1) -> Standard:
    kinds = tuple(
        CaseKind(id=name, name=Text(zh=zh, en=name)) for name, zh in (("management", "管理案例"), ("sales", "销售案例"))
    )
    standard = points_standard()
    rule = standard.deductions[0].model_copy(update={"kinds": kinds, "required": {"one": required}})
    return standard.model_copy(update={"deductions": (rule,)})


def at_the_cases(standard: Standard, *texts: str) -> Walk:
    walk = Walk(plan(standard, "one")).until("cases", one_by_one)
    for text in texts:
        walk = walk.do(Act.TEXT, text)
    return walk


def applied(walk: Walk, *known: Case) -> Situation:
    """Where the walk stands, with the application of today and the cases that others listed."""
    return replace(walk.here, application_date=TODAY, known_cases=known)


def titles(here: Situation, act: Act, argument: str = "") -> list[str]:
    """The titles on the list after this."""
    before = [Entry(EntryKind.CASE, "", each.title, f"{each.adopted} {each.kind}") for each in here.answers.cases]
    return [each.title for each in answers_of([*before, *step(here, Action(act, argument)).entries]).cases]


# Likely twins.


def test_two_cases_that_are_likely_one_are_asked_about() -> None:
    twins = at_the_cases(points_standard(), ONE, OTHER)
    asked = twins.screen.twins
    assert asked is not None
    assert [case.title for case in asked] == ["跨省割接复盘", "一次跨省割接的复盘。"]
    assert titles(twins.here, Act.SAME, mark_of(asked)) == ["跨省割接复盘"]
    apart = twins.do(Act.DISTINCT, mark_of(asked))
    assert (apart.screen.twins, len(apart.answers.cases)) == (None, 2)
    assert acts(apart.here) & {Act.SAME, Act.DISTINCT} == set()


def test_a_full_stop_more_is_a_twin_and_another_title_is_none() -> None:
    assert at_the_cases(points_standard(), ONE, f"{ONE}。").screen.twins
    assert at_the_cases(points_standard(), ONE, "2026-03-01 双卡方案的推广").screen.twins is None


def test_a_case_that_another_assessor_listed_is_asked_about_and_taken_in_their_words() -> None:
    theirs = Case(date(2026, 3, 2), "一次跨省割接的复盘", "sales")
    here = applied(at_the_cases(points_standard(), ONE), theirs)
    asked = view(here).twins
    assert asked == (theirs, Case(date(2026, 3, 1), "跨省割接复盘"))
    entries = step(here, Action(Act.SAME, mark_of(asked))).entries
    assert [(each.given, each.key, each.value) for each in entries] == [
        (EntryKind.CASE_REMOVED, "", "0"),
        (EntryKind.CASE, "一次跨省割接的复盘", "2026-03-02 sales"),
    ]
    assert view(here).others == (theirs,)


def test_an_answer_about_two_other_cases_is_stale() -> None:
    twins = at_the_cases(points_standard(), ONE, OTHER)
    for act in (Act.SAME, Act.DISTINCT):
        with pytest.raises(Stale):
            twins.do(act, "0")


# Kinds.


def test_a_kind_is_asked_of_each_case_that_has_none_and_one_press_says_it() -> None:
    walk = at_the_cases(kinded_standard(), f"{ONE}\n2026-04-01 销售案例：双卡方案")
    assert walk.screen.kindless == Case(date(2026, 3, 1), "跨省割接复盘")
    told = walk.do(Act.KIND, MANAGEMENT)
    assert [case.kind for case in told.answers.cases] == ["management", "sales"]
    assert told.screen.kindless is None
    assert Act.KIND not in acts(told.here)


def test_a_kind_can_be_typed_and_another_case_is_still_a_case() -> None:
    walk = at_the_cases(kinded_standard(), ONE).do(Act.TEXT, "销售案例")
    assert [case.kind for case in walk.answers.cases] == ["sales"]
    with pytest.raises(InvalidInput, match="error-case-shape"):
        walk.do(Act.TEXT, "销售案例")
    with pytest.raises(Stale):
        at_the_cases(kinded_standard(), ONE).do(Act.KIND, "2")


def test_no_kind_is_asked_where_the_standard_has_none_or_twins_are_asked_about() -> None:
    assert POINTS.until("cases", one_by_one).do(Act.TEXT, ONE).screen.kindless is None
    assert at_the_cases(kinded_standard(), ONE, OTHER).screen.kindless is None


@pytest.mark.parametrize(
    ("required", "texts", "known", "ends"),
    [
        (1, (ONE,), (), True),
        (2, (ONE,), (), False),
        (2, (f"{ONE}（管理案例）", "2026-05-01 双卡方案"), (), True),
        (2, (ONE,), (Case(date(2026, 5, 1), "双卡方案"),), True),  # another assessor's counts
        (1, (FAR,), (), False),  # outside the window
        (1, (ONE, "2026-05-01 双卡方案"), (), False),  # the other one's kind is still open
    ],
)
def test_the_last_kind_completes_the_list_once_enough_cases_count(
    required: int, texts: tuple[str, ...], known: tuple[Case, ...], ends: bool
) -> None:
    walk = at_the_cases(kinded_standard(required), *texts)
    outcome = step(applied(walk, *known), Action(Act.KIND, MANAGEMENT))
    assert (outcome.position.current == walk.plan.summary.index) == ends


# What counts.


def test_how_many_count_so_far_stands_on_the_screen_likely_twins_once() -> None:
    walk = at_the_cases(kinded_standard(2), ONE, OTHER, FAR)
    assert view(applied(walk)).counted == (1,)
    assert view(applied(walk, Case(date(2026, 5, 1), "双卡方案"))).counted == (2,)
    assert walk.screen.counted == (0,), "no day to count from"


def test_a_case_on_another_day_than_any_rule_asks_for_is_outside() -> None:
    here = applied(at_the_cases(points_standard(), f"{ONE}\n{FAR}\n2025-05-22 第一天\n2025-05-21 早一天"))
    assert [case.title for case in view(here).outside] == ["老案例", "早一天"]


def test_cases_whose_titles_were_erased_are_still_read() -> None:
    entries = [Entry(EntryKind.CASE, "", "", "2026-03-01")] * 2 + [Entry(EntryKind.CASE_REMOVED, "", "", "")] * 2
    assert answers_of(entries).cases == ()


def test_a_case_of_a_kind_that_does_not_count_is_not_said_to_lie_outside() -> None:
    walk = at_the_cases(kinded_standard())
    entry = Entry(EntryKind.CASE, "", "双卡方案", "2026-03-01 another")
    assert view(applied(replace(walk, entries=(*walk.entries, entry)))).outside == ()


def test_one_case_of_two_has_the_kind_that_either_was_given() -> None:
    here = applied(at_the_cases(kinded_standard(), f"{ONE}（管理案例）"), Case(date(2026, 3, 2), "一次跨省割接的复盘"))
    asked = view(here).twins
    assert asked is not None
    assert step(here, Action(Act.SAME, mark_of(asked))).entries[-1].value == "2026-03-02 management"


def test_likely_twins_that_an_assessor_tells_apart_do_not_complete_the_list() -> None:
    twins = at_the_cases(kinded_standard(), ONE, OTHER)
    assert twins.screen.twins is not None
    last = twins.do(Act.DISTINCT, mark_of(twins.screen.twins)).do(Act.KIND, MANAGEMENT)
    assert step(applied(last), Action(Act.KIND, MANAGEMENT)).position.current == last.here.step.index
