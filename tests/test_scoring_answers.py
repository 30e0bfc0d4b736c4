"""Answers files: a whole one, and every refusal with words that name what is wrong."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from qualify.errors import InvalidInput
from qualify.scoring import Answers, Case, Mark, check_answers, number, read_answers, read_date
from qualify.standard import Standard
from qualify.texts import LANGUAGES, say
from tests.builders import CLIENT, SERVICE


def test_a_whole_answers_file_is_read_as_it_was_meant() -> None:
    data = {
        "application_date": "2026-11-22",
        "criteria": {"customer-visits.3.1": "met", "customer-visits.3.2": "not_observed"},
        "ratings": {"customer-visits": 4.5, "market-support": "7"},
        "reasons": {"customer-visits": " 现场看过 "},
        "exams": {"specialist": 84.9, "product": None},
        "cases": ["2026-03-01", {"date": "2026-04-01", "title": "双卡方案"}],
    }
    answers = Answers(
        marks={"customer-visits.3.1": Mark.MET, "customer-visits.3.2": Mark.NOT_OBSERVED},
        ratings={"customer-visits": Decimal("4.5"), "market-support": Decimal(7)},
        reasons={"customer-visits": "现场看过"},
        scores={"specialist": Decimal("84.9"), "product": None},
        cases=(Case(date(2026, 3, 1)), Case(date(2026, 4, 1), "双卡方案")),
    )
    assert read_answers(SERVICE, "3", data) == (answers, date(2026, 11, 22))


@pytest.mark.parametrize("data", [{}, {"criteria": None, "cases": None, "application_date": None}])
def test_everything_in_an_answers_file_may_be_left_out(data: object) -> None:
    assert read_answers(SERVICE, "3", data) == (Answers(), None)


def test_on_the_scale_the_next_level_may_be_answered_too() -> None:
    answers, _ = read_answers(CLIENT, "4", {"criteria": {"achievement.4.1": "met", "achievement.3.1": "partly"}})
    assert answers.marks == {"achievement.4.1": Mark.MET, "achievement.3.1": Mark.PARTLY}


def test_inherited_criteria_may_be_answered() -> None:
    assert read_answers(SERVICE, "4", {"criteria": {"project-planning.3.1": "met"}})[0].marks


Refusal = tuple[Standard, str, object, str, str]
FILES: list[Refusal] = [  # standard, level, the file, the sentence, what it must name
    (SERVICE, "3", [], "error-answers-object", "JSON"),
    (SERVICE, "3", None, "error-answers-object", "JSON"),
    (SERVICE, "3", {"criterion": {}}, "error-answers-field", "criterion"),
    (SERVICE, "3", {"cases": [{"date": "2026-03-01", "name": "x"}]}, "error-answers-field", "name"),
    (SERVICE, "3", {"criteria": []}, "error-answers-shape", "criteria"),
    (SERVICE, "3", {"ratings": 0}, "error-answers-shape", "ratings"),
    (SERVICE, "3", {"exams": ""}, "error-answers-shape", "exams"),
    (SERVICE, "3", {"cases": {}}, "error-answers-shape", "cases"),
    (SERVICE, "3", {"cases": "2026-03-01"}, "error-answers-shape", "cases"),
    (SERVICE, "3", {"cases": [{"date": "2026-03-01", "title": None}]}, "error-answers-shape", "title"),
    (SERVICE, "3", {"reasons": {"customer-visits": 3}}, "error-answers-shape", "reasons.customer-visits"),
    (SERVICE, "3", {"criteria": {"customer-visits.3.1": "yes"}}, "error-answers-mark", "yes"),
    (SERVICE, "3", {"criteria": {"customer-visits.3.1": True}}, "error-answers-mark", "True"),
    (SERVICE, "3", {"criteria": {"customer-visits.3.1": ["met"]}}, "error-answers-mark", "met"),
    (SERVICE, "3", {"criteria": {"customer-visits.9.9": "met"}}, "error-answers-criterion", "customer-visits.9.9"),
    (SERVICE, "3", {"criteria": {"customer-visits.4.1": "met"}}, "error-answers-criterion", "customer-visits.4.1"),
    (SERVICE, "4", {"criteria": {"customer-visits.3.1": "met"}}, "error-answers-criterion", "customer-visits.3.1"),
    (CLIENT, "4", {"criteria": {"achievement.2.1": "met"}}, "error-answers-criterion", "achievement.2.1"),
    (CLIENT, "3", {"criteria": {"achievement.4.1": "met"}}, "error-answers-criterion", "achievement.4.1"),
    (SERVICE, "3", {"ratings": {"visits": 3}}, "error-answers-element", "visits"),
    (SERVICE, "5", {"ratings": {"negotiation": 0}}, "error-answers-element", "negotiation"),
    (SERVICE, "3", {"reasons": {"visits": "why"}}, "error-answers-element", "visits"),
    (SERVICE, "3", {"exams": {"chemistry": 3}}, "error-answers-subject", "chemistry"),
    (SERVICE, "3", {"ratings": {"customer-visits": 5.5}}, "error-rating-range", "5.5"),
    (SERVICE, "3", {"ratings": {"customer-visits": -0.5}}, "error-rating-range", "-0.5"),
    (SERVICE, "3", {"ratings": {"customer-visits": 4.25}}, "error-rating-range", "4.25"),
    (CLIENT, "4", {"ratings": {"achievement": 7}}, "error-rating-range", "7"),
    (CLIENT, "4", {"ratings": {"achievement": 4.5}}, "error-rating-range", "4.5"),
    (SERVICE, "3", {"exams": {"specialist": 100.5}}, "error-score-range", "100.5"),
    (SERVICE, "3", {"exams": {"product": 501}}, "error-score-range", "501"),
    (SERVICE, "3", {"exams": {"product": -1}}, "error-score-range", "-1"),
    (SERVICE, "3", {"ratings": {"customer-visits": "four"}}, "error-number", "four"),
    (SERVICE, "3", {"ratings": {"customer-visits": None}}, "error-number", "customer-visits"),
    (SERVICE, "3", {"exams": {"specialist": True}}, "error-number", "specialist"),
    (SERVICE, "3", {"application_date": "2026-02-30"}, "error-date", "2026-02-30"),
    (SERVICE, "3", {"cases": ["yesterday"]}, "error-date", "yesterday"),
    (SERVICE, "3", {"cases": [{"title": "x"}]}, "error-date", "None"),
    (SERVICE, "3", {"cases": [None]}, "error-date", "None"),
]


@pytest.mark.parametrize(("standard", "level", "data", "key", "named"), FILES)
def test_an_answers_file_is_refused_with_what_is_wrong(
    standard: Standard, level: str, data: object, key: str, named: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_answers(standard, level, data)
    assert refusal.value.key == key
    for language in LANGUAGES:
        assert named in say(language, key, **refusal.value.values)


CHECKED: list[tuple[Mapping[str, object], str]] = [
    ({"marks": {"achievement.1.1": Mark.MET}}, "error-answers-criterion"),
    ({"ratings": {"nothing": Decimal(1)}}, "error-answers-element"),
    ({"reasons": {"nothing": "why"}}, "error-answers-element"),
    ({"ratings": {"achievement": Decimal(7)}}, "error-rating-range"),
    ({"scores": {"nothing": None}}, "error-answers-subject"),
    ({"scores": {"industry": Decimal(101)}}, "error-score-range"),
]


@pytest.mark.parametrize(("fields", "key"), CHECKED)
def test_answers_from_anywhere_are_checked_alike(fields: Mapping[str, object], key: str) -> None:
    with pytest.raises(InvalidInput, match=key):
        check_answers(CLIENT, "4", Answers(**fields))  # type: ignore[arg-type]


def test_the_bounds_themselves_are_accepted() -> None:
    check_answers(SERVICE, "3", Answers(ratings={"customer-visits": Decimal(5), "user-training": Decimal("0.0")}))
    check_answers(SERVICE, "3", Answers(scores={"specialist": Decimal(0), "product": Decimal(500)}))
    check_answers(CLIENT, "1", Answers(ratings={"achievement": Decimal(6), "writing": Decimal(0)}))


@pytest.mark.parametrize(("written", "read"), [(4, "4"), (4.5, "4.5"), ("85.50", "85.5"), (" 7 ", "7"), (1e1, "10")])
def test_a_number_may_be_written_as_a_number_or_as_text(written: object, read: str) -> None:
    assert number(written, "score") == Decimal(read)


@pytest.mark.parametrize(
    "written", ["", "x", "4,5", True, None, [], "NaN", "Infinity", float("inf"), "1e999999999", "1e-999999999", 10**10]
)
def test_what_is_no_number_to_reckon_with_is_refused(written: object) -> None:
    with pytest.raises(InvalidInput, match="error-number"):
        number(written, "score")


def test_minus_nought_is_nought() -> None:
    assert str(number("-0", "score")) == "0"


@pytest.mark.parametrize(
    "written",
    ["", "2026-13-01", "2026-02-29", "2026-3-1", "20260301", "2026-W09-7", "2026-060", "2026/03/01", "0001-01-01", 5],
)
def test_a_date_is_written_in_one_way_only(written: object) -> None:
    with pytest.raises(InvalidInput, match="error-date"):
        read_date(written)


def test_a_leap_day_is_a_date() -> None:
    assert read_date("2028-02-29") == date(2028, 2, 29)
