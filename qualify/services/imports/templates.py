"""Workbooks to fill in and send back: what they ask for, and what they offer."""

from qualify.access import Permission
from qualify.exports.templates import template
from qualify.services.authorization import Actor, authorize
from qualify.services.context import Context, reads
from qualify.services.imports.people_list import COLUMNS
from qualify.services.imports.score_list import SCORE_COLUMNS
from qualify.services.people.roles import ROLE_WORDS
from qualify.standard import all_subjects
from qualify.storage import people

PEOPLE = ("示例001", "张三", "客服部", "服务经理", "三级", "", "员工", "在职")
SCORES = ("示例001", "", "", "84", "2026-03-01")


@reads
def people_template(context: Context, actor: Actor) -> bytes:
    """A workbook for a list of people, which offers roles and the departments known. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.CHANGE_PEOPLE)
        departments = people.departments(connection)
    roles = [word for word in ROLE_WORDS if not word.isascii()]
    choices = {2: departments, 6: roles, 7: ["在职", "离职"]}
    return template([column.chinese for column in COLUMNS], PEOPLE, choices)


@reads
def scores_template(context: Context, actor: Actor) -> bytes:
    """A workbook for a list of scores, which offers standards and subjects. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, Permission.IMPORT_SCORES)
    standards = sorted({standard.name.zh for standard in context.standards.all()})
    subjects = sorted({each.name.zh for standard in context.standards.all() for each in all_subjects(standard)})
    example = (SCORES[0], standards[0] if standards else "", subjects[0] if subjects else "", *SCORES[3:])
    return template([column.chinese for column in SCORE_COLUMNS], example, {1: standards, 2: subjects})
