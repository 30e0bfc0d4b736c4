"""Line managers: a person's manager is a person, no longer a word; and may not want to be told of results.

The word becomes a person where it is somebody's staff number, or a name that exactly one person bears. A word that is
nobody's, one's own, or that would close a circle is kept as a line of the audit log.
"""

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PERSON = sa.table(
    "person",
    *map(sa.column, ("id", "staff_no", "name", "manager", "manager_id", "erased_at")),
)
AUDIT = sa.table(
    "audit",
    sa.column("at", sa.DateTime(timezone=True)),
    *map(sa.column, ("operator", "action", "record", "record_id", "before", "after")),
)


def upgrade() -> None:
    named = "CONSTRAINT fk_person_manager_id REFERENCES person(id)"  # Alembic adds none to a table of SQLite
    op.execute(f"ALTER TABLE person ADD COLUMN manager_id INTEGER {named}")
    op.add_column("account", sa.Column("team_news", sa.Boolean(), nullable=False, server_default=sa.true()))
    _find_managers(op.get_bind())
    op.drop_column("person", "manager")
    where = sa.text("manager_id IS NOT NULL")
    op.create_index(
        *("ix_person_manager_id_staff_no", "person", ["manager_id", "staff_no"]),
        sqlite_where=where,
        postgresql_where=where,
    )


def _find_managers(connection: sa.Connection) -> None:
    """Everybody's manager by the word that stood there, in the order of the people."""
    people = connection.execute(sa.select(PERSON).where(PERSON.c.erased_at.is_(None)).order_by(PERSON.c.id)).all()
    numbers = {person.staff_no: person.id for person in people}
    names: dict[str, list[int]] = {}
    for person in people:
        names.setdefault(person.name, []).append(person.id)
    above: dict[int, int] = {}
    for person in people:
        if not (word := person.manager.strip()):
            continue
        found = [numbers[word]] if word in numbers else names.get(word, [])
        if len(found) == 1 and not _leads_to(person.id, found[0], above):
            above[person.id] = found[0]
        else:
            connection.execute(sa.insert(AUDIT).values(_line(person.id, person.manager)))
    change = sa.update(PERSON).where(PERSON.c.id == sa.bindparam("person")).values(manager_id=sa.bindparam("above"))
    if above:
        rows = [{"person": key, "above": manager_id} for key, manager_id in above.items()]
        connection.execute(change, rows)


def _leads_to(person_id: int, manager_id: int | None, above: dict[int, int]) -> bool:
    """Whether the person is this manager, or one of those above."""
    while manager_id is not None and manager_id != person_id:
        manager_id = above.get(manager_id)
    return manager_id == person_id


def _line(person_id: int, word: str) -> dict[str, object]:
    before = json.dumps({"manager": word}, ensure_ascii=False)
    kept = {"record": "person", "record_id": person_id, "before": before, "after": "{}"}
    return {"at": datetime.now(UTC), "operator": "migration", "action": "manager", **kept}


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'team_result'")
    op.drop_column("account", "team_news")
    op.add_column("person", sa.Column("manager", sa.String(), nullable=False, server_default=""))
    op.execute(
        "UPDATE person SET manager = (SELECT above.staff_no FROM person AS above WHERE above.id = person.manager_id)"
        " WHERE manager_id IS NOT NULL"
    )
    op.drop_index("ix_person_manager_id_staff_no", "person")
    op.drop_column("person", "manager_id")
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("person", "manager", server_default=None)
