"""What people type: scores in a line, published cases, numbers and reasons; and that nothing else gets through."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualify.dialogue.typed import (
    MAX_REASON,
    MAX_TITLE,
    is_number,
    read_cases,
    read_named_scores,
    read_number,
    read_reason,
    read_scores,
)
from qualify.errors import InvalidInput
from qualify.scoring import Case
from qualify.standard import CaseKind, Subject, Text
from qualify.texts import LANGUAGES, say
from tests.dialogue import TODAY

SUBJECTS = tuple(
    Subject(id=name, name=Text(zh=name, en=name), max=Decimal(most))
    for name, most in (("policy", 100), ("products", 500), ("rules", 50))
)
COMPANY = (
    Subject(id="company", name=Text(zh="企业概况", en="Company overview"), max=Decimal(100)),
    Subject(id="rules", name=Text(zh="企业规章制度", en="Company rules"), max=Decimal(100)),
)


@pytest.mark.parametrize(
    ("text", "scores"),
    [
        ("85", [85]),
        ("85 402 40", [85, 402, 40]),
        ("85,402,40", [85, 402, 40]),
        ("85，402，40。", [85, 402, 40]),
        ("85、402;40", [85, 402, 40]),
        ("85；402\n40", [85, 402, 40]),
        ("  85   402\t40  ", [85, 402, 40]),
        ("８５　４０２　４０", [85, 402, 40]),
        ("85分", [85]),
        ("85 分 402 分 40 分", [85, 402, 40]),
        ("85分402分40分", [85, 402, 40]),
        ("0 0 0", [0, 0, 0]),
        ("100 500 50", [100, 500, 50]),
        ("84.5", ["84.5"]),
        ("84。5", ["84.5"]),
        ("８４．５", ["84.5"]),
        ("85.", [85]),
        (".5", ["0.5"]),
        ("085", [85]),
        ("-", [None]),
        ("85 - 40", [85, None, 40]),
        ("— – －", [None, None, None]),
        ("——", [None]),
        ("缺考", [None]),
        ("缺考 402 未参加", [None, 402, None]),
        ("Absent none 40", [None, None, 40]),
        ("85 402", [85, 402]),
        ("没考", [None]),
        ("85 没考 没参加考试", [85, None, None]),
        ("都没考", [None, None, None]),
        ("none taken", [None, None, None]),
        ("85, 4 40", [85, 4, 40]),
        ("85,9,40", [85, 9, 40]),
    ],
)
def test_scores_are_read(text: str, scores: list[int | str | None]) -> None:
    assert read_scores(text, SUBJECTS) == [None if score is None else Decimal(score) for score in scores]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "error-scores-count"),
        (" ,，分", "error-scores-count"),
        ("85 402 40 1", "error-scores-count"),
        ("1,000 402 40", "error-scores-count"),
        ("八十五", "error-number"),
        ("85/100", "error-number"),
        ("85%", "error-number"),
        ("85.5.5", "error-number"),
        (".", "error-number"),
        ("+85", "error-number"),
        ("-85", "error-number"),
        ("-0", "error-number"),
        ("8_5", "error-number"),
        ("8²", "error-number"),
        ("1e2", "error-number"),
        ("1e999999999", "error-number"),
        ("0x55", "error-number"),
        ("nan", "error-number"),
        ("Infinity", "error-number"),
        ("9" * 4000, "error-number"),
        ("85 好 40", "error-number"),
        ("88,5", "error-scores-comma"),
        ("88，5 90", "error-scores-comma"),
        ("100.1", "error-score-range"),
        ("85 501 40", "error-score-range"),
        ("85 402 51", "error-score-range"),
    ],
)
def test_scores_that_cannot_be_are_refused(text: str, key: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_scores(text, SUBJECTS)
    assert refusal.value.key == key


def test_a_single_subject_takes_a_single_score() -> None:
    assert read_scores("50", SUBJECTS[2:]) == [50]
    with pytest.raises(InvalidInput, match="error-scores-one"):
        read_scores("50 50", SUBJECTS[2:])


@pytest.mark.parametrize(
    ("text", "scores"),
    [
        ("企业规章制度 70", {"rules": 70}),
        ("企业规70分，企业概况：没考", {"rules": 70, "company": None}),
        ("company overview 88。5 Company rules -", {"company": Decimal("88.5"), "rules": None}),
        ("70", {}),
        ("没考 70", {}),
        ("企业规章制度 -5", {}),
        ("企业规章制度 70 好", {}),
        ("法律 70", {}),
        ("C 70", {}),
    ],
)
def test_scores_behind_a_name_or_its_beginning_are_of_that_subject(text: str, scores: dict[str, object]) -> None:
    assert read_named_scores(text, COMPANY) == scores


def test_a_beginning_that_subjects_share_asks_for_the_whole_name() -> None:
    with pytest.raises(InvalidInput, match="error-score-subject"):
        read_named_scores("企业 70", COMPANY)


def test_a_comma_that_may_be_a_point_is_asked_about_with_both_readings() -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_scores("90 88,5", SUBJECTS)
    assert refusal.value.values == {"given": "88,5", "one": "88.5", "whole": "88", "other": "5"}
    said = say("zh-CN", refusal.value.key, **refusal.value.values)
    assert "88.5" in said
    assert "88 5" in said


@pytest.mark.parametrize(
    ("text", "day", "title"),
    [
        ("2026-03-01 夜间割接", (2026, 3, 1), "夜间割接"),
        ("2026-3-1 夜间割接", (2026, 3, 1), "夜间割接"),
        ("2026/03/01 夜间割接", (2026, 3, 1), "夜间割接"),
        ("2026.3.1 夜间割接", (2026, 3, 1), "夜间割接"),
        ("2026年3月1日 夜间割接", (2026, 3, 1), "夜间割接"),
        ("2026年3月1日夜间割接", (2026, 3, 1), "夜间割接"),
        ("2026年3月1日5G专网开通", (2026, 3, 1), "5G专网开通"),
        ("2026 年 3 月 1 号：夜间割接", (2026, 3, 1), "夜间割接"),
        ("２０２６－０３－０１　夜间割接", (2026, 3, 1), "夜间割接"),
        ("２０２６年３月１日，夜间割接", (2026, 3, 1), "夜间割接"),
        ("2026-03-01夜间割接", (2026, 3, 1), "夜间割接"),
        ("2026-03-01 - 夜间割接", (2026, 3, 1), "夜间割接"),
        ("2026-03-01, night  migration ", (2026, 3, 1), "night migration"),
        ("2026-03-01 日报制度的推广", (2026, 3, 1), "日报制度的推广"),
        ("2026-03-01 割接复盘：深夜（一）", (2026, 3, 1), "割接复盘：深夜（一）"),
        ("2026-03-01 <b>&amp;</b>", (2026, 3, 1), "<b>&amp;</b>"),
        ("2024-02-29 闰日", (2024, 2, 29), "闰日"),
        ("2026-11-22 今天", (2026, 11, 22), "今天"),
        ("1999-12-31 旧案例", (1999, 12, 31), "旧案例"),
        (f"2026-03-01 {'长' * MAX_TITLE}", (2026, 3, 1), "长" * MAX_TITLE),
    ],
)
def test_a_case_is_read(text: str, day: tuple[int, int, int], title: str) -> None:
    assert read_cases(text, TODAY) == [Case(date(*day), title)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "error-case-none"),
        (" \n\u3000\n", "error-case-none"),
        ("夜间割接", "error-case-shape"),
        ("夜间割接 2026-03-01", "error-case-shape"),
        ("3月1日 夜间割接", "error-case-shape"),
        ("26-03-01 夜间割接", "error-case-shape"),
        ("2026-03 夜间割接", "error-case-shape"),
        ("20260301 夜间割接", "error-case-shape"),
        ("2026-3-15G专网", "error-case-shape"),
        ("2026-03-01Night migration", "error-case-shape"),
        ("2026-03-001 夜间割接", "error-case-shape"),
        ("2026-03-01", "error-case-title"),
        ("2026年3月1日", "error-case-title"),
        ("2026-03-01 ——", "error-case-title"),
        ("2026-03-01 \u200b", "error-case-title"),
        (f"2026-03-01 {'长' * (MAX_TITLE + 1)}", "error-case-title-long"),
        ("2026-02-29 没有这一天", "error-date"),
        ("2026-13-01 没有这个月", "error-date"),
        ("2026-00-10 没有这个月", "error-date"),
        ("0000-01-01 没有这一年", "error-date"),
        ("2026-04-31 没有这一天", "error-date"),
        ("1899-12-31 太早了", "error-date"),
        ("0001/1/1²", "error-date"),
        ("2026-11-23 明天", "error-case-future"),
        ("9999-12-31 很久以后", "error-case-future"),
    ],
)
def test_a_case_that_cannot_be_is_refused(text: str, key: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_cases(text, TODAY)
    assert refusal.value.key == key


def test_several_cases_come_one_a_line_with_or_without_empty_lines() -> None:
    assert read_cases("2026-03-01 甲\r\n\n  2026年4月2日 乙  \n", TODAY) == [
        Case(date(2026, 3, 1), "甲"),
        Case(date(2026, 4, 2), "乙"),
    ]


def test_of_several_cases_the_line_that_is_wrong_is_named() -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_cases("2026-03-01 甲\n昨天 乙", TODAY)
    for language in LANGUAGES:
        assert "昨天 乙" in say(language, refusal.value.key, **refusal.value.values)


@pytest.mark.parametrize("wrong", ["乙", "2026-02-30 乙", "2026-12-01 乙", "2026-04-02"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_wrong_line_refuses_them_all(wrong: str, place: int) -> None:
    lines = ["2026-03-01 甲", "2026-05-01 丙"]
    lines.insert(place, wrong)
    with pytest.raises(InvalidInput):
        read_cases("\n".join(lines), TODAY)


def test_the_line_that_is_wrong_is_named() -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_cases("2026-03-01 甲\n忘了日期\n2026-05-01 丙", TODAY)
    assert refusal.value.values == {"given": "忘了日期"}


KINDS = (
    CaseKind(id="management", name=Text(zh="管理案例", en="Management case")),
    CaseKind(id="sales", name=Text(zh="服务销售案例", en="Service sales case")),
)


@pytest.mark.parametrize(
    ("text", "title", "kind"),
    [
        ("管理案例 夜间割接", "夜间割接", "management"),
        ("management case: migration", "migration", "management"),
        ("夜间割接（服务销售案例）", "夜间割接", "sales"),
        ("夜间割接，管理案例", "夜间割接", "management"),
        ("管理案例", "管理案例", ""),
        ("管理案例库的建设", "管理案例库的建设", ""),
        ("夜间割接", "夜间割接", ""),
    ],
)
def test_a_case_may_say_its_kind_before_or_behind_its_title(text: str, title: str, kind: str) -> None:
    assert read_cases(f"2026-03-01 {text}", TODAY, KINDS) == [Case(date(2026, 3, 1), title, kind)]


@pytest.mark.parametrize("text", ["4", " 4 ", "4.5", "4.", ".5", "４．５", "4。5", "4分", "4 分", "0", "𝟮"])
def test_a_number_is_a_number_however_it_is_typed(text: str) -> None:
    assert is_number(text)
    assert read_number(text, "care") >= 0


@pytest.mark.parametrize(
    "text", ["", "分", ".", "-4", "+4", "4-5", "4,5", "1e1", "4_5", "½", "四", "4 5", "NaN", "inf"]
)
def test_anything_else_is_not_a_number(text: str) -> None:
    assert not is_number(text)
    with pytest.raises(InvalidInput):
        read_number(text, "care")


@pytest.mark.parametrize("text", ["投诉", " ok ", "第 2 次", "好" * MAX_REASON, f"  {'好' * MAX_REASON}\n"])
def test_a_reason_is_kept_as_it_was_written(text: str) -> None:
    assert read_reason(text) == text.strip()


@pytest.mark.parametrize(
    "text", ["", " \n", "。", "……", "👍", "\u200b", "5", "４．５分", "达到", "好" * (MAX_REASON + 1)]
)
def test_a_reason_without_words_or_too_long_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="error-reason-length"):
        read_reason(text)


DIGITS = "0123456789０１２３４５６７８９٠"
TYPED = st.one_of(
    st.text(),
    st.text(alphabet=f"{DIGITS}.,-—分 年月日/:e_+案例\n", max_size=40),
    st.from_regex(r"\d{1,4}[-年/.]\d{1,3}[-月/.]\d{1,3}日?.{0,9}", fullmatch=True),
)


def sentence(refusal: InvalidInput) -> None:
    """Every refusal can be said in every language, and quotes little of what was typed."""
    assert all(len(say(language, refusal.key, **refusal.values)) < 300 for language in LANGUAGES)


@given(TYPED)
def test_whatever_is_typed_for_scores_gives_scores_in_range_or_one_refusal(text: str) -> None:
    try:
        scores = read_scores(text, SUBJECTS)
    except InvalidInput as refusal:
        sentence(refusal)
    else:
        assert 1 <= len(scores) <= len(SUBJECTS)
        assert all(score is None or 0 <= score <= of.max for score, of in zip(scores, SUBJECTS, strict=False))


@given(TYPED, st.dates())
def test_whatever_is_typed_for_cases_gives_cases_up_to_today_or_one_refusal(text: str, today: date) -> None:
    try:
        cases = read_cases(text, today)
    except InvalidInput as refusal:
        sentence(refusal)
    else:
        assert cases
        assert all(case.adopted <= today and 0 < len(case.title) <= MAX_TITLE for case in cases)


@given(TYPED)
def test_whatever_is_typed_for_a_number_or_a_reason_is_read_or_refused(text: str) -> None:
    for read in (read_reason, lambda typed: read_number(typed, "care")):
        try:
            read(text)
        except InvalidInput as refusal:
            sentence(refusal)


@given(st.dates(date(1900, 1, 1), TODAY), st.text(alphabet="夜间割接5Gabc", min_size=1, max_size=MAX_TITLE))
def test_a_case_written_as_the_example_says_is_read_back(adopted: date, title: str) -> None:
    assert read_cases(f"{adopted.isoformat()} {title}", TODAY) == [Case(adopted, title)]


@given(st.lists(st.none() | st.decimals(0, 50, places=2), min_size=3, max_size=3))
def test_scores_written_with_spaces_are_read_back(scores: list[Decimal | None]) -> None:
    line = " ".join("-" if score is None else f"{score:f}" for score in scores)
    assert read_scores(line, SUBJECTS) == scores
