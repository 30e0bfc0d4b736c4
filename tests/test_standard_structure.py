"""What changes the structure hash, and what does not."""

from pathlib import Path

import pytest

from qualify.errors import InvalidStandard
from qualify.standard import lock_line, parse, released, structure_hash

FIXTURES = Path(__file__).parent / "fixtures" / "standards"
POINTS = (FIXTURES / "good-points.yaml").read_text(encoding="utf-8")
WHOLE = (FIXTURES / "good-everything.yaml").read_text(encoding="utf-8")
SCALE = (FIXTURES / "good-scale.yaml").read_text(encoding="utf-8")


def changed(good: str, old: str, new: str) -> bool:
    assert old in good
    return structure_hash(parse(good.replace(old, new, 1), "x")) != structure_hash(parse(good, "x"))


@pytest.mark.parametrize(
    ("good", "old", "new"),
    [
        (POINTS, "Small standard", "Little standard"),
        (POINTS, "Visits", "Calls"),
        (POINTS, "Keeps a record", "Takes notes"),
        (POINTS, "Theory", "Reading"),
        (POINTS, "en: Good}", "en: Very good}"),
        (POINTS, "2001-01-01, en", "手册, en"),
        (POINTS, "reading:\n  - id: products", "reading:\n  - id: manuals"),
        (POINTS, "version: 1\n", "version: 1\nsource: {zh: 公司文件, en: Company paper}\n"),
        (POINTS, "        points: {3: 60", "        source: 第 4 条\n        points: {3: 60"),
        (POINTS, "{id: 3, name:", "{id: 3, definition: {zh: 入门, en: Entry}, name:"),
        (WHOLE, "Abilities put together", "Skills put together"),
        (WHOLE, "Turned to customers", "Facing customers"),
        (WHOLE, "Chapter one has only its heading", "Chapter one is lost"),
        (WHOLE, "lost:\n  - {zh: 第一章只有标题, en: Chapter one has only its heading}\n", ""),
        (WHOLE, " restored: true,", ""),
        (WHOLE, "Rules of the contest", "The contest"),
        (WHOLE, "Support department", "Service department"),
        (WHOLE, "Sales case", "Case of a sale"),
        (WHOLE, "prepares_for: product", "prepares_for: theory"),
        (WHOLE, "regulation: {zh: 考试办法", "weights_assumed: true\n    regulation: {zh: 考试办法"),
        (SCALE, "    untaken: 0\n", "    untaken: 0\n    bands_assumed: true\n"),
        (SCALE, "Is willing", "Wants to"),
        (SCALE, "            summary: {zh: 愿意听, en: Is willing}\n", ""),
    ],
)
def test_wording_may_be_corrected(good: str, old: str, new: str) -> None:
    assert not changed(good, old, new)


@pytest.mark.parametrize(
    ("good", "old", "new"),
    [
        (POINTS, "points: {3: 60, 4: 100}", "points: {4: 100.0, 3: 60.00}"),
        (POINTS, ", step: 0.5", ""),
        (POINTS, "{id: theory, name", "{id: theory, max: 100, weight: 1, name"),
        (POINTS, "key: yes", "key: true"),
        (POINTS, "from: 60.5", 'from: "60.50"'),
        (POINTS, "inherits: 3", "inherits: 3\n            inherited: after"),
        (POINTS, "{id: visits.3.1, text", "{id: visits.3.1, minimum: false, restored: false, text"),
    ],
)
def test_another_way_to_write_the_same_is_no_change(good: str, old: str, new: str) -> None:
    assert not changed(good, old, new)


@pytest.mark.parametrize(
    ("good", "old", "new"),
    [
        (POINTS, "id: small", "id: tiny"),
        (POINTS, "version: 1", "version: 2"),
        (POINTS, "step: 0.5", "step: 1"),
        (POINTS, "id: visits.3.1", "id: visits.3.9"),
        (POINTS, "id: visits\n", "id: calls\n"),
        (POINTS, "            inherits: 3\n", ""),
        (POINTS, ", key: yes", ", key: yes}\n              - {id: new, text: {zh: 新, en: New}"),
        (POINTS, "effect: not-granted, assumed: true", "effect: not-granted"),
        (POINTS, "required: {3: 1", "required: {3: 2"),
        (POINTS, "window_months: 18", "window_months: 12"),
        (POINTS, "from: 85", "from: 86"),
        (POINTS, "max: 500", "max: 400"),
        (POINTS, "weight: 1.5", "weight: 2"),
        (WHOLE, "{id: visits.3.2, line: 1", "{id: visits.3.2, line: 2"),
        (WHOLE, ", minimum: true", ""),
        (WHOLE, "inherited: before", "inherited: after"),
        (WHOLE, "4: 3}}", "4: 2}}"),
        (WHOLE, "id: sale", "id: service"),
        (WHOLE, "unmet: 0.25", "unmet: 0.3"),
        (WHOLE, "years: {3: 1, 4: 2.5}", "years: {3: 1, 4: 3}"),
        (WHOLE, "accepted: [A, B+]", "accepted: [A]"),
        (WHOLE, "months: 12}", "months: 6}"),
        (SCALE, "next_level_share: 0.5", "next_level_share: 0.6"),
        (
            SCALE,
            "        name: {zh: 倾听, en: Listening}\n",
            "        name: {zh: 倾听, en: Listening}\n        targets: {junior: 1}\n",
        ),
        (SCALE, "share: 0, above: true", "share: 0.1"),
        (SCALE, "score: 81", "score: 80"),
        (SCALE, "  suggestion:\n    assumed: true", "  suggestion:\n    assumed: false"),
    ],
)
def test_ids_numbers_keys_and_inheritance_are_structure(good: str, old: str, new: str) -> None:
    assert changed(good, old, new)


def test_the_order_of_what_is_asked_is_structure() -> None:
    first, second = (line for line in POINTS.splitlines() if "id: visits.3." in line)
    assert changed(POINTS, f"{first}\n{second}", f"{second}\n{first}")


def test_moving_the_key_to_another_criterion_changes_the_structure() -> None:
    moved = POINTS.replace(", key: yes", "").replace("en: Prepares}", "en: Prepares}, key: yes")
    assert structure_hash(parse(moved, "x")) != structure_hash(parse(POINTS, "x"))


def test_a_directory_without_a_lock_has_released_nothing(tmp_path: Path) -> None:
    assert released(tmp_path) == {}


def test_a_lock_line_names_the_version_and_its_hash(tmp_path: Path) -> None:
    standard = parse(SCALE, "x")
    (tmp_path / "released.lock").write_text(f"# comment\n{lock_line(standard)}  # first\n", encoding="utf-8")
    assert released(tmp_path) == {("small-scale", 2): structure_hash(standard)}


@pytest.mark.parametrize("line", ["small v1", "small 1 " + "a" * 64, "small v1 " + "a" * 63, "v1 small " + "A" * 64])
def test_any_other_line_in_the_lock_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "released.lock").write_text(line, encoding="utf-8")
    with pytest.raises(InvalidStandard):
        released(tmp_path)
