"""Standards from workbooks: drafts in the database, which every process uses once they are released and none before."""

import shutil
from pathlib import Path

import pytest

from qualify.errors import InvalidStandard
from qualify.paths import STANDARDS
from qualify.services import Context
from qualify.services.assessments import adopting
from qualify.services.authorization import Actor
from qualify.services.reviews import answering
from qualify.services.standards import drafts, release
from qualify.standard import Catalogue, problems_of, shipped
from qualify.standard.workbook import document_of
from qualify.storage.tables import StandardState
from tests.company import ACCOUNTS, SCALE, Company, meeting_before, refused, together

pytest_plugins = ["tests.company_fixtures"]
SECOND = shipped(STANDARDS).get(SCALE, 2)
THIRD = SECOND.model_copy(update={"version": 3})
REWORDED = THIRD.model_copy(update={"name": SECOND.name.model_copy(update={"zh": "客户经理能力素质模型（新）"})})
DRAFT, TO_SIGN, RELEASED = StandardState


def newest(context: Context) -> int:
    return context.standards.get(SCALE).version


def listed(context: Context, actor: Actor) -> dict[int, StandardState]:
    return {each.standard.version: each.state for each in drafts.listing(context, actor) if each.standard.id == SCALE}


def test_a_draft_is_nobodys_standard_until_it_is_released_and_then_everybodys(company: Company) -> None:
    admin, elsewhere = Actor(company.id("A1")), company.restarted()
    preview = drafts.try_out(company.context, admin, THIRD)
    drafts.take_in(company.context, admin, THIRD)
    assert (preview.replaced, preview.before) == (None, SECOND)
    assert listed(company.context, admin) == {3: DRAFT, 2: RELEASED, 1: RELEASED}
    assert newest(company.context) == 2

    assert release.release(company.context, admin, SCALE, 3) is RELEASED  # nobody else could sign
    release.learn(company.context)
    assert newest(company.context) == 3
    assert document_of(company.context.standards.get(SCALE)) == document_of(THIRD)

    adopting.adopt(company.context, admin, SCALE, 3, company.context.today())
    (review_id,) = company.opens(SCALE, "3")
    assert newest(elsewhere) == 2
    assert answering.open_review(elsewhere, ACCOUNTS["R1"], review_id).row.version == 3  # who meets it looks again
    assert newest(elsewhere) == 3


def test_a_second_administrator_signs_where_there_is_one(company: Company) -> None:
    company.hires("A2", "孙丽", "管理员")
    first, second = Actor(company.id("A1")), Actor(company.id("A2"))
    drafts.take_in(company.context, first, THIRD)
    assert release.release(company.context, first, SCALE, 3) is TO_SIGN
    assert [(kind, name) for kind, name, _ in company.owed()] == [("standard", "孙丽")]
    with refused("error-release-own"):
        release.release(company.context, first, SCALE, 3)
    assert newest(company.context) == 2
    (entry,) = (each for each in drafts.listing(company.context, second) if each.state is TO_SIGN)
    assert (entry.asked_by, entry.may_sign) == ("林雪", True)
    assert release.release(company.context, second, SCALE, 3, seen=entry.mark) is RELEASED
    assert [(kind, name) for kind, name, _ in company.owed()] == [("standard_released", "林雪")], (
        "who asked hears of it"
    )
    done = [(line.action, line.record, line.person_id) for line in company.lines(3)]
    assert done == [
        ("release", "standard", second.person_id),
        ("ask", "standard", first.person_id),
        ("import", "standard", first.person_id),
    ]


def test_what_was_changed_since_it_was_looked_at_is_not_released(company: Company) -> None:
    company.hires("A2", "孙丽", "管理员")
    first, second = Actor(company.id("A1")), Actor(company.id("A2"))
    drafts.take_in(company.context, first, THIRD)
    release.release(company.context, first, SCALE, 3)
    (seen,) = (each.mark for each in drafts.listing(company.context, second) if each.state is TO_SIGN)
    assert drafts.try_out(company.context, first, REWORDED).replaced == THIRD
    drafts.take_in(company.context, first, REWORDED)
    with refused("error-draft-changed"):
        release.release(company.context, second, SCALE, 3, seen=seen)
    assert listed(company.context, first)[3] is DRAFT


def test_a_version_in_use_stays_what_it_is(company: Company) -> None:
    admin = Actor(company.id("A1"))
    with refused("error-draft-same"):
        drafts.take_in(company.context, admin, SECOND)
    with refused("error-draft-version-taken") as refusal:
        drafts.take_in(company.context, admin, REWORDED.model_copy(update={"version": 2}))
    assert refusal.value.values["next"] == "3"
    drafts.take_in(company.context, admin, THIRD)
    release.release(company.context, admin, SCALE, 3)
    with refused("error-draft-version-taken"):
        drafts.take_in(company.context, admin, REWORDED)
    with refused("error-draft-released"):
        drafts.drop(company.context, admin, SCALE, 3)


def test_a_draft_can_be_dropped_and_only_administrators_see_any(company: Company) -> None:
    admin, assessor = Actor(company.id("A1")), Actor(company.id("R1"))
    drafts.take_in(company.context, admin, THIRD)
    for refusing in (
        lambda: drafts.listing(company.context, assessor),
        lambda: drafts.found(company.context, assessor, SCALE, 3),
        lambda: drafts.take_in(company.context, assessor, THIRD),
        lambda: drafts.drop(company.context, assessor, SCALE, 3),
        lambda: release.release(company.context, assessor, SCALE, 3),
    ):
        with refused("error-forbidden"):
            refusing()
    drafts.drop(company.context, admin, SCALE, 3)
    with refused("error-draft-unknown"):
        release.release(company.context, admin, SCALE, 3)


def test_a_file_that_says_something_else_wins_over_nothing_in_silence(company: Company, tmp_path: Path) -> None:
    shutil.copytree(STANDARDS, tmp_path / "standards")
    file = tmp_path / "standards" / SCALE / "v3.yaml"
    file.write_text((STANDARDS / SCALE / "v2.yaml").read_text("utf-8").replace("version: 2\n", "version: 3\n"), "utf-8")
    elsewhere, admin = company.restarted(Catalogue(tmp_path / "standards")), Actor(company.id("A1"))
    drafts.take_in(company.context, admin, REWORDED)
    for refusing in (
        lambda: drafts.take_in(elsewhere, admin, REWORDED),
        lambda: release.release(elsewhere, admin, SCALE, 3),
    ):
        with refused("error-draft-version-taken"):
            refusing()
    release.release(company.context, admin, SCALE, 3)
    with pytest.raises(InvalidStandard) as clash:
        release.learn(elsewhere)
    (problem,) = problems_of(clash.value)
    assert (problem.file, problem.key) == (str(file), "error-standard-in-both")


def test_of_two_workbooks_of_one_version_at_the_same_moment_the_later_takes_the_place_of_the_other(
    company: Company,
) -> None:
    company.hires("A2", "孙丽", "管理员")
    with meeting_before(company.context, "INSERT INTO standard_version"):
        together(
            lambda: drafts.take_in(company.context, company.actor("A1"), THIRD),
            lambda: drafts.take_in(company.context, company.actor("A2"), REWORDED),
        )
    assert listed(company.context, company.actor("A1")) == {3: DRAFT, 2: RELEASED, 1: RELEASED}
    assert [line.action for line in company.lines(2)] == ["import", "import"]
