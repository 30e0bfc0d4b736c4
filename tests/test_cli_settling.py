"""`qualify assess settle`: which of several scores stands, whether two similar cases are one."""

from qualify.dialogue import Act, Action, Screen, StepKind
from tests.cli import data, misused, refused, said
from tests.company import POINTS, SCALE, Company, all_met

pytest_plugins = ["tests.cli_fixtures"]


def conflict(hired: Company) -> None:
    """An assessment whose assessors give 100 and 45 in every examination of the skills."""
    first, second = hired.opens(SCALE, "4", assessors=("R1", "R2"), sign_off=True)
    hired.finishes("R1", first)

    def choose(screen: Screen) -> Action:
        if screen.step.kind is StepKind.SCORE and screen.step.element == "role-skills":
            return Action(Act.TEXT, "45 45 45")
        return all_met(screen)

    hired.finishes("R2", second, choose)


def twins(hired: Company) -> None:
    """An assessment whose assessors each list a case that looks like the other's."""
    first, second = hired.opens(POINTS, "4", assessors=("R1", "R2"), sign_off=True)
    for staff_no, review, title in (("R1", first, "跨省割接复盘"), ("R2", second, "一次跨省割接的复盘")):

        def choose(screen: Screen, title: str = title) -> Action:
            if screen.step.kind is StepKind.CASES and not screen.cases:
                return Action(Act.TEXT, f"2026-07-01 {title}")
            return all_met(screen)

        hired.finishes(staff_no, review, choose)


def test_what_has_to_be_settled_is_shown_with_how_it_is_named(hired: Company) -> None:
    conflict(hired)
    lines = said("assess", "show", "1").splitlines()
    at = lines.index("To settle before signing (assess settle):")
    assert lines[at + 1].startswith("  --subject computing  ")
    assert lines[at + 1].endswith("45 (吴倩) / 100 (周明) · to be settled, 100 counts until then")
    first, *_ = data("assess", "show", "1")["to_settle"]
    assert first == {
        "subject": "computing",
        "claims": [
            {"score": 45, "list": None, "assessors": ["吴倩"]},
            {"score": 100, "list": None, "assessors": ["周明"]},
        ],
        "settled": False,
        "stands": 100,
    }


def test_a_score_is_settled_and_scored_again(hired: Company) -> None:
    conflict(hired)
    assert refused("sign-off", "1")["error"] == "error-unsettled"
    for subject in ("computing", "documents", "english"):
        told = said("--as", "A1", "assess", "settle", "1", "--subject", subject, "--score", "45")
        assert told == "Assessment 1: settled, and scored again.\n"
    assert data("sign-off", "1")["result"] == 4
    assert [each["stands"] for each in data("assess", "show", "1")["to_settle"]] == []


def test_every_score_is_settled_at_once_as_a_review_has_it(hired: Company) -> None:
    conflict(hired)
    second = data("assess", "show", "1")["reviews"][1]["id"]
    assert refused("assess", "settle", "1", "--lists")["error"] == "error-settle-source"
    assert data("assess", "settle", "1", "--review", str(second)) == {"id": 1, "result": 2}
    assert [each["stands"] for each in data("assess", "show", "1")["to_settle"]] == [45, 45, 45]


def test_two_cases_are_settled_by_the_number_of_their_pair(hired: Company) -> None:
    twins(hired)
    (pair,) = data("assess", "show", "1")["to_settle"]
    assert [case["title"] for case in pair["cases"]] == ["一次跨省割接的复盘", "跨省割接复盘"]
    assert data("assess", "settle", "1", "--cases", "1", "--distinct") == {"id": 1, "result": 2}
    assert data("assess", "show", "1")["to_settle"][0]["same"] is False


def test_what_can_not_be_settled_is_refused(hired: Company) -> None:
    conflict(hired)
    for words, key in (
        (("--subject", "law", "--score", "45"), "error-settle-subject"),
        (("--subject", "english", "--score", "46"), "error-settle-score"),
        (("--cases", "1", "--same"), "error-settle-pair"),
    ):
        assert refused("assess", "settle", "1", *words)["error"] == key


def test_one_thing_is_settled_at_a_time(hired: Company) -> None:
    conflict(hired)
    for words in ((), ("--subject", "english"), ("--cases", "1"), ("--cases", "1", "--same", "--subject", "english")):
        assert "--subject" in misused("assess", "settle", "1", *words)
