"""`qualify result` and `chart`: a stored assessment in figures, words and a picture."""

from pathlib import Path

from qualify.reporting.data import as_json
from qualify.services.assessments import results
from qualify.texts import LANGUAGES, say
from tests.cli import data, refused, said, sentences
from tests.company import OPERATOR, POINTS, SCALE, Company

pytest_plugins = ["tests.cli_fixtures"]
OPEN = ["assess", "open", "--again", "--standard", SCALE, "--level", "3", "--subject", "E1", "--due", "2027-01-31"]


def test_a_result_is_shown_as_json_in_the_shape_that_scoring_gives_it(hired: Company) -> None:
    (review_id,) = hired.opens(POINTS, "3")
    hired.finishes("R1", review_id)
    shown = results.of_assessment(hired.context, OPERATOR, 1)
    for language in LANGUAGES:
        expected = as_json(shown.standard, shown.result, language)
        assert data("result", "show", "1", "--language", language) == expected
    assert expected["total"] == 100


def test_a_result_is_shown_in_words_and_drawn(hired: Company) -> None:
    (review_id,) = hired.opens(POINTS, "3")
    hired.finishes("R1", review_id)
    lines = said("result", "show", "1", "--language", "zh-CN").splitlines()
    assert lines[0].startswith("陈晨 · 服务经理任职资格标准 v2 · ")
    assert (lines[1], lines[2].startswith(" "), lines[3].startswith("  ")) == ("", False, True)
    assert said("chart", "1", "chart.png", "--theme", "dark") == "Drawn: chart.png\n"
    assert Path("chart.png").read_bytes().startswith(b"\x89PNG")


def test_no_chart_is_drawn_of_an_assessment_without_a_result(hired: Company) -> None:
    said(*OPEN, "--assessor", "R1")
    unfinished = [say(language, "error-assessment-without-result", id="1") for language in LANGUAGES]
    unknown = [say(language, "error-assessment-unknown", id="7") for language in LANGUAGES]
    assert sentences("chart", "1", "chart.png") == unfinished
    assert sentences("chart", "7", "chart.png") == unknown
    assert not Path("chart.png").exists()


def test_a_result_is_shown_to_who_may_see_it(hired: Company) -> None:
    """Before it is published that is an administrator; afterwards also the employee and who rated."""
    (review_id,) = hired.opens(POINTS, "3", sign_off=True)
    hired.finishes("R1", review_id)
    assert data("--as", "A1", "result", "show", "1")["total"] == 100
    for staff_no in ("E1", "R1"):
        assert refused("--as", staff_no, "result", "show", "1")["error"] == "error-assessment-without-result"
    said("sign-off", "1")
    said("publish", "1")
    for staff_no in ("E1", "R1"):
        assert data("--as", staff_no, "result", "show", "1")["total"] == 100
    assert refused("--as", "E2", "result", "show", "1")["error"] == "error-assessment-without-result"
