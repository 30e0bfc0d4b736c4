"""What a list of people would change, in words."""

from qualify.services.imports.people_list import Imported
from qualify.texts import say, shortened

LONGEST = 40
"""Characters of a value."""


def groups(people: Imported) -> list[tuple[str, list[str]]]:
    """Who comes, changes, goes and stays away: the key of a sentence, and the staff numbers."""
    kinds = ("added", "changed", "leaving", "returning", "away", "left_out")
    return [(f"file-{kind.replace('_', '-')}", getattr(people, kind)) for kind in kinds]


def differences(people: Imported, most: int, language: str) -> list[str]:
    """The first fields that change, before → after, and how many more there are."""
    lines = []
    for each in people.differences[:most]:
        field = say(language, f"audit-field-{each.field.replace('_', '-')}")
        was, becomes = (_value(value, language) for value in (each.before, each.after))
        lines.append(say(language, "file-difference", who=each.staff_no, field=field, before=was, after=becomes))
    if (more := len(people.differences) - most) > 0:
        lines.append(say(language, "file-more-differences", count=str(more)))
    return lines


def _value(value: object, language: str) -> str:
    if isinstance(value, bool):
        return say(language, "file-here" if value else "file-gone")
    if isinstance(value, list):
        return say(language, "explain-separator").join(say(language, f"cli-role-{each}") for each in value)
    return shortened(str(value or "—"), LONGEST)
