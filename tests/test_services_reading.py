"""Which standards somebody may read, and which level is their own."""

from pathlib import Path

import pytest

from qualify.errors import Stale
from qualify.paths import STANDARDS
from qualify.services import reading
from qualify.services.assessments import amendments
from qualify.services.context import Context
from qualify.services.imports import people_list
from qualify.standard import Catalogue
from qualify.storage import reviews
from tests.company import OPERATOR, POINTS, SCALE, Company

pytest_plugins = ["tests.company_fixtures"]


def own(company: Company, staff_no: str = "E1") -> list[tuple[str, int, str]]:
    """The levels at the top of the person's list that are their own."""
    choices = reading.choices(company.context, company.id(staff_no))
    marked = [each for each in choices if each.is_own]
    assert choices[: len(marked)] == marked
    return [(each.standard.id, each.standard.version, each.level.id) for each in marked]


def is_listed(company: Company, position: str, level: str) -> None:
    """The list of people says this of E1."""
    content = f"工号,姓名,岗位,级别\nE1,陈晨,{position},{level}\n"
    people_list.import_people(company.context, OPERATOR, company.file("people.csv", content))


def test_everybody_reads_every_level_of_every_standard_once(company: Company) -> None:
    for staff_no in ("A1", "R1", "E1"):
        read = [(each.standard.id, each.level.id) for each in reading.choices(company.context, company.id(staff_no))]
        assert sorted(read) == sorted({(SCALE, level) for level in "4321"} | {(POINTS, level) for level in "345"})


def test_ones_own_level_is_that_of_the_newest_assessment_that_stands(company: Company) -> None:
    assert own(company) == []
    company.opens(POINTS, "4")
    company.opens(SCALE, "3")
    version = company.context.standards.get(SCALE).version
    assert own(company) == [(SCALE, version, "3")]
    (review,) = company.opens(SCALE, "2", "E2")
    assert own(company) == [(SCALE, version, "3")], "of nobody else"
    assert own(company, "E2") == [(SCALE, version, "2")]
    amendments.withdraw(company.context, OPERATOR, review_of(company, review))
    assert own(company, "E2") == []


def review_of(company: Company, review_id: int) -> int:
    with company.context.database.reading() as connection:
        return next(row.assessment_id for row in reviews.rows_of(connection, [review_id]))


def test_a_published_one_counts_as_well(company: Company) -> None:
    company.published(POINTS, "3", "E2")
    assert [(standard, level) for standard, _, level in own(company, "E2")] == [(POINTS, "3")]


@pytest.mark.parametrize(
    ("position", "level", "levels"),
    [
        ("客户经理", "3级", [(SCALE, "3")]),
        ("客户经理", "中级", [(SCALE, "3")]),
        ("服务经理", "四级", [(POINTS, "4")]),
        ("", "4", [(SCALE, "4"), (POINTS, "4")]),
        ("客户经理", "总监", []),
        ("客户经理", "", []),
    ],
)
def test_without_an_assessment_it_is_that_of_the_list_of_people(
    company: Company, position: str, level: str, levels: list[tuple[str, str]]
) -> None:
    is_listed(company, position, level)
    assert sorted((standard, level) for standard, _, level in own(company)) == sorted(levels)


@pytest.mark.parametrize(("position", "standard"), [("客户经理", SCALE), ("服务经理", POINTS)])
def test_the_standard_of_ones_position_comes_before_others(company: Company, position: str, standard: str) -> None:
    is_listed(company, position, "")
    assert reading.choices(company.context, company.id("E1"))[0].standard.id == standard


def test_whoever_was_assessed_by_an_earlier_version_reads_that_one_and_the_latest(
    company: Company, tmp_path: Path
) -> None:
    folder = tmp_path / "standards" / SCALE
    folder.mkdir(parents=True)
    first = (STANDARDS / SCALE / "v1.yaml").read_text(encoding="utf-8")
    (folder / "v1.yaml").write_text(first, encoding="utf-8")
    context = company.context = with_standards(company.context, folder.parent)
    company.opens(SCALE, "3")
    (folder / "v2.yaml").write_text(first.replace("\nversion: 1\n", "\nversion: 2\n"), encoding="utf-8")
    context = company.context = with_standards(context, folder.parent)
    assert own(company) == [(SCALE, 1, "3")]
    choices = reading.choices(context, company.id("E1"))
    assert [(each.standard.version, each.level.id, each.is_in_force) for each in choices] == [
        *((1, "3", False), (2, "4", True), (2, "3", True), (2, "2", True), (2, "1", True)),
    ]
    older = choices[0].standard
    assert reading.marked(context, reading.mark(older), 1) == choices[0]._replace(is_own=False)
    (folder / "v1.yaml").unlink()
    context = company.context = with_standards(context, folder.parent)
    assert own(company) == [], "that version is gone"
    with pytest.raises(Stale):
        reading.marked(context, reading.mark(older), 1)


def with_standards(context: Context, folder: Path) -> Context:
    return Context(context.database, Catalogue(folder), context.timezone, context.now)


def test_a_button_names_a_version_and_a_level_that_are_there(company: Company) -> None:
    for standard in company.context.standards.all():
        for place, level in enumerate(standard.levels):
            found = reading.marked(company.context, reading.mark(standard), place)
            assert (found.standard, found.level) == (standard, level)
        with pytest.raises(Stale):
            reading.marked(company.context, reading.mark(standard), len(standard.levels))
    with pytest.raises(Stale):
        reading.marked(company.context, 1, 0)
