"""Reading standards from files and directories: what is accepted, what is refused, and that nothing else can happen."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualify.errors import InvalidStandard, NotFound, QualifyError
from qualify.standard import Catalogue, check, find, load, lock_line, parse, problems_of, shipped
from qualify.standard.tree import MAX_CHARACTERS
from qualify.texts import say

FIXTURES = Path(__file__).parent / "fixtures" / "standards"
POINTS = (FIXTURES / "good-points.yaml").read_text(encoding="utf-8")
SCALE = (FIXTURES / "good-scale.yaml").read_text(encoding="utf-8")


def put(directory: Path, place: str, text: str) -> Path:
    path = directory / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(error: InvalidStandard) -> list[str]:
    return [problem.key.removeprefix("error-standard-") for problem in problems_of(error)]


def refused(path: Path) -> list[str]:
    with pytest.raises(InvalidStandard) as refusal:
        load(path)
    return names(refusal.value)


@pytest.fixture
def standards(tmp_path: Path) -> Path:
    """A directory with two versions of one standard and one of another."""
    put(tmp_path, "small/v1.yaml", POINTS)
    put(tmp_path, "small/v10.yaml", POINTS.replace("version: 1", "version: 10"))
    put(tmp_path, "small-scale/v2.yaml", SCALE)
    return tmp_path


def test_ids_written_as_numbers_are_texts() -> None:
    standard = parse(POINTS, "small/v1.yaml")
    assert [level.id for level in standard.levels] == ["3", "4"]
    assert set(standard.modules[0].elements[0].points or {}) == {"3", "4"}


def test_words_that_yaml_takes_for_something_else_stay_what_was_typed() -> None:
    standard = parse(POINTS, "small/v1.yaml")
    assert standard.modules[0].elements[1].levels["3"].criteria[0].text.en == "on"
    assert standard.reading[0].topics[0].zh == "2001-01-01"


def test_yes_is_true_where_yes_or_no_is_asked() -> None:
    visits = parse(POINTS, "small/v1.yaml").modules[0].elements[0]
    assert [criterion.key for criterion in visits.levels["4"].criteria] == [True]


def test_a_file_saved_by_windows_is_read(tmp_path: Path) -> None:
    path = put(tmp_path, "small/v1.yaml", "")
    path.write_bytes(b"\xef\xbb\xbf" + POINTS.replace("\n", "\r\n").encode())
    assert load(path) == parse(POINTS, "")


def test_text_that_is_not_utf_8_is_refused_at_its_line(tmp_path: Path) -> None:
    path = put(tmp_path, "small/v1.yaml", "")
    path.write_bytes(POINTS.encode("gb18030"))
    with pytest.raises(InvalidStandard) as refusal:
        load(path)
    (problem,) = problems_of(refusal.value)
    assert (problem.key, problem.line) == ("error-standard-encoding", 4)
    assert "UTF-8" in problem.say("zh-CN")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "small" / "v1.yaml") == ["unreadable"]


def test_a_file_that_is_too_large_is_refused_by_its_size_and_by_its_characters(tmp_path: Path) -> None:
    huge = put(tmp_path, "small/v1.yaml", "#" * (4 * MAX_CHARACTERS + 1))
    long = put(tmp_path, "small/v2.yaml", "#" * (MAX_CHARACTERS + 1))
    assert refused(huge) == refused(long) == ["too-large"]


@pytest.mark.parametrize("place", ["other/v1.yaml", "small/v2.yaml", "small/v01.yaml", "small/v1.yml"])
def test_a_file_that_does_not_lie_where_its_id_and_version_say_is_refused(tmp_path: Path, place: str) -> None:
    path = put(tmp_path, place, POINTS)
    with pytest.raises(InvalidStandard) as refusal:
        load(path)
    (problem,) = problems_of(refusal.value)
    assert problem.say("en") == f"{path}:2: The file must lie where its id and version say: small/v1.yaml."


def test_every_version_of_every_standard_is_found_in_order(standards: Path) -> None:
    assert list(find(standards)) == [("small", 1), ("small", 10), ("small-scale", 2)]


@pytest.mark.parametrize("wrong", ["small", "nowhere"])
def test_a_directory_without_standards_is_taken_for_a_wrong_path(standards: Path, wrong: str) -> None:
    with pytest.raises(InvalidStandard) as refusal:
        find(standards / wrong)
    assert names(refusal.value) == ["none-here"]


def test_the_problems_of_all_files_are_reported_together(standards: Path) -> None:
    put(standards, "small/v1.yaml", POINTS.replace("points: 5", "points: five"))
    put(standards, "small-scale/v2.yaml", SCALE.replace("untaken: 0", "untaken: 9"))
    with pytest.raises(InvalidStandard) as refusal:
        find(standards)
    assert names(refusal.value) == ["rating-unlabelled", "not-number"]
    assert say("en", refusal.value.key, **refusal.value.values) == (
        f"{standards} needs correcting in 2 places before it can be used."
    )


def test_the_catalogue_gives_the_latest_version_or_the_one_asked_for(standards: Path) -> None:
    catalogue = Catalogue(standards)
    assert catalogue.get("small").version == 10
    assert catalogue.get("small", 1).version == 1
    assert [(each.id, each.version) for each in catalogue.all()] == [("small", 1), ("small", 10), ("small-scale", 2)]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("smal", None), 'There is no standard "smal". There are: small, small-scale.'),
        (("small", 2), 'Standard "small" has no version 2. There are: v1, v10.'),
    ],
)
def test_what_is_not_in_the_catalogue_is_not_found(
    standards: Path, asked: tuple[str, int | None], sentence: str
) -> None:
    with pytest.raises(NotFound) as refusal:
        Catalogue(standards).get(*asked)
    assert say("en", refusal.value.key, **refusal.value.values) == sentence


def test_a_directory_is_read_once_for_all_who_ask(standards: Path) -> None:
    first = shipped(standards)
    put(standards, "small-scale/v3.yaml", SCALE.replace("version: 2", "version: 3"))
    assert shipped(standards) is first
    assert Catalogue(standards).get("small-scale").version == 3


def test_a_draft_is_only_noted_and_a_released_version_passes_in_silence(standards: Path) -> None:
    file = standards / "small" / "v1.yaml"
    (note,) = check([file])
    assert note.note
    assert (note.key, note.line) == ("error-standard-draft", 3)
    assert lock_line(load(file)) in note.say("en")
    put(standards, "released.lock", lock_line(load(file)))
    assert check([file]) == []
    assert len(check([standards])) == 2


def test_a_released_version_keeps_its_structure_but_not_its_words(standards: Path) -> None:
    file = standards / "small" / "v1.yaml"
    put(standards, "released.lock", "# released\n\n" + lock_line(load(file)) + "\n")
    put(standards, "small/v1.yaml", POINTS.replace("Keeps a record", "Takes notes"))
    assert check([file]) == []
    put(standards, "small/v1.yaml", POINTS.replace("from: 85", "from: 86"))
    (problem,) = check([file])
    assert not problem.note
    assert problem.say("en") == (
        f"{file}:3: small version 1 is released: only its wording may change. "
        "For other ids, numbers or order write v2.yaml."
    )
    with pytest.raises(QualifyError):
        Catalogue(standards)


def test_a_released_version_must_stay(standards: Path) -> None:
    file = standards / "small" / "v1.yaml"
    put(standards, "released.lock", lock_line(load(file)))
    file.unlink()
    with pytest.raises(InvalidStandard) as refusal:
        find(standards)
    assert names(refusal.value) == ["released-gone"]


def test_a_lock_that_cannot_be_read_is_refused_at_its_line(standards: Path) -> None:
    lock = put(standards, "released.lock", "# released\nsmall 1 abc\n")
    with pytest.raises(InvalidStandard) as refusal:
        find(standards)
    (problem,) = problems_of(refusal.value)
    assert (problem.file, problem.line, problem.key) == (str(lock), 2, "error-standard-lock-line")
    assert "error-standard-lock-line" in {each.key for each in check([standards / "small" / "v1.yaml"])}


def parses_or_refuses(text: str) -> None:
    try:
        parse(text, "any.yaml")
        return
    except InvalidStandard as refusal:
        problems = problems_of(refusal)
    assert problems
    for problem in problems:
        assert problem.say("en") != problem.say("zh-CN")
        assert 1 <= problem.line <= len(text.splitlines()) + 1


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    parses_or_refuses(text)


@given(st.text(alphabet="ab3:-,[]{}&*!|>'\"%@# \n\t~?0x1e9.<"))
def test_any_signs_of_yaml_are_read_or_refused(text: str) -> None:
    parses_or_refuses(text)


SCALARS = [
    "",
    "~",
    "0",
    "-1",
    "3",
    "4",
    "1e999999",
    "1e-999999",
    "NaN",
    "9" * 5000,
    "[]",
    "{}",
    "[[1]]",
    "{a: b}",
    "on",
]
FIELDS = ["id", "kind", "points", "scale", "levels", "rating", "name", "zh", "from", "3", "exam", "[key]"]


@given(st.data(), st.sampled_from([POINTS, SCALE]))
def test_a_good_file_with_any_few_words_changed_is_read_or_refused(data: st.DataObject, good: str) -> None:
    words = good.replace("{", "{ ").replace("}", " }").replace(",", " ,").split(" ")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(words) - 1))
        if words[at].strip().endswith(":"):
            words[at] = data.draw(st.sampled_from(FIELDS)) + ":"
        else:
            words[at] = data.draw(st.sampled_from(SCALARS) | st.text(max_size=5))
    parses_or_refuses(" ".join(words))


@given(st.data(), st.sampled_from([POINTS, SCALE]))
def test_a_good_file_with_lines_lost_doubled_or_moved_is_read_or_refused(data: st.DataObject, good: str) -> None:
    lines = good.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        line = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
        for _ in range(data.draw(st.integers(0, 2))):
            lines.insert(data.draw(st.integers(0, len(lines))), line)
    parses_or_refuses("\n".join(lines))


@given(st.data())
def test_a_good_file_cut_off_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    parses_or_refuses(SCALE[: data.draw(st.integers(0, len(SCALE)))])
