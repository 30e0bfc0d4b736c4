"""`qualify assess`: assessments opened one by one and for a department, changed, ended and listed."""

import pytest

from qualify.services.people import roles
from qualify.storage.tables import Assessment
from qualify.workflow import AssessmentState
from tests.cli import data, misused, refused, said
from tests.company import OPERATOR, SCALE, Company, looked_up
from tests.eligible import FIELD, asking_standards

pytest_plugins = ["tests.cli_fixtures"]
OPEN = ["assess", "open", "--again", "--standard", SCALE, "--level", "3", "--subject", "E1", "--due", "2027-01-31"]
BATCH = ["assess", "batch", "--standard", SCALE, "--level", "3", "--department", "政企客户部", "--due", "2027-01-31"]


def test_an_assessment_is_opened_and_listed(hired: Company) -> None:
    words = [*OPEN, "--application-date", "2026-11-20", "--assessor", "R1:2.5", "--assessor", "R2"]
    assert said(*words) == "Assessment 1 is open.\n"
    assert data("assess", "list") == [
        {
            "id": 1,
            "standard": SCALE,
            "version": 2,
            "level": "3",
            "subject": "陈晨",
            "staff_no": "E1",
            "due_date": "2027-01-31",
            "state": "open",
            "reviews": 2,
            "submitted": 0,
        }
    ]


def test_the_list_of_assessments_lines_up_and_says_their_states_in_words(hired: Company) -> None:
    said(*OPEN, "--assessor", "R1:2.5", "--assessor", "R2")
    assert said("assess", "list", "--language", "zh-CN") == (
        "编号  截止        工号  被评人  标准               级别  状态    已交评审\n"
        "1     2027-01-31  E1    陈晨    client-manager v2  3     未开始  0/2\n"
    )


def test_the_list_can_be_of_some_states_only(hired: Company) -> None:
    said(*OPEN, "--assessor", "R1")
    said(*OPEN, "--assessor", "R1")
    said("assess", "withdraw", "1")
    assert [each["id"] for each in data("assess", "list", "--state", "withdrawn")] == [1]
    assert [each["id"] for each in data("assess", "list", "--state", "open")] == [2]
    assert [each["id"] for each in data("assess", "list", "--state", "open", "--state", "withdrawn")] == [1, 2]
    assert data("assess", "list", "--state", "published") == []
    assert "in_progress" in misused("assess", "list", "--state", "begun")


def test_an_assessment_is_opened_with_a_lead_a_self_assessment_and_no_signature(hired: Company) -> None:
    said(*OPEN, "--assessor", "R1", "--assessor", "R2", "--lead", "R2", "--self", "--waive-sign-off")
    shown = data("assess", "show", "1")
    parts = [(review["assessor"], review["part"]) for review in shown["reviews"]]
    assert parts == [("周明", "member"), ("吴倩", "lead"), ("陈晨", "self")]
    assert shown["sign_off"] is False


def test_who_acts_as_somebody_can_not_waive_the_signature_under_their_own_result(hired: Company) -> None:
    about_oneself = [*OPEN, "--assessor", "R1", "--subject", "A1"]
    assert refused("--as", "A1", *about_oneself, "--waive-sign-off")["error"] == "error-own-waived"
    assert data("assess", "list") == []
    assert data("--as", "A1", *about_oneself) == {"id": 1}
    assert data(*about_oneself, "--waive-sign-off") == {"id": 2}


def test_an_assessment_opened_without_an_application_date_applies_today(hired: Company) -> None:
    opened = data(*OPEN, "--assessor", "R1")
    assert opened == {"id": 1}
    found, _, _ = looked_up(hired.context, 1)
    assert found.application_date == hired.context.today()


@pytest.mark.parametrize(
    ("option", "value", "key"),
    [
        ("--standard", "pilot", "error-standard-unknown"),
        ("--level", "9", "error-level-unknown"),
        ("--subject", "X9", "error-person-unknown"),
        ("--due", "31.1.2027", "error-due"),
        ("--due", "2027-02-30", "error-due"),
        ("--due", "20270131", "error-due"),
        ("--due", "+30", "error-due"),
        ("--due", "-1d", "error-due"),
        ("--due", "+99999d", "error-due"),
        ("--application-date", "yesterday", "error-date"),
        ("--application-date", "", "error-date"),
        ("--application-date", "2026-11-23", "error-applied-future"),
        ("--application-date", "1999-12-31", "error-applied-far"),
        ("--assessor", "X9", "error-person-unknown"),
        ("--assessor", "E1", "error-own-assessor"),
        ("--assessor", "E2", "error-not-assessor"),
        ("--assessor", "R1", "error-assessor-twice"),
        ("--assessor", "R2:0", "error-weight"),
        ("--assessor", "R2:-1", "error-weight"),
        ("--assessor", "R2:much", "error-number"),
        ("--assessor", "R2:", "error-number"),
        ("--assessor", "R2:Infinity", "error-number"),
        ("--lead", "R2", "error-lead"),
        ("--due", "2026-11-21", "error-due-past"),
    ],
)
def test_an_assessment_that_cannot_be_is_refused_and_none_is_opened(
    hired: Company, option: str, value: str, key: str
) -> None:
    assert refused(*OPEN, "--assessor", "R1", option, value)["error"] == key
    assert hired.count(Assessment) == 0


def test_a_due_date_can_be_so_many_days_from_today(hired: Company) -> None:
    said(*OPEN, "--assessor", "R1", "--due", "+30d")
    said(*BATCH, "--assessor", "R2", "--due", "+0d")
    assert [each["due_date"] for each in data("assess", "list")] == ["2026-11-22", "2026-11-22", "2026-12-22"]
    assert said("assess", "extend", "1", "--due", "+60d") == "Assessment 1 is now due on 2027-01-21.\n"
    assert data("assess", "extend", "1", "--due", "+61d") == {"id": 1, "due_date": "2027-01-22"}


# A department


def test_a_batch_says_whom_it_left_out_as_it_was_asked_to(hired: Company) -> None:
    lines = said(*BATCH, "--assessor", "R2", "--without", "e1", "--language", "zh-CN").splitlines()
    assert "未开启：陈晨（E1）按要求不列入。" in lines
    assert [each["staff_no"] for each in data("assess", "list")] == ["E2", "R1"]


def test_a_batch_opens_for_everybody_but_its_assessors_and_who_is_not_finished(hired: Company) -> None:
    said(*OPEN, "--assessor", "R2")
    assert said(*BATCH, "--assessor", "R1", "--assessor", "R2") == (
        "id  staff no.  subject\n"
        "2   E2         何静\n"
        "\n"
        "Left out: 陈晨 (E1), whose last assessment by this standard isn't finished.\n"
        "Left out: 周明 (R1), an assessor of this batch.\n"
    )


def test_a_batch_in_json_says_why_somebody_was_left_out(hired: Company) -> None:
    said(*OPEN, "--assessor", "R2")
    assert data(*BATCH, "--assessor", "R1:2", "--assessor", "R2") == {
        "opened": [{"id": 2, "staff_no": "E2", "name": "何静"}],
        "left_out": [
            {"staff_no": "E1", "name": "陈晨", "reason": "unfinished"},
            {"staff_no": "R1", "name": "周明", "reason": "assessor"},
        ],
    }
    assert [review["weight"] for review in data("assess", "show", "2")["reviews"]] == [2, 1]


def test_a_batch_that_leaves_nobody_out_says_only_what_was_opened(hired: Company) -> None:
    roles.set_active(hired.context, OPERATOR, "R1", active=False)
    assert said(*BATCH, "--assessor", "R2", "--language", "zh-CN").splitlines() == [
        "编号  工号  被评人",
        "1     E1    陈晨",
        "2     E2    何静",
    ]


@pytest.mark.parametrize(
    ("option", "value", "key"),
    [
        ("--department", "人事部", "error-batch-empty"),
        ("--standard", "pilot", "error-standard-unknown"),
        ("--level", "9", "error-level-unknown"),
        ("--due", "2026-11-21", "error-due-past"),
        ("--due", "soon", "error-due"),
        ("--assessor", "X9", "error-person-unknown"),
        ("--assessor", "A1", "error-not-assessor"),
        ("--lead", "E1", "error-lead"),
    ],
)
def test_a_batch_that_cannot_be_is_refused_and_nothing_is_opened(
    hired: Company, option: str, value: str, key: str
) -> None:
    assert refused(*BATCH, "--assessor", "R1", option, value)["error"] == key
    assert hired.count(Assessment) == 0


# What applicants must bring


@pytest.fixture
def asking(hired: Company, monkeypatch: pytest.MonkeyPatch) -> Company:
    """The command line with a standard that asks for a year of service: E1 has it, E2 hasn't."""
    monkeypatch.setenv("STANDARDS_DIR", str(asking_standards(hired.folder).directory))
    said("people", "change", "E1", "--hired-on", "2025-11-22")
    said("people", "change", "E2", "--hired-on", "2025-11-23")
    return hired


FIELD_WORK = ["--standard", FIELD, "--level", "one", "--assessor", "R1"]
LINE = "何静 (E2): must have served a year; hired 2025-11-23, which is full on 2026-11-23"


def test_who_lacks_something_is_named_and_opened_for_with_a_reason(asking: Company) -> None:
    words = [*OPEN, *FIELD_WORK, "--subject", "E2"]
    refusal = refused(*words)
    assert (refusal["error"], refusal["faults"]) == ("error-ineligible", [LINE])
    assert data(*words, "--exception", "needed at once") == {"id": 1}
    assert data("assess", "show", "1")["exception"] == "needed at once"
    assert "Opened as an exception: needed at once" in said("assess", "show", "1").splitlines()


def test_a_batch_leaves_out_who_lacks_something_or_excuses_them(asking: Company) -> None:
    words = [*BATCH, *FIELD_WORK]
    assert refused(*words)["faults"] == [LINE]
    assert "Left out: 何静 (E2), who lacks what applicants must bring." in said(*words, "--without-ineligible")
    assert [each["staff_no"] for each in data("assess", "list")] == ["E1"]
    assert [each["staff_no"] for each in data(*words, "--exception", "needed at once")["opened"]] == ["E2"]


# Changes


def test_an_assessment_is_given_more_time(hired: Company) -> None:
    said(*OPEN, "--assessor", "R1")
    assert said("assess", "extend", "1", "--due", "2027-02-28") == "Assessment 1 is now due on 2027-02-28.\n"
    assert data("assess", "show", "1")["due_date"] == "2027-02-28"
    assert data("assess", "extend", "1", "--due", "2027-03-01") == {"id": 1, "due_date": "2027-03-01"}


def test_a_review_passes_to_another_assessor(hired: Company) -> None:
    said(*OPEN, "--assessor", "R1:2")
    words = ["assess", "reassign", "1", "--from", "R1", "--to", "R2"]
    assert said(*words) == "Assessment 1: the review has passed from R1 to R2.\n"
    passed = [(review["assessor"], review["state"]) for review in data("assess", "show", "1")["reviews"]]
    assert passed == [("周明", "withdrawn"), ("吴倩", "open")]
    back = data("assess", "reassign", "1", "--from", "R2", "--to", "R1")
    assert back == {"id": 1, "review": 1, "assessor": "R1"}


def test_an_assessment_is_withdrawn_and_the_reason_kept(hired: Company) -> None:
    said(*OPEN, "--assessor", "R1")
    assert said("assess", "withdraw", "1", "--reason", "调岗") == "Assessment 1 is withdrawn.\n"
    assert data("audit", "list")[0]["after"] == {"state": "withdrawn", "reason": "调岗"}
    said(*OPEN, "--assessor", "R1")
    assert data("assess", "withdraw", "2") == {"id": 2, "state": AssessmentState.WITHDRAWN.value}


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["extend", "7", "--due", "2027-02-28"], "error-assessment-unknown"),
        (["extend", "1", "--due", "2026-11-21"], "error-due-past"),
        (["extend", "1", "--due", "tomorrow"], "error-due"),
        (["extend", "2", "--due", "2027-02-28"], "error-life-not-owed"),
        (["withdraw", "7"], "error-assessment-unknown"),
        (["withdraw", "2"], "error-life"),
        (["reassign", "7", "--from", "R1", "--to", "R2"], "error-assessment-unknown"),
        (["reassign", "2", "--from", "R1", "--to", "R2"], "error-life-not-owed"),
        (["reassign", "1", "--from", "R2", "--to", "R1"], "error-reassign-not-owed"),
        (["reassign", "1", "--from", "X9", "--to", "R2"], "error-person-unknown"),
        (["reassign", "1", "--from", "R1", "--to", "E1"], "error-own-assessor"),
        (["reassign", "1", "--from", "R1", "--to", "R1"], "error-reassign-here-already"),
        (["reassign", "1", "--from", "R1", "--to", "A1"], "error-not-assessor"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_nothing_changes(hired: Company, words: list[str], key: str) -> None:
    said(*OPEN, "--assessor", "R1")
    said(*OPEN, "--assessor", "R1")
    said("assess", "withdraw", "2")
    before = data("assess", "list"), data("audit", "list")
    assert refused("assess", *words)["error"] == key
    assert (data("assess", "list"), data("audit", "list")) == before


def test_the_list_is_narrowed_by_words_person_department_and_standard(hired: Company) -> None:
    said(*OPEN, "--assessor", "R1")
    for narrowed, count in (
        (["陈"], 1),
        (["何"], 0),
        (["--subject", "E1"], 1),
        (["--department", "政企客户部"], 1),
        (["--department", "技术支援部"], 0),
        (["--standard", "client-manager"], 1),
        (["--standard", "service-manager", "--state", "open"], 0),
    ):
        assert len(data("assess", "list", *narrowed)) == count, narrowed
    assert refused("assess", "list", "--subject", "X9")["error"] == "error-staff-no-unknown"


def test_a_second_one_by_the_standard_needs_a_word(hired: Company) -> None:
    once = [word for word in OPEN if word != "--again"]
    said(*once, "--assessor", "R1")
    assert refused(*once, "--assessor", "R1")["error"] == "error-assessment-second"
    assert len(data("assess", "list")) == 1
    said(*OPEN, "--assessor", "R1")
    assert len(data("assess", "list")) == 2
