"""An organisation's settings: worked by hand what each changes, and refused with what would be right."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from qualify.errors import InvalidStandard
from qualify.paths import STANDARDS
from qualify.reporting.explanation import explain
from qualify.scoring import Mark
from qualify.standard import (
    Standard,
    StandardSettings,
    all_subjects,
    criteria_at,
    overlaid,
    parse,
    problems_of,
    read_settings,
    shipped,
    structure_hash,
)
from qualify.texts import LANGUAGES, keys
from tests.builders import all_marked, of, ratings_of, scored, signs
from tests.test_scoring_counting import COUNTED

SERVICE = shipped(STANDARDS).get("service-manager", 2)
CLIENT = shipped(STANDARDS).get("client-manager", 2)
TEXT = (STANDARDS / "client-manager" / "v2.yaml").read_text(encoding="utf-8")
OPEN_BANDS = parse(TEXT.replace("  exam_bands:\n", "  exam_bands:\n    bands_assumed: true\n"), "v2.yaml")
FROM = "from: 2027-01-01\n"
ROWS = "suggestion: [{share: 1, rating: 5}, {share: 0.75, rating: 4}, {share: 0.5, rating: 3}, {share: 0, rating: 1}]"


def laid_over(standard: Standard, text: str, number: int = 1) -> Standard:
    return overlaid(standard, read_settings(FROM + text, "own.yaml", standard), number)


def writing(standard: Standard, level: str = "3", pattern: str = "+/-") -> tuple[Decimal | None, Decimal | None]:
    """Suggestion and gap of 书面表达 with 1.5 of 3 met, or another pattern."""
    found = of(scored(standard, level, marks=signs(standard, level, {"writing": pattern})), "writing")
    return found.suggestion, found.gap


def exceeding(standard: Standard) -> Decimal | None:
    """What is suggested for 书面表达 at 3级 with all of it met, and 2 of the next level's 3."""
    above = [each.id for each in criteria_at(standard.element("writing"), "2")]
    marks = all_marked(standard, "3") | dict.fromkeys(above[:2], Mark.MET)
    return of(scored(standard, "3", marks=marks), "writing").suggestion


def general(standard: Standard, level: str = "3", scores: tuple[int | None, ...] = (100, 60, 60, 60)) -> Decimal | None:
    """The rating of 通用基础知识 with these scores in its four subjects."""
    subjects = (each.id for each in standard.element("general-knowledge").subjects)
    given = {key: None if each is None else Decimal(each) for key, each in zip(subjects, scores, strict=True)}
    return of(scored(standard, level, scores=given), "general-knowledge").rating


def grade(standard: Standard) -> str | None:
    """The grade of 87 points."""
    return scored(standard, "3", marks=all_marked(standard, "3"), ratings=ratings_of("3", "92")).grade  # −5: no case


def counted(standard: Standard) -> str | None:
    """The grade with 2 of 10 criteria unmet, which is 20 %."""
    return scored(standard, "one", marks=signs(standard, "one", {"work": "+++++", "service": "++++--"})).grade


@pytest.mark.parametrize(
    ("text", "standard", "look", "before", "after"),
    [
        ('targets: {writing: {"3": 4}}', CLIENT, writing, (2, 3), (2, 2)),  # 1/2 → 2: three short of 5, two of 4
        ('targets: {writing: {"3": 4}}', CLIENT, lambda each: writing(each, "2"), (2, 3), (2, 3)),
        (ROWS, CLIENT, writing, (2, 3), (3, 2)),  # 1/2 reaches the row of 0.5
        (ROWS, CLIENT, lambda each: writing(each, pattern="---"), (0, 5), (1, 4)),
        ("next_level_share: 0.7", CLIENT, exceeding, 6, 5),  # 2/3 is more than a half and less than 0.7
        ("weights: {industry: 3}", CLIENT, general, 3, 4),  # 280 ÷ 4 = 70; (300 + 180) ÷ 6 = 80
        ('weights: {industry: {"4": 1, "3": 3, "2": 1, "1": 1}}', CLIENT, general, 3, 4),
        ('weights: {industry: {"4": 1, "3": 3, "2": 1, "1": 1}}', CLIENT, lambda each: general(each, "2"), 3, 3),
        ("untaken: 1", CLIENT, lambda each: general(each, scores=(None,) * 4), 0, 1),
        ("exam_bands: [{score: 70, rating: 5}, {score: 0, rating: 1}]", OPEN_BANDS, general, 3, 5),  # the mean is 70
        ("grades: {professional: 90}", SERVICE, grade, "professional", "ordinary"),
        ("grades: {best: 0.2}", COUNTED, counted, "good", "best"),
    ],
)
def test_each_setting_changes_what_it_names_and_nothing_else(  # the columns of the table
    text: str, standard: Standard, look: Callable[[Standard], object], before: object, after: object
) -> None:
    assert (look(standard), look(laid_over(standard, text))) == (before, after)


def test_a_subject_that_is_weighed_otherwise_is_explained_so() -> None:
    """300 + 3 × 60 = 480 of 6 parts: 80, the band from 71."""
    heavier = laid_over(CLIENT, "weights: {industry: 3}")
    scores = {each.id: Decimal(100 if each.id == "industry" else 60) for each in all_subjects(CLIENT)}
    words = explain(heavier, scored(heavier, "3", scores=scores), "zh-CN")
    assert words.elements["general-knowledge"][1].startswith("电信行业概况 100（占 50%）、")
    assert words.elements["general-knowledge"][1].endswith("→ 加权平均 80 分 → 71 分起的一档 → 4 分")
    assert words.notes[-1] == "按本单位第 1 号设置计算（2027-01-01 起用）。"


def test_bands_that_are_ours_are_marked_so() -> None:
    scores = {each.id: Decimal(70) for each in all_subjects(CLIENT)}
    ours, theirs = (explain(each, scored(each, "3", scores=scores), "zh-CN") for each in (OPEN_BANDS, CLIENT))
    assert ours.elements["general-knowledge"][1].endswith("→ 61 分起的一档※1 → 3 分")
    assert "考试平均分的分数线" in ours.notes[1]
    assert theirs.elements["general-knowledge"][1].endswith("→ 61 分起的一档 → 3 分")
    assert theirs.notes == []


def test_the_standard_itself_stays_as_it_was() -> None:
    kept = structure_hash(CLIENT)
    made = laid_over(CLIENT, f'targets: {{writing: {{"3": 4}}}}\n{ROWS}')
    assert (structure_hash(CLIENT), CLIENT.settings) == (kept, None)
    assert made.settings == (1, date(2027, 1, 1))


def test_the_structure_tells_the_same_numbers_set_twice_apart() -> None:
    """A result is found by it again, and names the settings that it was made with."""
    hashes = {structure_hash(laid_over(CLIENT, "untaken: 1", number)) for number in (1, 2)}
    assert len(hashes | {structure_hash(CLIENT), structure_hash(laid_over(CLIENT, ""))}) == 4


def test_what_is_stored_says_the_same_as_the_file() -> None:
    settings = read_settings(FROM + ROWS + "\ngrades: {}\nweights: {industry: 1.50}", "own.yaml", CLIENT)
    stored = settings.model_dump_json(by_alias=True, exclude_unset=True)
    again = StandardSettings.model_validate_json(stored)
    assert structure_hash(overlaid(CLIENT, again, 1)) == structure_hash(overlaid(CLIENT, settings, 1))


REFUSED = [
    ("levels: [{id: 5}]", CLIENT, [(2, "settings-fixed")]),
    ("elements: {writing: {points: 4}}", CLIENT, [(2, "settings-fixed")]),
    ("deductions: []\nkey_conditions: {}", SERVICE, [(2, "settings-fixed"), (3, "settings-fixed")]),
    ("target: 4", CLIENT, [(2, "standard-field-unknown-near")]),
    ("cut: 4", CLIENT, [(2, "standard-field-unknown")]),
    ("from: soon", CLIENT, [(1, "standard-not-date")]),
    ('targets: {writting: {"3": 4}}', CLIENT, [(2, "settings-unknown")]),
    ('targets:\n  writing:\n    "7": 4\n    "3": 7', CLIENT, [(4, "level-unknown"), (5, "rating-unlabelled")]),
    ('targets: {writing: {"3": 0}}', CLIENT, [(2, "standard-out-of-range")]),
    ('targets: {handling-customers: {"3": 4}}', SERVICE, [(2, "settings-absent")]),
    ("weights:\n  industrie: 2\n  law:\n    3: 1", CLIENT, [(3, "settings-unknown")]),
    ("weights:\n  industry:\n    3: 1", CLIENT, [(3, "level-missing")] * 3),
    ("weights: {industry: 0}", CLIENT, [(2, "standard-out-of-range")]),
    ("weights: {specialist: 0.6}", SERVICE, [(2, "settings-weight-of-the-source")]),
    ("exam_bands: [{score: 0, rating: 1}]", CLIENT, [(2, "settings-of-the-source")]),
    ("exam_bands:\n  - {score: 70, rating: 5}", OPEN_BANDS, [(3, "row-last")]),
    ("suggestion:\n  - {share: 1, rating: 6}\n  - {share: 0, rating: 0}", CLIENT, [(3, "suggestion-above-target")]),
    ("suggestion: [{share: 0, rating: 1}]", SERVICE, [(2, "settings-absent")]),
    ("next_level_share: 0.6\nuntaken: 1", SERVICE, [(2, "settings-absent"), (3, "settings-absent")]),
    ("untaken: 9", CLIENT, [(2, "rating-unlabelled")]),
    ("grades: {professional: 90}", CLIENT, [(2, "settings-absent")]),
    ("grades:\n  top: 95", SERVICE, [(3, "settings-unknown")]),
    ("grades:\n  professional: 60\n  preparatory: 1", SERVICE, [(4, "row-last"), (2, "row-unreachable")]),
    ("grades:\n  best: 90", COUNTED, [(2, "counted-unreachable")]),
]


@pytest.mark.parametrize(("text", "standard", "problems"), REFUSED)
def test_what_cannot_be_set_is_refused_with_its_line_and_what_would_be_right(
    text: str, standard: Standard, problems: list[tuple[int, str]]
) -> None:
    with pytest.raises(InvalidStandard) as refusal:
        read_settings(text if text.startswith("from") else FROM + text, "own.yaml", standard)
    found = problems_of(refusal.value)
    assert sorted(each.line for each in found) == sorted(line for line, _ in problems)
    assert all(any(each.key.endswith(key) for each in found) for _, key in problems)
    for each in found:
        for language in LANGUAGES:
            assert each.say(language).startswith(f"own.yaml:{each.line}: ")


def test_every_refusal_of_settings_is_among_them() -> None:
    elsewhere = {"error-settings-past", "error-settings-unknown-number"}  # not about what a file says
    assert {key for key in keys("en") if key.startswith("error-settings-")} - elsewhere == {
        f"error-{key}" for *_, problems in REFUSED for _, key in problems if key.startswith("settings-")
    }


def test_a_rule_that_the_source_settles_is_not_ours_to_set() -> None:
    settled = SERVICE.model_dump_json(by_alias=True).replace('"assumed":true', '"assumed":false')
    with pytest.raises(InvalidStandard) as refusal:
        read_settings(f"{FROM}grades: {{professional: 90}}", "own.yaml", Standard.model_validate_json(settled))
    assert [each.say("en") for each in problems_of(refusal.value)] == [
        "own.yaml:2: \"grades\" is a rule of the source (it isn't marked assumed) and can't be set; delete it. "
        "Where the source has changed, write v3.yaml."
    ]
