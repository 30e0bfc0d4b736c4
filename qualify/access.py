"""Who may do what: one table of role × relation to the record × action. Pure; services ask it, handlers never do.

A person's relation to a record is exactly one, the first of these that holds: they are its subject (the employee who is
assessed, or the person the record is about), one of its assessors, its subject's line manager, or somebody else. A
manager sees the published results of the people they lead and how far their assessments are, whatever their roles; an
administrator who is the manager may do what any other may. A person with several roles may do what any of them allows.
Nobody decides about themselves: an administrator who is the subject signs, returns, publishes and answers nothing, nor
do they waive the signature under their own result or bring in their own exam scores. Nor do they export what is kept
about them, which holds what isn't published.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a person may be asked to do; one person may have several."""

    EMPLOYEE = "employee"
    ASSESSOR = "assessor"
    ADMIN = "admin"


class Relation(StrEnum):
    """How a person stands to the record in question."""

    SUBJECT = "subject"
    ASSESSOR = "assessor"
    MANAGER = "manager"
    OTHER = "other"


class Permission(StrEnum):
    """Everything that needs a permission."""

    RATE = "rate"
    SELF_ASSESS = "self_assess"
    SEE_RESULT = "see_result"
    ACKNOWLEDGE = "acknowledge"
    APPEAL = "appeal"
    SEE_UNPUBLISHED = "see_unpublished"
    SIGN_OFF = "sign_off"
    RETURN = "return"
    PUBLISH = "publish"
    ANSWER_APPEAL = "answer_appeal"
    OPEN = "open"
    WAIVE_SIGN_OFF = "waive_sign_off"
    CHANGE = "change"
    SEE_PROGRESS = "see_progress"
    REMIND = "remind"
    SEE_TEAM = "see_team"
    SEE_PEOPLE = "see_people"
    CHANGE_PEOPLE = "change_people"
    IMPORT_SCORES = "import_scores"
    SEE_RANKING = "see_ranking"
    SEE_STATISTICS = "see_statistics"
    EXPORT = "export"
    SEE_AUDIT = "see_audit"
    EXPORT_PERSON = "export_person"
    ERASE_PERSON = "erase_person"
    KEEP_STANDARDS = "keep_standards"


# Columns: subject, assessor, manager, other of each role; x = may.
TABLE: Mapping[Permission, str] = {
    #                       employee    assessor    admin
    Permission.RATE: "            . . . .   . x . .   . . . .",
    Permission.SELF_ASSESS: "     x . . .   x . . .   x . . .",
    Permission.SEE_RESULT: "      x . x .   x x x .   x x x x",
    Permission.ACKNOWLEDGE: "     x . . .   x . . .   x . . .",
    Permission.APPEAL: "          x . . .   x . . .   x . . .",
    Permission.SEE_UNPUBLISHED: " . . . .   . . . .   . x x x",
    Permission.SIGN_OFF: "        . . . .   . . . .   . x x x",
    Permission.RETURN: "          . . . .   . . . .   . x x x",
    Permission.PUBLISH: "         . . . .   . . . .   . x x x",
    Permission.ANSWER_APPEAL: "   . . . .   . . . .   . x x x",
    Permission.OPEN: "            . . . .   . . . .   x x x x",
    Permission.WAIVE_SIGN_OFF: "  . . . .   . . . .   . x x x",
    Permission.CHANGE: "          . . . .   . . . .   . x x x",
    Permission.SEE_PROGRESS: "    . . . .   . . . .   x x x x",
    Permission.REMIND: "          . . . .   . . . .   x x x x",
    Permission.SEE_TEAM: "        . . x .   . . x .   x x x x",
    Permission.SEE_PEOPLE: "      . . . .   . . . .   x x x x",
    Permission.CHANGE_PEOPLE: "   . . . .   . . . .   x x x x",
    Permission.IMPORT_SCORES: "   . . . .   . . . .   . x x x",
    Permission.SEE_RANKING: "     . . . .   . . . .   x x x x",
    Permission.SEE_STATISTICS: "  . . . .   . . . .   x x x x",
    Permission.EXPORT: "          . . . .   . . . .   x x x x",
    Permission.SEE_AUDIT: "       . . . .   . . . .   x x x x",
    Permission.EXPORT_PERSON: "   . . . .   . . . .   . x x x",
    Permission.ERASE_PERSON: "    . . . .   . . . .   . x x x",
    Permission.KEEP_STANDARDS: "  . . . .   . . . .   x x x x",
}
_COLUMNS = tuple((role, relation) for role in Role for relation in Relation)
_ALLOWED = {
    (action, *column)
    for action, row in TABLE.items()
    for column, cell in zip(_COLUMNS, row.split(), strict=True)
    if cell == "x"
}


def may(action: Permission, roles: Iterable[Role], relation: Relation = Relation.OTHER) -> bool:
    """Whether somebody with these roles, standing like this to the record, may do it. Without a role: nothing."""
    return any((action, role, relation) in _ALLOWED for role in roles)
