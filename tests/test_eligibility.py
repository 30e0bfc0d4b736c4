"""What an applicant must bring, by hand: years of service by calendar, the last appraisals, a level held."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from qualify.eligibility import Applicant, HeldLevel, Lack, held_since, lacking, served_from
from qualify.standard import Appraisals, LevelHeld, ServiceYears, Standard
from tests.builders import SERVICE

APPLIED = date(2026, 11, 22)
ENOUGH = ""


def asking(*rules: ServiceYears | Appraisals | LevelHeld) -> Standard:
    """The service manager standard (levels 3, 4, 5) with these rules."""
    return SERVICE.model_copy(update={"eligibility": rules})


def service(**years: str) -> ServiceYears:
    return ServiceYears(kind="service-years", years={level[1:]: Decimal(each) for level, each in years.items()})


SERVED = asking(service(_3="1", _4="1.5", _5="0.3"))
APPRAISED = asking(Appraisals(kind="appraisals", last={"4": 2, "5": 3}, accepted=("A", "良好")))
HELD = asking(LevelHeld(kind="level-held", levels={"4": "3", "5": "4"}, months=12))


def only(found: Sequence[Lack]) -> Lack:
    (lack,) = found
    return lack


def said(found: Sequence[Lack]) -> str:
    """What is lacking, by the end of its key; ENOUGH where nothing is."""
    return " ".join(lack.key.removeprefix("eligibility-") for lack in found)


def test_without_rules_nothing_is_found() -> None:
    assert lacking(SERVICE, "4", Applicant(), APPLIED) == ()


def test_a_rule_that_says_nothing_about_the_level_asks_nothing_there() -> None:
    assert lacking(APPRAISED, "3", Applicant(), APPLIED) == ()
    assert lacking(HELD, "3", Applicant(), APPLIED) == ()


def test_what_is_lacking_is_found_in_the_order_of_the_rules() -> None:
    rules = Appraisals(kind="appraisals", last={"4": 1}, accepted=("A",)), service(_4="1")
    applicant = Applicant(date(2026, 11, 22), ("B",))
    assert said(lacking(asking(*rules), "4", applicant, APPLIED)) == "appraisals-other service-short"
    assert said(lacking(asking(*reversed(rules)), "4", applicant, APPLIED)) == "service-short appraisals-other"


@pytest.mark.parametrize(
    ("hired", "level", "applied", "lack"),
    [
        # one year: hired 2025-11-22, a year later is 2026-11-22, both days in
        (date(2025, 11, 22), "3", date(2026, 11, 22), ENOUGH),
        (date(2025, 11, 23), "3", date(2026, 11, 22), "service-short"),
        # one year from a leap day: 2025 has no Feb 29, its February ends on the 28th
        (date(2024, 2, 29), "3", date(2025, 2, 27), "service-short"),
        (date(2024, 2, 29), "3", date(2025, 2, 28), ENOUGH),
        # 1.5 years are 18 months: 2025-05-22 + 18 months = 2026-11-22
        (date(2025, 5, 22), "4", date(2026, 11, 22), ENOUGH),
        (date(2025, 5, 23), "4", date(2026, 11, 22), "service-short"),
        # 18 months from 2024-08-31: February 2026 ends on the 28th
        (date(2024, 8, 31), "4", date(2026, 2, 27), "service-short"),
        (date(2024, 8, 31), "4", date(2026, 2, 28), ENOUGH),
        # 0.3 years are 3.6 months, which asks for the fourth as well: 2026-07-22 + 4 months = 2026-11-22
        (date(2026, 7, 22), "5", date(2026, 11, 22), ENOUGH),
        (date(2026, 7, 23), "5", date(2026, 11, 22), "service-short"),
        # somebody who comes later has served nothing
        (date(2027, 1, 4), "3", date(2026, 11, 22), "service-short"),
    ],
)
def test_years_of_service_go_by_the_calendar(hired: date, level: str, applied: date, lack: str) -> None:
    assert said(lacking(SERVED, level, Applicant(hired), applied)) == lack


def test_service_says_from_when_it_is_enough() -> None:
    short = only(lacking(SERVED, "4", Applicant(date(2025, 6, 30)), APPLIED))
    # 2025-06-30 + 18 months = 2026-12-30
    assert short.values == {"years": "1.5", "hired": date(2025, 6, 30), "enough": date(2026, 12, 30)}


def test_without_a_day_of_hiring_nobody_can_tell() -> None:
    found = only(lacking(SERVED, "3", Applicant(), APPLIED))
    assert found == Lack("eligibility-service-unknown", {"years": 1})


@pytest.mark.parametrize(
    ("appraisals", "lack"),
    [
        (("A", "良好"), ENOUGH),
        (("A", "A", "D"), ENOUGH),  # only the last two are asked about
        (("Ａ", " a "), ENOUGH),
        (("A", "C", "A"), "appraisals-other"),
        (("C",), "appraisals-other"),  # the second isn't known, but the first is not enough already
        (("A",), "appraisals-unknown"),
        ((), "appraisals-unknown"),
    ],
)
def test_the_last_appraisals_must_all_be_among_the_accepted(appraisals: tuple[str, ...], lack: str) -> None:
    assert said(lacking(APPRAISED, "4", Applicant(appraisals=appraisals), APPLIED)) == lack


def test_it_is_said_which_appraisals_are_others_and_how_many_are_known() -> None:
    others = only(lacking(APPRAISED, "5", Applicant(appraisals=("C", "A", "D", "E")), APPLIED))
    assert others.values == {"last": 3, "accepted": ("A", "良好"), "others": ("C", "D")}
    unknown = only(lacking(APPRAISED, "5", Applicant(appraisals=("A", "A")), APPLIED))
    assert unknown.values == {"last": 3, "accepted": ("A", "良好"), "known": 2}


@pytest.mark.parametrize(
    ("held", "lack"),
    [
        ((), "level-none"),
        # twelve months since 2025-11-22 are full on 2026-11-22
        ((HeldLevel("3", date(2025, 11, 22), date(2027, 11, 22)),), ENOUGH),
        ((HeldLevel("3", date(2025, 11, 23), date(2027, 11, 23)),), "level-short"),
        # a higher level holds the lower one as well, not the other way round (level 5 asks for 4)
        ((HeldLevel("5", date(2025, 1, 1), date(2027, 1, 1)),), ENOUGH),
        # valid to the last day, that day in
        ((HeldLevel("3", date(2024, 11, 22), date(2026, 11, 22)),), ENOUGH),
        ((HeldLevel("3", date(2024, 11, 21), date(2026, 11, 21)),), "level-none"),
        # granted after the application date
        ((HeldLevel("3", date(2026, 11, 23), date(2028, 11, 23)),), "level-none"),
        # renewed the day after the first ended, in time: held since 2024-06-01
        (
            (HeldLevel("3", date(2024, 6, 1), date(2026, 5, 31)), HeldLevel("3", date(2026, 6, 1), date(2028, 6, 1))),
            ENOUGH,
        ),
        # a day without it: held since 2026-06-02 only
        (
            (HeldLevel("3", date(2024, 6, 1), date(2026, 5, 31)), HeldLevel("3", date(2026, 6, 2), date(2028, 6, 2))),
            "level-short",
        ),
        # the higher level's result ended, the longer lower one goes on beneath it
        (
            (HeldLevel("3", date(2024, 6, 1), date(2027, 6, 1)), HeldLevel("4", date(2025, 1, 1), date(2026, 1, 1))),
            ENOUGH,
        ),
    ],
)
def test_the_lower_level_must_be_held_long_enough(held: tuple[HeldLevel, ...], lack: str) -> None:
    assert said(lacking(HELD, "4", Applicant(held=held), APPLIED)) == lack


def test_a_lower_level_does_not_hold_a_higher_one() -> None:
    held = (HeldLevel("3", date(2020, 1, 1), date(2030, 1, 1)),)
    assert said(lacking(HELD, "5", Applicant(held=held), APPLIED)) == "level-none"


def test_a_level_held_too_short_says_since_when() -> None:
    found = only(lacking(HELD, "4", Applicant(held=(HeldLevel("3", date(2026, 3, 1), date(2028, 3, 1)),)), APPLIED))
    assert found.key == "eligibility-level-short"
    assert (found.values["since"], found.values["enough"]) == (date(2026, 3, 1), date(2027, 3, 1))


DAYS = st.dates(date(1970, 1, 1), date(2060, 12, 31))
YEARS = st.decimals(0, 40, places=3)


@given(DAYS, YEARS)
def test_the_day_before_service_is_enough_is_never_enough(hired: date, years: Decimal) -> None:
    rule, enough = asking(service(_4=str(years))), served_from(hired, years)
    said_then = [said(lacking(rule, "4", Applicant(hired), day)) for day in (enough - timedelta(days=1), enough)]
    assert said_then == ["service-short", ENOUGH]


@given(DAYS, YEARS, YEARS)
def test_more_years_are_never_enough_earlier(hired: date, some: Decimal, more: Decimal) -> None:
    least, most = sorted((some, more))
    assert served_from(hired, least) <= served_from(hired, most)


@given(DAYS, st.integers(0, 40))
def test_whole_years_are_years_of_the_calendar(hired: date, years: int) -> None:
    assert served_from(hired, Decimal(years)) == hired + relativedelta(years=years)


SPANS = st.lists(st.tuples(st.sampled_from("345"), DAYS, st.integers(0, 1000)), max_size=6)


@given(SPANS, DAYS)
def test_a_level_is_held_exactly_where_one_of_its_spans_covers_the_day(
    spans: list[tuple[str, date, int]], day: date
) -> None:
    held = [HeldLevel(level, since, since + timedelta(days=days)) for level, since, days in spans]
    since = held_since(SERVICE, "4", held, day)
    covering = [each for each in held if each.level in "45" and each.since <= day <= each.until]
    assert (since is not None) == bool(covering)
    if since is not None:
        run = [since + timedelta(days=n) for n in range((day - since).days + 1)]
        assert all(any(each.level in "45" and each.since <= one <= each.until for each in held) for one in run[-400:])
        assert since <= min(each.since for each in covering)
