"""The templates of the lists that HR sends: people, and examination scores."""

from qualify.exports.templates import TemplateColumn, template
from qualify.services.authorization import Actor
from qualify.services.context import Context, reads
from qualify.services.imports.people_list import COLUMNS
from qualify.services.imports.score_list import SCORE_COLUMNS
from qualify.services.imports.tables import EXAMPLE, Column
from qualify.services.people import directory
from qualify.standard import all_subjects
from qualify.texts import say


@reads
def people_template(context: Context, actor: Actor, language: str) -> bytes:
    """A list of people to fill in, with the departments that there are. Raises Forbidden."""
    roles = [say(language, f"cli-role-{role}") for role in ("employee", "assessor", "admin")]
    choices = {
        "department": directory.departments(context, actor),
        "level": _levels(context, language),
        "roles": roles,
        "status": [say(language, "template-active"), say(language, "template-left")],
    }
    return _made("people", COLUMNS, choices, ("status",), language)


@reads
def scores_template(context: Context, actor: Actor, language: str) -> bytes:
    """A list of scores to fill in, with the standards and their subjects. Raises Forbidden."""
    directory.departments(context, actor)  # asks whether the actor may see people at all
    standards = context.standards.all()
    subjects = [each.name.in_language(language) for standard in standards for each in all_subjects(standard)]
    choices = {
        "standard": [each.name.in_language(language) for each in standards],
        "subject": list(dict.fromkeys(subjects)),
        "level": _levels(context, language),
    }
    return _made("scores", SCORE_COLUMNS, choices, ("standard", "subject", "level"), language)


def _levels(context: Context, language: str) -> list[str]:
    """The names of the levels of all standards."""
    levels = [level.name.in_language(language) for each in context.standards.all() for level in each.levels]
    return list(dict.fromkeys(levels))


def _made(
    kind: str, columns: tuple[Column, ...], choices: dict[str, list[str]], only_these: tuple[str, ...], language: str
) -> bytes:
    is_chinese = language.startswith("zh")
    found = [
        TemplateColumn(
            column.chinese if is_chinese else column.name,
            EXAMPLE if column.name == "staff_no" else _example(column.name, choices, language),
            choices.get(column.name, ()),
            column.name in only_these,
        )
        for column in columns
    ]
    return template(say(language, f"template-{kind}"), say(language, "template-hint", example=EXAMPLE), found)


def _example(name: str, choices: dict[str, list[str]], language: str) -> str:
    if name in ("manager", "former_staff_no"):
        return ""
    if name in choices:
        return next(iter(choices[name]), "")
    return say(language, f"template-{name.replace('_', '-')}")
