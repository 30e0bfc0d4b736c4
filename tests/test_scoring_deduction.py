"""Published cases: which count within the eighteen months, who listed them, and what the missing ones cost."""

from datetime import date
from decimal import Decimal

import pytest

from qualify.errors import InvalidInput
from qualify.scoring import Case, ReviewInput, score, window_start
from tests.builders import SERVICE, cases, reviewed

RULE = SERVICE.deductions[0]


def found(*listed: tuple[Case, ...], applied: date = date(2026, 11, 22)) -> int:
    """How many cases count when each assessor lists these."""
    reviews: list[ReviewInput] = [reviewed(cases=each) for each in listed]
    return score(SERVICE, "5", reviews, applied).deductions[0].found


@pytest.mark.parametrize(
    ("applied", "since"),
    [
        ("2026-11-22", "2025-05-22"),
        ("2026-01-01", "2024-07-01"),
        ("2026-08-31", "2025-02-28"),  # no 31st in February: its last day
        ("2025-08-31", "2024-02-29"),  # a leap year
        ("2025-08-29", "2024-02-29"),
        ("2026-08-29", "2025-02-28"),
        ("2025-12-31", "2024-06-30"),
        ("2026-02-28", "2024-08-28"),  # the last day of a month is no other than its number
        ("2024-02-29", "2022-08-29"),
        ("2026-05-31", "2024-11-30"),
    ],
)
def test_the_window_is_eighteen_calendar_months_with_both_ends(applied: str, since: str) -> None:
    end, start = date.fromisoformat(applied), date.fromisoformat(since)
    assert window_start(RULE, end) == start
    outside = (date.fromordinal(start.toordinal() - 1), date.fromordinal(end.toordinal() + 1))
    assert [found((Case(day),), applied=end) for day in (start, end, *outside)] == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("level", "points"),
    [("3", (5, 0, 0, 0)), ("4", (10, 5, 0, 0)), ("5", (15, 10, 5, 0))],  # for 0, 1, 2, 3 cases
)
def test_each_missing_case_costs_five_points(level: str, points: tuple[int, ...]) -> None:
    deductions = [
        score(SERVICE, level, [reviewed(cases=cases(number))], date(2026, 11, 22)).deductions[0] for number in range(4)
    ]
    assert [(each.points, each.found) for each in deductions] == list(zip(points, range(4), strict=True))


def test_a_case_too_many_earns_nothing() -> None:
    answers = {"ratings": {"customer-visits": Decimal(3)}, "cases": cases(9)}
    assert score(SERVICE, "3", [reviewed(**answers)], date(2026, 11, 22)).total == 3


DAY, OTHER, FAR = date(2026, 3, 1), date(2026, 4, 1), date(2026, 4, 2)


@pytest.mark.parametrize(
    ("listed", "number"),
    [
        (((),), 0),
        (((Case(DAY, "甲"), Case(DAY, "甲")),), 1),  # the same title twice
        (((Case(DAY, "Case A"), Case(DAY, " case  a ")),), 1),  # typed differently
        (((Case(DAY, "甲"), Case(DAY, "乙")),), 2),
        (((Case(DAY), Case(DAY)),), 2),  # two cases of one day whose titles were left out
        (((Case(DAY, "甲"), Case(OTHER, "甲")),), 1),  # one of the days is likely a mistake: somebody settles it
        (((Case(DAY, "甲"), Case(FAR, "甲")),), 2),
        (((Case(DAY, "甲"),), (Case(DAY, "甲"),)), 1),  # two assessors know of it
        (((Case(DAY, "甲"),), (Case(DAY),)), 1),  # one of them without its title
        (((Case(DAY),), (Case(DAY),)), 1),
        (((Case(DAY, "甲"),), (Case(DAY, "乙"),)), 2),  # each knows of another one
        (((Case(DAY, "甲"),), (Case(OTHER, "乙"), Case(DAY))), 2),
        (((Case(DAY, "甲"), Case(DAY)), (Case(DAY, "甲"),)), 2),
    ],
)
def test_a_case_counts_once_however_often_it_is_listed(listed: tuple[tuple[Case, ...], ...], number: int) -> None:
    assert found(*listed) == found(*reversed(listed)) == number


def test_without_an_application_date_nothing_can_be_deducted() -> None:
    with pytest.raises(InvalidInput, match="error-application-date-needed"):
        score(SERVICE, "3", [reviewed()], None)
