"""What sheets, columns and choices are called in a workbook: the catalogue's words, in either language, both ways.

A field that the catalogue has no word for yet goes by its own name.
"""

import re
import unicodedata
from collections.abc import Sequence

from qualify.standard.workbook.plans import FieldKind, SheetColumn, SheetField, SheetPlan
from qualify.texts import knows, say, visible

YES_NO = ("true", "false")
_ID_AT_END = re.compile(r"[\[［【]([^\[\]［］【】]*)[\]］】]\s*$")


def sheet_name(plan: SheetPlan, language: str) -> str:
    """What the sheet is called."""
    return _word(language, f"workbook-sheet-{plan.name}", plan.name)


def field_name(plan: SheetPlan, field: SheetField, language: str) -> str:
    """What the field is called: on this sheet, or else anywhere."""
    way = "-".join(field.path).replace("_", "-")
    if not way:
        return say(language, "workbook-field-text")
    if field.path == ("holder",):
        return say(language, f"workbook-holder-{plan.holder}")
    key = f"workbook-{plan.name}-{way}"
    last = field.path[-1]
    return say(language, key) if knows(key) else _word(language, f"workbook-field-{last.replace('_', '-')}", last)


def heading(plan: SheetPlan, column: SheetColumn, levels: dict[str, str], language: str) -> str:
    """The heading of a column; `levels` are the labels of the levels by their ids."""
    name = field_name(plan, column.field, language)
    if column.field.kind is FieldKind.TEXT:
        return say(language, f"workbook-in-{column.part}", field=name)
    return f"{name} · {levels.get(column.part, column.part)}" if column.field.by_level else name


def choice_name(field: SheetField, value: str, language: str) -> str:
    """What a choice is called: a yes or no, or one of the field's legal values."""
    kind = "yes-no" if field.kind is FieldKind.YES_NO else field.path[-1].replace("_", "-")
    return _word(language, f"workbook-choice-{kind}-{value}", value)


def choices(field: SheetField) -> Sequence[str]:
    """The values that may stand in a cell of the field where they are closed."""
    return YES_NO if field.kind is FieldKind.YES_NO else field.choices


def label(name: object, item_id: str, language: str) -> str:
    """How a workbook names something else in it: its name and, in brackets, its id; `name` is a text as in a file."""
    words = name.get("zh" if language.startswith("zh") else "en") if isinstance(name, dict) else None
    return f"{words} [{item_id}]" if words else item_id


def id_in(text: str) -> str | None:
    """The id at the end of a label; None where there is none."""
    found = _ID_AT_END.search(text)
    return found[1].strip() if found else None


def compared(text: str) -> str:
    """Words as they are compared: however somebody wrote them, full-width, in capitals, with blanks."""
    wide = unicodedata.normalize("NFKC", visible(text)).casefold()
    return "".join(wide.split()).strip("*:")


def _word(language: str, key: str, otherwise: str) -> str:
    return say(language, key) if knows(key) else otherwise
