"""A standard as the sheets of a workbook, nothing left out."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from qualify.standard.model import Standard
from qualify.standard.workbook import words
from qualify.standard.workbook.plans import (
    EXAMINED,
    LEVELS,
    TOP,
    FieldKind,
    SheetColumn,
    SheetField,
    SheetPlan,
    columns,
    in_order,
    items,
    plans,
)
from qualify.texts import say

Written = str | int | Decimal | None
HOW_TO = "how-to"
_LINES = ("begin", "release", "ids", "lists", "levels", "blank", "send", "example")
_WIDE = {FieldKind.TEXT: 48, FieldKind.REFERENCE: 34, FieldKind.WORD: 24, FieldKind.NUMBER: 11}
_NARROW = 16


class Choices(NamedTuple):
    """What to choose from in a column, or in one row of it (from 0, headings not counted)."""

    column: int
    words: tuple[str, ...]
    row: int | None = None
    only_these: bool = True


class FilledSheet(NamedTuple):
    """A sheet: its headings, its rows (as many cells as there are headings), how wide its columns are."""

    name: str
    headings: tuple[str, ...]
    rows: list[tuple[Written, ...]]
    widths: tuple[int, ...]
    choices: tuple[Choices, ...] = ()
    numbers: frozenset[int] = frozenset()
    """The columns that hold numbers."""


def document_of(standard: Standard) -> dict[str, Any]:
    """The standard as its file has it: what was left out there is left out."""
    return standard.model_dump(by_alias=True, exclude_unset=True)


def filled_sheets(standard: Standard, language: str) -> list[FilledSheet]:
    """The sheets in the order they are read in, the first of which says how they are filled in."""
    book = _Book(document_of(standard), language)
    return [_how_to(language), *(book.sheet(plan) for plan in in_order())]


def _how_to(language: str) -> FilledSheet:
    lines = [("", say(language, f"workbook-how-to-{line}")) for line in _LINES]
    sheets = [(words.sheet_name(plan, language), say(language, f"workbook-about-{plan.name}")) for plan in in_order()]
    headings = (say(language, "workbook-how-to-sheet"), say(language, "workbook-how-to-about"))
    return FilledSheet(say(language, "workbook-sheet-how-to"), headings, [*lines, *sheets], (18, 96))


class _Book:
    """Fills the sheets from one document."""

    def __init__(self, document: dict[str, Any], language: str) -> None:
        self.document, self.language = document, language
        self.labels = {name: self._labels_of(plan) for name, plan in plans().items() if plan.has_ids}
        self.labels[EXAMINED] = self._examined()
        self.levels = self.labels[LEVELS]

    def sheet(self, plan: SheetPlan) -> FilledSheet:
        """The sheet with all its rows."""
        return self._once() if plan.name == TOP else self._list(plan)

    def _list(self, plan: SheetPlan) -> FilledSheet:
        shown = list(columns((*plan.belongings(), *plan.fields), list(self.levels)))
        rows = [
            tuple(self._cell(plan, column, keys, item) for column in shown) for keys, item in items(plan, self.document)
        ]
        return FilledSheet(
            words.sheet_name(plan, self.language),
            tuple(words.heading(plan, column, self.levels, self.language) for column in shown),
            rows,
            tuple(_width(column.field) for column in shown),
            tuple(found for number, column in enumerate(shown) if (found := self._choices(column.field, number))),
            frozenset(number for number, column in enumerate(shown) if column.field.kind is FieldKind.NUMBER),
        )

    def _once(self) -> FilledSheet:
        """The sheet of what there is once: a name, its content, and where that is a text the same in English."""
        plan = plans()[TOP]
        rows: list[tuple[Written, ...]] = []
        found: list[Choices] = []
        for column in columns(plan.fields, list(self.levels)):
            value = self._cell(plan, column, (), self.document)
            if column.part == "en" and not column.field.by_level:
                rows[-1] = (*rows[-1][:2], value)
                continue
            if choices := self._choices(column.field, 1):
                found.append(choices._replace(row=len(rows)))
            name = words.field_name(plan, column.field, self.language)
            if column.field.by_level:
                name = words.heading(plan, column, self.levels, self.language)
            rows.append((name, value, None))
        headings = tuple(say(self.language, f"workbook-once-{each}") for each in ("name", "content", "english"))
        return FilledSheet(words.sheet_name(plan, self.language), headings, rows, (26, 48, 48), tuple(found))

    def _cell(self, plan: SheetPlan, column: SheetColumn, keys: Sequence[str], item: Any) -> Written:
        fields = [key.path for key in plan.belongings()]
        if column.path in fields:
            return self._shown(column.field, keys[fields.index(column.path)])
        for step in column.path:
            item = item.get(step) if isinstance(item, Mapping) else None
        if isinstance(item, Mapping) or item is None:  # a weight is one number, or one for each level
            return None
        return self._shown(column.field, item)

    def _shown(self, field: SheetField, value: Any) -> Written:
        match field.kind:
            case FieldKind.YES_NO:
                return words.choice_name(field, str(value).lower(), self.language)
            case FieldKind.CHOICE:
                return words.choice_name(field, value, self.language)
            case FieldKind.REFERENCE:
                return self.labels[field.refers_to].get(value) or str(value)
            case FieldKind.WORDS:
                return say(self.language, "workbook-and").join(value)
            case _:
                return value if isinstance(value, int | Decimal) else str(value)

    def _choices(self, field: SheetField, column: int) -> Choices | None:
        """What may be chosen. Something that a row is just being added for may be named as well."""
        if closed := words.choices(field):
            return Choices(column, tuple(words.choice_name(field, each, self.language) for each in closed))
        if field.kind is FieldKind.REFERENCE and (known := self.labels[field.refers_to]):
            return Choices(column, tuple(known.values()), only_these=False)
        return None

    def _labels_of(self, plan: SheetPlan) -> dict[str, str]:
        found = [item for _, item in items(plan, self.document)]
        return {item["id"]: words.label(item.get("name"), item["id"], self.language) for item in found}

    def _examined(self) -> dict[str, str]:
        """What a reading list may prepare for, by id."""
        exams = [item for _, item in items(plans()["modules-elements"], self.document) if item.get("kind") == "exam"]
        found = {item["id"]: words.label(item["name"], item["id"], self.language) for item in exams}
        for name in ("exams", "modules-elements-subjects", "exams-subjects"):
            found |= self.labels[name]
        return found


def _width(field: SheetField) -> int:
    return _NARROW if field.refers_to == LEVELS else _WIDE.get(field.kind, _NARROW)
