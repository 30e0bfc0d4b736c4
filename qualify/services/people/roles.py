"""What people may be asked to do, and whether they are still here; somebody is always an administrator."""

import re
import unicodedata
from collections.abc import Iterable

from sqlalchemy import Connection

from qualify.access import Permission, Role
from qualify.errors import InvalidInput
from qualify.services.authorization import Actor, UnitOfWork, acting
from qualify.services.context import Context
from qualify.services.people.directory import known
from qualify.storage import assessments, notices, people
from qualify.storage.tables import NoticeKind

ROLE_WORDS = {
    **{role.value: role for role in Role},
    "员工": Role.EMPLOYEE,
    "评审员": Role.ASSESSOR,
    "管理员": Role.ADMIN,
}


def set_active(context: Context, actor: Actor, staff_no: str, *, active: bool) -> None:
    """Deactivate somebody who left (no access, no messages, nothing is deleted), or let them in again.

    Raises Forbidden, NotFound for an unknown staff number, InvalidInput for the last administrator.
    """
    with acting(context, actor) as work:
        people.lock_admins(work.connection)
        work.authorize(Permission.CHANGE_PEOPLE)
        person = known(work.connection, staff_no)
        people.set_active(work.connection, person.id, active=active)
        keep_an_admin(work.connection, people.roles_of(work.connection, person.id))
        work.keep("active", "person", person.id, before={"active": person.active}, after={"active": active})
        if person.active and not active:
            ask_what_becomes(work, person.id)


def ask_what_becomes(work: UnitOfWork, subject_id: int) -> None:
    """Ask the administrators about each assessment of somebody who has left. What was decided before they came back
    holds no more; nothing is asked about who is assessed nowhere."""
    for assessment_id in assessments.owed_about(work.connection, subject_id):
        assessments.change(work.connection, assessment_id, kept_on=False)
        for admin_id in people.with_role(work.connection, Role.ADMIN):
            kind = NoticeKind.SUBJECT_LEFT
            notices.owe_again(work.connection, admin_id, kind, assessment_id, work.context.now())


def set_roles(context: Context, actor: Actor, staff_no: str, roles: Iterable[Role]) -> None:
    """Replace somebody's roles. Raises Forbidden, NotFound, or InvalidInput: no role, or no administrator left."""
    given = frozenset(roles)
    if not given:
        raise InvalidInput("error-roles-none")
    with acting(context, actor) as work:
        people.lock_admins(work.connection)
        work.authorize(Permission.CHANGE_PEOPLE)
        person = known(work.connection, staff_no)
        before = people.roles_of(work.connection, person.id)
        people.set_roles(work.connection, person.id, given)
        keep_an_admin(work.connection, before)
        work.keep("roles", "person", person.id, before={"roles": sorted(before)}, after={"roles": sorted(given)})


def keep_an_admin(connection: Connection, roles_before: frozenset[Role]) -> None:
    """Raises InvalidInput when a change to somebody with these roles has left the company without an administrator."""
    if Role.ADMIN in roles_before and not people.with_role(connection, Role.ADMIN):
        raise InvalidInput("error-last-admin")


def read_roles(text: str) -> list[Role]:
    """Roles in English or Chinese, separated by commas, semicolons or spaces; none in an empty text.

    Raises InvalidInput for a word that is no role.
    """
    words = re.findall(r"[^\s,;、]+", unicodedata.normalize("NFKC", text).lower())
    unknown = [word for word in words if word not in ROLE_WORDS]
    if unknown:
        raise InvalidInput("error-role", given=unknown[0], roles=", ".join(ROLE_WORDS))
    return [ROLE_WORDS[word] for word in words]
