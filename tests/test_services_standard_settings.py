"""Settings beside a standard: kept with a number and a first day; what was opened before stays as it was."""

import json
from datetime import date, timedelta

import pytest

from qualify.dialogue import Act, Action, Screen, StepKind
from qualify.errors import InvalidStandard
from qualify.reporting.explanation import explain
from qualify.reporting.own_settings import setting_lines, settings_note
from qualify.services import Context, reading, standard_settings
from qualify.services.assessments import results
from qualify.services.assessments.overview import ResultView
from qualify.services.reviews import answering
from qualify.services.standard_settings import SettingsView
from qualify.storage.tables import Audit, StoredSettings
from tests.builders import of
from tests.company import (
    ACCOUNTS,
    OPERATOR,
    POINTS,
    SCALE,
    Company,
    all_met,
    looked_up,
    refused,
    statements,
    together,
)

pytest_plugins = ["tests.company_fixtures"]
LOWER = 'targets: {writing: {"3": 2}}'
TODAY = date(2026, 11, 22)


def keeps(company: Company, text: str, since: date = TODAY, standard: str = SCALE) -> SettingsView:
    return standard_settings.keep(company.context, OPERATOR, standard, f"from: {since}\n{text}", "own.yaml")


def writes_halfway(screen: Screen) -> Action:
    """Everything met but 书面表达, of which half is."""
    if screen.step.kind is StepKind.CRITERION and screen.element is not None and screen.element.id == "writing":
        return Action(Act.MARK, "partly")
    return all_met(screen)


def result(company: Company, context: Context | None = None, assessment_id: int | None = None) -> ResultView:
    """The result of a new assessment of E1, or of one that there is."""
    assessment_id = assessment_id or company.reviewed(SCALE, "3", choose=writes_halfway)
    return results.of_assessment(context or company.context, OPERATOR, assessment_id)


def test_settings_hold_for_what_is_opened_from_their_first_day_on(company: Company) -> None:
    keeps(company, LOWER, TODAY + timedelta(days=1))
    before = company.opens(SCALE, "3", sign_off=True)[0]
    company.clock.time += timedelta(days=1)
    after = result(company)
    (old_id,) = {turn.row.assessment_id for turn in [company.finishes("R1", before, writes_halfway)]}
    old = result(company, assessment_id=old_id)
    assert [(of(each.result, "writing").rating, of(each.result, "writing").gap) for each in (old, after)] == [
        (2, 3),
        (2, 0),
    ]
    assert (old.standard.settings, after.standard.settings) == (None, (1, date(2026, 11, 23)))
    named = "按本单位第 1 号设置计算（2026-11-23 起用）。"
    assert named not in explain(old.standard, old.result, "zh-CN").notes
    assert explain(after.standard, after.result, "zh-CN").notes[-1] == named


def test_a_result_stays_byte_for_byte_and_names_its_settings_whatever_is_set_later(company: Company) -> None:
    keeps(company, LOWER)
    made = result(company)
    keeps(company, f"{LOWER}\nuntaken: 1")
    assert keeps(company, "").number == 3, "also settings that change nothing are settings"
    again = result(company, company.restarted(), made.stored.assessment_id)
    assert again.stored == made.stored
    assert settings_note(again.standard, "en") == [
        "Worked out with this organisation's settings no. 1, in force from 2026-11-22."
    ]
    newest, _, _ = looked_up(company.context, result(company).stored.assessment_id)
    assert newest.structure not in {made.stored.structure, ""}
    assert result(company).standard.settings == (3, TODAY)


def test_the_latest_that_has_begun_holds_and_the_newest_of_one_day(company: Company) -> None:
    def holding() -> list[int]:
        return [each.number for each in standard_settings.listed(company.context, OPERATOR, SCALE) if each.holds]

    keeps(company, "untaken: 1", TODAY + timedelta(days=5))
    assert holding() == []
    keeps(company, "untaken: 2", TODAY)
    keeps(company, "untaken: 3", TODAY)
    assert holding() == [3]
    company.clock.time += timedelta(days=5)
    assert holding() == [1]
    shown = {standard.id: found for standard, found in standard_settings.overview(company.context, OPERATOR)}
    assert [each.number for each in shown[SCALE]] == [1]
    assert shown[POINTS] == []


def test_two_at_once_get_a_number_each(company: Company) -> None:
    contexts = [company.context, company.restarted()]
    made = together(
        *(
            lambda context=context: standard_settings.keep(  # type: ignore[misc]
                context, OPERATOR, SCALE, f"from: {TODAY}\n{LOWER}", "own.yaml"
            )
            for context in contexts
        )
    )
    assert sorted(each.number for each in made) == [1, 2]


def test_a_press_costs_no_more_with_settings(company: Company) -> None:
    keeps(company, LOWER)
    (review,) = company.opens(SCALE, "3")
    other = company.restarted()
    turn = answering.open_review(other, ACCOUNTS["R1"], review)
    company.context = other
    turn = company.press("R1", turn, Action(Act.MARK, "met"))
    with statements(other.database) as seen:
        company.press("R1", turn, Action(Act.MARK, "met"))
    assert [sql.split()[0] for sql, _ in seen] == ["SELECT", "INSERT"]


def test_what_is_refused_leaves_nothing(small_company: Company) -> None:
    with refused("error-settings-past"):
        keeps(small_company, LOWER, TODAY - timedelta(days=1))
    with refused("error-standard-unknown"):
        keeps(small_company, LOWER, standard="none")
    with pytest.raises(InvalidStandard):
        keeps(small_company, "levels: []")
    with refused("error-forbidden"):
        standard_settings.keep(small_company.context, small_company.actor("R1"), SCALE, f"from: {TODAY}", "own.yaml")
    assert small_company.count(StoredSettings) == 0


def test_it_stands_in_the_audit_log(small_company: Company) -> None:
    keeps(small_company, LOWER)
    (line,) = small_company.lines()
    assert isinstance(line, Audit)
    assert (line.action, line.record, line.operator) == ("set", "standard", "tests")
    assert json.loads(line.after) == {"standard": SCALE, "version": 2, "settings": 1, "valid_from": "2026-11-22"}


def test_a_reader_sees_the_standard_with_the_settings_in_force(small_company: Company) -> None:
    keeps(small_company, LOWER)
    context, reader = small_company.context, small_company.id("E1")
    chosen = next(each for each in reading.choices(context, reader) if each.standard.id == SCALE)
    assert chosen.standard.element("writing").targets == {"3": 2}
    assert reading.marked(context, reading.mark(chosen.standard), 0).standard == chosen.standard
    released = context.standards.get(SCALE)
    assert reading.marked(context, reading.mark(released), 0).standard == released


def test_what_settings_change_is_said_before_and_after(small_company: Company) -> None:
    rows = "suggestion: [{share: 1, rating: 5}, {share: 0, above: true, rating: 1}, {share: 0, rating: 0}]"
    weights = 'weights: {industry: 2, law: {"4": 1, "3": 3, "2": 1, "1": 1}}'
    made = keeps(small_company, f"{LOWER}\n{weights}\n{rows}\nnext_level_share: 0.6\nuntaken: 1")
    assert setting_lines(made.released, made.made, "zh-CN") == [
        "书面表达能力 · 3级（中级）：标准 5 分 → 2 分",
        "电信行业概况：权重 1 → 2",
        "法律法规 · 3级（中级）：权重 1 → 3",
        "达到率 → 建议分：≥ 100% → 5；> 0% → 1；≥ 0% → 0",
        "建议超标，要求高一级达到：50% → 60%",
        "一科都没考，评为：0 分 → 1 分",
    ]
    graded = keeps(small_company, "grades: {professional: 90}", standard=POINTS)
    assert setting_lines(graded.released, graded.made, "zh-CN") == ["职业等：85 分起 → 90 分起"]
    assert setting_lines(graded.released, graded.released, "zh-CN") == ["没有改动，照发布的标准。"]
