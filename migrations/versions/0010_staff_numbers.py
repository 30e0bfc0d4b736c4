"""Staff numbers as lists and commands read them: in capitals, plain letters and digits, nothing blank.

A number that another person bears in that form stays as it is, so that nobody gets somebody else's: an administrator
gives one of the two another number.
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ERASED = "erased-"
PERSON = sa.table("person", sa.column("id", sa.Integer), sa.column("staff_no", sa.String))


def upgrade() -> None:
    connection = op.get_bind()
    numbers = {row.id: row.staff_no for row in connection.execute(sa.select(PERSON.c.id, PERSON.c.staff_no))}
    taken = set(numbers.values())
    for person_id, number in sorted(numbers.items()):
        plain = "".join(unicodedata.normalize("NFKC", number).split()).upper()
        if plain and plain not in taken and not number.startswith(ERASED):
            taken.add(plain)
            connection.execute(PERSON.update().where(PERSON.c.id == person_id).values(staff_no=plain))


def downgrade() -> None:
    """How a number was written before is in the audit log of whoever brought it in."""
