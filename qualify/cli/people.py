"""`qualify people`: who there is, what they may do, and what is kept about them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualify.cli import lazy
from qualify.cli.terminal import AsJson, DryRun, Language, Table, Terminal, TrustEncoding, terminal
from qualify.errors import InvalidInput

if TYPE_CHECKING:
    from qualify.storage.tables import Person

app = typer.Typer(help="The company's people.", no_args_is_help=True)
StaffNo = Annotated[str, typer.Argument(metavar="STAFF_NO", help="Whom: the staff number.")]


@app.command("import")
def import_people(
    context: typer.Context,
    file: Table,
    dry_run: DryRun = False,
    bring_back: Annotated[bool, typer.Option("--bring-back", help="Activate who is named but deactivated.")] = False,
    trust_encoding: TrustEncoding = False,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Add or update people from a CSV or XLSX file: staff_no, name, department, position, level, manager, roles,
    status, hired_on, appraisals, former_staff_no."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        table = lazy.files.table(file, trust_encoding=trust_encoding or dry_run)
        if dry_run:
            done, preview = lazy.people_list.plan_people(company, actor, table, bring_back=bring_back)
        else:
            done, preview = lazy.people_list.import_people(company, actor, table, bring_back=bring_back), None
    data = {"added": done.added, "changed": done.changed, "unchanged": done.same, "dry_run": dry_run}
    counts = {"added": len(done.added), "changed": len(done.changed), "same": len(done.same)}
    said = term.text("cli-people-checked" if dry_run else "cli-people-imported", **counts)
    shown = lazy.import_preview.whole(preview, term.language).splitlines() if preview else []
    term.show(data, lambda: [*shown, said])


@app.command("template")
def people_template(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The file to write.")],
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Write a workbook to fill in with people: headings, an example, drop-down lists."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        content = lazy.import_templates.people_template(company, actor, term.language)
    lazy.files.write(out, content)
    term.tell({"file": str(out)}, "cli-template-written", file=str(out))


@app.command("list")
def list_people(context: typer.Context, as_json: AsJson = False, language: Language = None) -> None:
    """Everybody, with roles and whether they have joined on Telegram."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        found = lazy.directory.listed(company, actor)
    known = ("staff_no", "name", *lazy.tables.FACTS, *lazy.tables.CAREER, "active")
    everybody = {person.id: person for person, *_ in found}
    managers = {person.id: everybody.get(person.manager_id or 0) for person, *_ in found}
    data = [
        {name: getattr(person, name) for name in known}
        | {"hired_on": person.hired_on.isoformat() if person.hired_on else None}
        | {"manager": manager.staff_no if (manager := managers[person.id]) else ""}
        | {"roles": sorted(roles), "joined": joined}
        for person, roles, joined in found
    ]
    rows = [
        (
            *(person.staff_no, person.name, person.department),
            manager.name if (manager := managers[person.id]) else "",
            *(_words(sorted(roles), term), _standing(person, joined, term)),
        )
        for person, roles, joined in found
    ]
    term.table(data, "staff-no name department manager roles telegram", rows)


def _words(roles: list[str], term: Terminal) -> str:
    return ", ".join(term.text(f"cli-role-{role}") for role in roles)


def _standing(person: Person, joined: bool, term: Terminal) -> str:
    return term.text("cli-person-left" if not person.active else "cli-person-joined" if joined else "cli-person-away")


@app.command("roles")
def set_roles(
    context: typer.Context,
    staff_no: StaffNo,
    roles: Annotated[list[str], typer.Argument(metavar="ROLE", help="employee, assessor, admin; one or more.")],
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Give somebody these roles and no others."""
    term = terminal(context, language, as_json=as_json)
    given = sorted(set(lazy.roles.read_roles(" ".join(roles))))
    with lazy.database.open_company(term) as (company, actor):
        lazy.roles.set_roles(company, actor, staff_no, given)
    data = {"staff_no": staff_no, "roles": given}
    term.tell(data, "cli-person-roles", staff_no=staff_no, roles=_words([*given], term))


Department = Annotated[str | None, typer.Option(help="The department.")]
Position = Annotated[str | None, typer.Option(help="The position.")]
Level = Annotated[str | None, typer.Option(help="The level.")]
HiredOn = Annotated[str | None, typer.Option(help="The day they came: YYYY-MM-DD.")]
Appraised = Annotated[str | None, typer.Option(help="Their appraisals, the last one first: A,B,B.")]


@app.command("add")
def add_person(
    context: typer.Context,
    staff_no: StaffNo,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name.")],
    department: Department = None,
    position: Position = None,
    level: Level = None,
    hired_on: HiredOn = None,
    appraisals: Appraised = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Add one person, an employee so far."""
    term = terminal(context, language, as_json=as_json)
    career = {"hired_on": hired_on, "appraisals": appraisals}
    facts = _given(name=name, department=department, position=position, level=level, **career)
    with lazy.database.open_company(term) as (company, actor):
        lazy.keeping.add(company, actor, staff_no, facts)
    term.tell({"staff_no": staff_no} | facts, "cli-person-added", staff_no=staff_no)


@app.command("change")
def change_person(
    context: typer.Context,
    staff_no: StaffNo,
    name: Annotated[str | None, typer.Option(help="The name.")] = None,
    department: Department = None,
    position: Position = None,
    level: Level = None,
    hired_on: HiredOn = None,
    appraisals: Appraised = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Change what is known about somebody; what isn't named stays as it is."""
    term = terminal(context, language, as_json=as_json)
    career = {"hired_on": hired_on, "appraisals": appraisals}
    facts = _given(name=name, department=department, position=position, level=level, **career)
    with lazy.database.open_company(term) as (company, actor):
        lazy.keeping.change(company, actor, staff_no, facts)
    term.tell({"staff_no": staff_no} | facts, "cli-person-changed", staff_no=staff_no)


def _given(**facts: str | None) -> dict[str, str]:
    return {name: value for name, value in facts.items() if value is not None}


@app.command("renumber")
def renumber(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The staff number so far.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The staff number from now on.")],
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Give somebody another staff number; their history stays with them."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        lazy.renumbering.renumber(company, actor, old, new)
    term.tell({"old": old, "staff_no": new.strip()}, "cli-person-renumbered", old=old, new=new.strip())


@app.command("manager")
def set_manager(
    context: typer.Context,
    staff_no: StaffNo,
    manager: Annotated[
        str, typer.Argument(metavar="MANAGER", help="Staff number, or a name only one person has; none when left out.")
    ] = "",
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Give somebody this line manager, or none."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        lazy.line_managers.set_manager(company, actor, staff_no, manager)
    key = "cli-person-manager" if manager else "cli-person-no-manager"
    term.tell({"staff_no": staff_no, "manager": manager}, key, staff_no=staff_no, manager=manager)


@app.command("activate")
def activate(context: typer.Context, staff_no: StaffNo, as_json: AsJson = False, language: Language = None) -> None:
    """Let somebody in again who was deactivated."""
    _set_active(terminal(context, language, as_json=as_json), staff_no, active=True)


@app.command("deactivate")
def deactivate(context: typer.Context, staff_no: StaffNo, as_json: AsJson = False, language: Language = None) -> None:
    """Shut somebody out who has left: no access and no messages; nothing is deleted."""
    _set_active(terminal(context, language, as_json=as_json), staff_no, active=False)


def _set_active(term: Terminal, staff_no: str, *, active: bool) -> None:
    with lazy.database.open_company(term) as (company, actor):
        lazy.roles.set_active(company, actor, staff_no, active=active)
    key = "cli-person-activated" if active else "cli-person-deactivated"
    term.tell({"staff_no": staff_no, "active": active}, key, staff_no=staff_no)


@app.command("export")
def export_person(
    context: typer.Context,
    staff_no: StaffNo,
    out: Annotated[Path, typer.Argument(metavar="OUT.json", help="The file to write.")],
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Write everything that is kept about somebody into a file, for them to read."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        kept = lazy.privacy.export_person(company, actor, staff_no)
    lazy.files.write(out, (json.dumps(kept, ensure_ascii=False, indent=2) + "\n").encode())
    term.tell({"staff_no": staff_no, "file": str(out)}, "cli-person-exported", staff_no=staff_no, file=str(out))


@app.command("erase")
def erase_person(
    context: typer.Context,
    staff_no: StaffNo,
    yes: Annotated[bool, typer.Option("--yes", help="Really do it; there is no way back.")] = False,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Erase somebody for good: results stay without a name, the audit log stays. Export first."""
    term = terminal(context, language, as_json=as_json)
    if not yes:
        raise InvalidInput("error-erase-unconfirmed", staff_no=staff_no)
    with lazy.database.open_company(term) as (company, actor):
        lazy.privacy.erase_person(company, actor, staff_no)
    term.tell({"staff_no": staff_no, "erased": True}, "cli-person-erased", staff_no=staff_no)
