"""Who leads whom: set one at a time or by a list, found by number or name, and never in a circle."""

import json

import pytest

from qualify.access import Role
from qualify.errors import InvalidInput
from qualify.services.imports import people_list
from qualify.services.imports.tables import InvalidTable
from qualify.services.people import directory, line_managers, privacy, roles
from qualify.storage.people import by_id, by_staff_no
from tests.company import OPERATOR, Company, refused

pytest_plugins = ["tests.company_fixtures"]
HEADING = "工号,姓名,上级\n"


def leads(company: Company, manager: str, *staff_numbers: str) -> None:
    for staff_no in staff_numbers:
        line_managers.set_manager(company.context, OPERATOR, staff_no, manager)


def manager_of(company: Company, staff_no: str) -> str:
    with company.context.database.reading() as connection:
        person = by_staff_no(connection, staff_no)
    assert person is not None
    card = directory.card(company.context, OPERATOR, person.id)
    return card.manager.staff_no if card.manager else ""


def imported(company: Company, *lines: str) -> people_list.Imported:
    return people_list.import_people(
        company.context, OPERATOR, company.file("lines.csv", HEADING + "".join(f"{line}\n" for line in lines))
    )


def faults(company: Company, *lines: str) -> dict[int, tuple[str, dict[str, object]]]:
    before = company.cells()
    with pytest.raises(InvalidTable) as refusal:
        imported(company, *lines)
    assert company.cells() == before
    assert {fault.column for fault in refusal.value.faults} == {"manager"}
    return {fault.row: (fault.error.key, dict(fault.error.values)) for fault in refusal.value.faults}


def test_a_manager_is_named_by_number_or_by_a_name_that_one_person_bears_and_the_log_keeps_it(
    company: Company,
) -> None:
    leads(company, "R1", "E1")
    leads(company, "吴倩", "E1")
    assert manager_of(company, "E1") == "R2"
    (line,) = company.lines()
    assert (line.action, json.loads(line.before), json.loads(line.after)) == (
        "manager",
        {"manager": "R1"},
        {"manager": "R2"},
    )
    leads(company, "", "E1")
    assert manager_of(company, "E1") == ""


def test_numbers_are_read_however_they_are_typed(company: Company) -> None:
    leads(company, "ｒ１", "e1")
    assert manager_of(company, "E1") == "R1"
    with refused("error-manager-self"):
        leads(company, " e1", "E1")
    imported(company, "E1,陈晨,r2")
    assert manager_of(company, "E1") == "R2"


def test_who_is_unknown_or_one_of_several_manages_nobody(company: Company) -> None:
    imported(company, "N1,吴倩,")
    with refused("error-manager-unknown"):
        leads(company, "张三", "E1")
    with refused("error-manager-several"):
        leads(company, "吴倩", "E1")
    with refused("error-staff-no-unknown"):
        leads(company, "R1", "X9")


def test_nobody_is_above_themselves_however_long_the_line(company: Company) -> None:
    with refused("error-manager-self"):
        leads(company, "E1", "E1")
    leads(company, "R1", "E1")
    leads(company, "R2", "R1")
    with pytest.raises(InvalidInput) as refusal:
        leads(company, "E1", "R2")
    assert (refusal.value.key, refusal.value.values["line"]) == ("error-manager-circle", "R2 → E1 → R1 → R2")
    assert manager_of(company, "R2") == ""


def test_a_very_long_circle_is_named_by_its_ends(company: Company) -> None:
    line = [f"N{number}" for number in range(10)]
    imported(company, *(f"{each},{each},{above}" for each, above in zip(line, [*line[1:], ""], strict=True)))
    with pytest.raises(InvalidInput) as refusal:
        leads(company, "N0", "N9")
    assert refusal.value.values["line"] == "N9 → N0 → N1 → N2 → … → N9"


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.ASSESSOR])
def test_only_administrators_say_who_leads_whom(company: Company, role: Role) -> None:
    roles.set_roles(company.context, OPERATOR, "R1", [role])
    with refused("error-forbidden"):
        line_managers.set_manager(company.context, company.actor("R1"), "E1", "R1")


def test_a_list_names_managers_who_come_with_it_or_were_there(company: Company) -> None:
    done = imported(company, "N1,马超,周明", "N2,许诺,马超", "E1,陈晨,N2")
    assert (done.added, done.changed, done.same) == (["N1", "N2"], ["E1"], [])
    assert [manager_of(company, each) for each in ("N1", "N2", "E1")] == ["R1", "N1", "N2"]
    assert imported(company, "N1,马超,R1", "E1,陈晨,许诺").same == ["N1", "E1"]
    imported(company, "E1,陈晨,")
    assert manager_of(company, "E1") == ""


def test_a_list_without_managers_leaves_them_as_they_are(company: Company) -> None:
    leads(company, "R1", "E1")
    people_list.import_people(company.context, OPERATOR, company.file("a.csv", "工号,姓名\nE1,陈晨晨\n"))
    assert manager_of(company, "E1") == "R1"


def test_every_manager_of_a_list_who_cannot_be_is_a_fault_of_its_cell(company: Company) -> None:
    assert faults(company, "N1,马超,张三", "N2,吴倩,N2", "E1,陈晨,吴倩", "E2,何静,R1") == {
        2: ("error-manager-unknown", {"given": "张三"}),
        3: ("error-manager-self", {}),
        4: ("error-manager-several", {"given": "吴倩", "numbers": "N2, R2"}),
    }
    leads(company, "R1", "R2")
    assert faults(company, "R1,周明,E1", "E1,陈晨,R2") == {
        2: ("error-manager-circle", {"line": "R1 → E1 → R2 → R1"}),
        3: ("error-manager-circle", {"line": "E1 → R2 → R1 → E1"}),
    }


def test_who_is_erased_leads_nobody_and_is_led_by_nobody(company: Company) -> None:
    leads(company, "R1", "E1")
    leads(company, "E1", "E2")
    erased = company.id("E1")
    assert privacy.export_person(company.context, OPERATOR, "E1")["person"]["manager"] == {  # type: ignore[index]
        "staff_no": "R1",
        "name": "周明",
    }
    privacy.erase_person(company.context, OPERATOR, "E1")
    with company.context.database.reading() as connection:
        person = by_id(connection, erased)
    assert person is not None
    assert (person.manager_id, manager_of(company, "E2")) == (None, "")
