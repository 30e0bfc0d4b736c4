"""What a standard calls its parts: the scale's words for ratings, and a name for everything that has an id."""

from decimal import Decimal

from qualify.paths import STANDARDS
from qualify.standard import label, names, shipped
from tests.builders import CLIENT, SERVICE


def test_a_whole_rating_has_its_word() -> None:
    assert [label(CLIENT, Decimal(n), "zh-CN") for n in (0, 5, 6)] == ["尚不具备", "达标", "超标"]
    assert (label(CLIENT, Decimal("4.5"), "en"), label(SERVICE, Decimal(5), "en")) == ("", "")


def test_everything_has_its_name() -> None:
    named = names(SERVICE, "en")
    assert (named["cases"], named["ordinary"], named["specialist"]) == (
        "Published cases",
        "Ordinary",
        "Service manager specialist knowledge",
    )


def test_an_exam_a_kind_of_case_and_a_reading_list_have_names_too() -> None:
    named = names(shipped(STANDARDS).get("service-manager", 2), "en")
    assert [named[each] for each in ("knowledge", "service-sales-case", "networks", "basic")] == [
        "Knowledge composite",
        "Service sales case",
        "Communication networks",
        "Basic",
    ]
