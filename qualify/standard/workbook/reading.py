"""The sheets of a workbook as a standard, or every fault by sheet, row and column, with what would be right.

Sheets and columns are found by their words in either language, in any order. The document that they make is checked
like that of a file; what is wrong in it is told at the cell that it came from.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any, NamedTuple

from qualify.standard.model import Standard
from qualify.standard.problems import CellPlace, CellProblem, Finding, Path, invalid
from qualify.standard.rules import findings
from qualify.standard.shape import shaped
from qualify.standard.workbook import words
from qualify.standard.workbook.plans import (
    EXAMINED,
    HOLDER,
    LEVEL,
    LEVELS,
    TOP,
    FieldKind,
    Holds,
    SheetColumn,
    SheetField,
    SheetPlan,
    columns,
    in_order,
    plans,
    whole_way,
)
from qualify.texts import LANGUAGES, knows, say

MOST_LEGAL = 8
"""So many legal words stand in a sentence."""
_BETWEEN_WORDS = re.compile(r"[、,，;；\n]")
_BEFORE_LEVEL = re.compile(r"\s*[·・•]\s*")
_EXAMINED = ("modules-elements", "modules-elements-subjects", "exams", "exams-subjects")


class GivenSheet(NamedTuple):
    """A sheet as it came: its lines, of which the first has the number `first`, and why the value of a cell is lost
    (the key of the sentence, by row and column from 0)."""

    name: str
    lines: Sequence[Sequence[str]]
    first: int = 1
    lost: Mapping[tuple[int, int], str] = {}


def standard_in(sheets: Sequence[GivenSheet], file: str) -> Standard:
    """The standard that the sheets describe. Raises InvalidStandard with all problems, each a CellProblem."""
    return _Workbook(sheets, file).standard()


def is_standard(sheets: Sequence[GivenSheet]) -> bool:
    """Whether these are the sheets of a standard, whatever is wrong with them."""
    known = _by_name()
    return len({known[name][0] for each in sheets if (name := words.compared(each.name)) in known} - {""}) > 1


def _by_name() -> dict[str, tuple[str, str]]:
    """Each sheet and its language by what it may be called; the one that says how to fill in the others is none."""
    found: dict[str, tuple[str, str]] = {}
    for language in reversed(LANGUAGES):
        found[words.compared(say(language, "workbook-sheet-how-to"))] = "", language
        for name, plan in plans().items():
            found[words.compared(name)] = found[words.compared(words.sheet_name(plan, language))] = name, language
    return found


@dataclass
class _Sheet:
    """A sheet of the standard that was found: its number, its rows, and which of its columns is which."""

    plan: SheetPlan
    number: int
    given: GivenSheet
    language: str
    columns: dict[int, SheetColumn] = field(default_factory=dict)

    def __post_init__(self) -> None:
        filled = [(number, line) for number, line in enumerate(self.given.lines, self.given.first) if any(line)]
        self.top, self.heading = filled[0] if filled else (1, [])
        self.rows = filled[1:]

    def place(self, row: int, column: int | None = None) -> CellPlace:
        heading = self.heading[column] if column is not None and column < len(self.heading) else ""
        return CellPlace(self.given.name, self.number, row, column, heading)

    def of(self, path: tuple[str, ...]) -> int | None:
        """Where the column with this path stands."""
        return next((number for number, column in self.columns.items() if column.path == path), None)


class _Cell(NamedTuple):
    """A cell of a row, with its text."""

    sheet: _Sheet
    row: int
    number: int
    text: str

    @property
    def place(self) -> CellPlace:
        return self.sheet.place(self.row, self.number)

    @property
    def lost(self) -> str | None:
        """Why its value is lost, if it is."""
        return self.sheet.given.lost.get((self.row - self.sheet.given.first, self.number))


class _Workbook:
    """Reads the sheets one after the other, what holds others first."""

    def __init__(self, sheets: Sequence[GivenSheet], file: str) -> None:
        self.file = file
        self.document: dict[str, Any] = {"rating": {}}
        self.places: dict[Path, CellPlace] = {}
        self.problems: list[CellProblem] = []
        self.items: dict[tuple[str, str], tuple[Path, dict[str, Any]]] = {}
        self.labels: dict[str, str] = {}
        self.ids: dict[str, dict[str, str]] = {name: {} for name in (EXAMINED, *plans())}
        """The ids of each sheet by what may stand for them."""
        self.sheets = self._found(sheets)
        self.language = next((each.language for each in self.sheets.values()), LANGUAGES[0])

    def standard(self) -> Standard:
        """The standard. Raises InvalidStandard."""
        lists = [sheet for name, sheet in self.sheets.items() if name != TOP]
        for sheet in lists:
            self._find_columns(sheet)
            self._note_ids(sheet)
        for name in _EXAMINED:
            self.ids[EXAMINED] |= self.ids[name]
        if TOP in self.sheets:
            self._read_once(self.sheets[TOP])
        for sheet in lists:
            self._read_list(sheet)
        shape = shaped(self.document, Standard)
        # Where cells could not be placed, the rules would speak of what is only missing because of them.
        faults = shape if not isinstance(shape, Standard) else [] if self.problems else findings(shape)
        for found in faults:
            self._tell(found)
        if self.problems or not isinstance(shape, Standard):
            raise invalid(self.file, self.problems)
        return shape

    # Which sheet and which column is which

    def _found(self, sheets: Sequence[GivenSheet]) -> dict[str, _Sheet]:
        """The sheets by name, in the order they are to be read in."""
        known, found = _by_name(), dict[str, _Sheet]()
        for number, given in enumerate(sheets):
            name, language = known.get(words.compared(given.name), (None, LANGUAGES[0]))
            if name in found:
                self._refuse(CellPlace(given.name, number, 1, None, ""), "sheet-twice", other=found[name].given.name)
            elif name:
                found[name] = _Sheet(plans()[name], number, given, language)
            elif name is None and any(map(any, given.lines)):
                legal = [words.sheet_name(plan, LANGUAGES[0]) for plan in in_order()]
                self._refuse(CellPlace(given.name, number, 1, None, ""), "sheet-unknown", legal=_listed(legal))
        return {name: found[name] for name in plans() if name in found}

    def _find_columns(self, sheet: _Sheet) -> None:
        fields = (*sheet.plan.belongings(), *sheet.plan.fields)
        for number, heading in enumerate(sheet.heading):
            if not words.compared(heading):
                continue
            column = self._column(sheet, fields, heading, sheet.place(sheet.top, number))
            if column and column in sheet.columns.values():
                self._refuse(sheet.place(sheet.top, number), "column-twice", heading=heading)
            elif column:
                sheet.columns[number] = column
        self._refuse_unnamed(sheet, [number for number, each in enumerate(sheet.heading) if words.compared(each)])

    def _refuse_unnamed(self, sheet: _Sheet, named: Sequence[int]) -> None:
        """What stands in a column without a heading would be lost."""
        for row, line in sheet.rows:
            for number, cell in enumerate(line):
                if cell.strip() and number not in named:
                    self._refuse(sheet.place(row, number), "column-unnamed")

    def _column(self, sheet: _Sheet, fields: Sequence[SheetField], name: str, place: CellPlace) -> SheetColumn | None:
        """The column that is called so; where there is none that is told."""
        named = _headings(sheet.plan, fields)
        if column := named.get(words.compared(name)):
            return column
        start, *level = _BEFORE_LEVEL.split(name, maxsplit=1)
        by_level = named.get(words.compared(start) + "·")
        if by_level and level:
            if level_id := self._known(LEVELS, level[0]):
                return SheetColumn(by_level.field, level_id)
            if self.ids[LEVELS]:  # without any it is told that there are none
                self._refuse(place, "level-unknown", level=level[0], legal=self._legal(LEVELS))
            return None
        legal = [words.heading(sheet.plan, each, {}, sheet.language) for each in columns(fields, ["…"])]
        near = get_close_matches(name, legal, n=3, cutoff=0.3)
        self._refuse(place, "column-unknown", given=name, legal=_listed(near or legal))
        return None

    def _note_ids(self, sheet: _Sheet) -> None:
        """Take down what each item may be called by those who name it: its id, or a name that only it has."""
        if sheet.of(("id",)) is None:
            return
        known, names = self.ids[sheet.plan.name], dict[str, set[str]]()
        for row, line in sheet.rows:
            cells = {column: _Cell(sheet, row, number, _at(line, number)) for number, column in sheet.columns.items()}
            values = {column.path: self._value(column.field, cell) for column, cell in cells.items()}
            if (item_id := values[("id",)]) and isinstance(item_id, str):
                known[words.compared(item_id)] = item_id
                shown = values.get(("name", sheet.language[:2]))
                self.labels[item_id] = f"{shown} [{item_id}]" if shown else item_id
                for name in (values.get(("name", "zh")), values.get(("name", "en"))):
                    names.setdefault(words.compared(str(name or "")), set()).add(item_id)
        for name, ids in names.items():
            if name and len(ids) == 1:
                known.setdefault(name, *ids)

    # Cells

    def _read_once(self, sheet: _Sheet) -> None:
        """The first sheet: in each row a field, its content and, of a text, the same in English."""
        self.places[()] = sheet.place(sheet.top)
        self._refuse_unnamed(sheet, range(3))
        done: set[SheetColumn] = set()
        for row, line in sheet.rows:
            column = self._column(sheet, sheet.plan.fields, line[0], sheet.place(row, 0)) if line[0] else None
            if column is None:
                if not line[0]:
                    self._refuse(sheet.place(row, 0), "cell-missing", heading=sheet.heading[0])
                continue
            if column in done:
                self._refuse(sheet.place(row, 0), "column-twice", heading=line[0])
                continue
            done.add(column)
            is_text = column.field.kind is FieldKind.TEXT
            parts = [(1, column), (2, column._replace(part="en"))] if is_text else [(1, column)]
            for number, part in parts:
                self._put(_Cell(sheet, row, number, _at(line, number)), (), self.document, part)

    def _read_list(self, sheet: _Sheet) -> None:
        plan = sheet.plan
        if not plan.holder:
            self.places.setdefault(tuple(name for name, _ in plan.steps), sheet.place(sheet.top))
        for key in plan.belongings():
            if sheet.of(key.path) is None and sheet.rows:
                wanted = words.field_name(plan, key, sheet.language)
                self._refuse(sheet.place(sheet.top), "column-missing", heading=wanted)
                return
        taken: set[Path] = set()
        for row, line in sheet.rows:
            owner = self._owner(sheet, row, line)
            if owner is None:
                continue
            path, item = self._placed(sheet, row, *owner)
            if path in taken:
                self._refuse(sheet.place(row, sheet.of((LEVEL,))), "row-twice")
                continue
            taken.add(path)
            self._fill(sheet, row, line, path, item)

    def _owner(self, sheet: _Sheet, row: int, line: Sequence[str]) -> tuple[Path, dict[str, Any], str] | None:
        """What the row belongs to, and the level; None where that isn't known, which is told where it begins."""
        given: dict[str, str] = {}
        for key in sheet.plan.belongings():
            (name,) = key.path
            number = sheet.of(key.path)
            assert number is not None
            text = _at(line, number).strip()
            found = self._known(key.refers_to, text)
            if not found and (self.ids[key.refers_to] or row == sheet.rows[0][0]):  # where there are none: told once
                wanted = words.field_name(sheet.plan, key, sheet.language)
                problem = "cell-unknown" if text else "cell-missing"
                near = self._legal(key.refers_to, text)
                self._refuse(sheet.place(row, number), problem, heading=wanted, given=text, legal=near)
            given[name] = found or ""
        if not all(given.values()):
            return None
        if not sheet.plan.holder:
            return (), self.document, given.get(LEVEL, "")
        owner = self.items.get((sheet.plan.holder, given[HOLDER]))
        return (*owner, given.get(LEVEL, "")) if owner else None

    def _placed(
        self, sheet: _Sheet, row: int, path: Path, item: dict[str, Any], level: str
    ) -> tuple[Path, dict[str, Any]]:
        """The item of a row, made where the steps lead to."""
        for name, holds in sheet.plan.steps:
            path = (*path, name)
            if holds is Holds.ONE:
                item = item.setdefault(name, {})
            elif holds is Holds.BY_LEVEL:
                path, item = (*path, level), item.setdefault(name, {}).setdefault(level, {})
                self.places.setdefault(path, sheet.place(row, sheet.of((LEVEL,))))
            else:
                items = item.setdefault(name, [])
                items.append({})
                path, item = (*path, len(items) - 1), items[-1]
        return path, item

    def _fill(self, sheet: _Sheet, row: int, line: Sequence[str], path: Path, item: dict[str, Any]) -> None:
        first = sheet.of(("id",))
        self.places[path] = sheet.place(row, min(sheet.columns) if first is None else first)
        for number, column in sheet.columns.items():
            if column.path in ((HOLDER,), (LEVEL,)):
                continue
            self._put(_Cell(sheet, row, number, _at(line, number)), path, item, column)
        if isinstance(item_id := item.get("id"), str):
            self.items.setdefault((sheet.plan.name, item_id), (path, item))

    def _put(self, cell: _Cell, path: Path, item: dict[str, Any], column: SheetColumn) -> None:
        """Put the cell's value into the item, and note where it stands, and with it what it is a part of."""
        for length in range(len(column.path), 0, -1):
            self.places.setdefault((*path, *column.path[:length]), cell.place)
        if cell.lost:
            self.problems.append(self._problem(cell.place, cell.lost, given=cell.text))
        value = self._value(column.field, cell)
        if value is None:
            return
        *way, last = column.path
        for step in way:
            item = item.setdefault(step, {})
            if not isinstance(item, dict):
                break
        if not isinstance(item, dict) or last in item:
            self._refuse(cell.place, "one-or-each")
        else:
            item[last] = value

    def _value(self, field: SheetField, cell: _Cell) -> object:
        """What the cell says, as a file would have it; None where it says nothing."""
        given = cell.text.strip()
        if not given or cell.lost:
            return None
        match field.kind:
            case FieldKind.NUMBER:
                return _number(given)
            case FieldKind.WORDS:
                return [each.strip() for each in _BETWEEN_WORDS.split(given) if each.strip()]
            case FieldKind.REFERENCE:
                return self._known(field.refers_to, given) or words.id_in(given) or given
            case FieldKind.YES_NO | FieldKind.CHOICE:
                return _choices(field).get(words.compared(given), given)
            case _:
                return given

    def _known(self, kind: str, text: str) -> str | None:
        """The id that somebody means by a label, an id or a name."""
        known = self.ids[kind]
        by_id = words.id_in(text)
        return known.get(words.compared(text)) or (known.get(words.compared(by_id)) if by_id else None)

    def _legal(self, kind: str, text: str = "") -> str:
        known = self.ids[kind]
        near = [known[each] for each in get_close_matches(words.compared(text), known, n=3)]
        return _listed([self.labels.get(each, each) for each in dict.fromkeys(near or known.values())]) or "—"

    # Problems

    def _refuse(self, place: CellPlace, name: str, /, **values: str) -> None:
        self.problems.append(self._problem(place, f"error-workbook-{name}", **values))

    def _problem(self, place: CellPlace, key: str, /, **values: str) -> CellProblem:
        return CellProblem(self.file, place.row, key, values, cell=place)

    def _tell(self, found: Finding) -> None:
        """A finding at its cell, in words that know the workbook."""
        path = found.path
        values = dict(found.values)
        name = found.key.removeprefix("error-standard-")
        if name == "level-missing":
            path = (*path, values["level"])
        plan, field = _described(path)
        place = self._place(path, plan)
        if name in ("field-missing", "list-short") and field is None:
            below = _list_below(path) or plan
            sheet = self.sheets.get(below.name)
            title = sheet.given.name if sheet else words.sheet_name(below, self.language)
            self._refuse(place, "sheet-empty", sheet=title)
            return
        if field:
            heading = words.field_name(plan, field, self.language)
            values |= {"column": heading} | ({"field": heading} if "field" in values else {})
            if legal := words.choices(field):
                values["legal"] = _listed([words.choice_name(field, each, self.language) for each in legal])
        key = f"error-workbook-{name}"
        self.problems.append(self._problem(place, key if knows(key) else found.key, **values))

    def _place(self, path: Path, plan: SheetPlan) -> CellPlace:
        """The cell of what is at the path, or of the nearest thing around it."""
        for length in range(len(path), -1, -1):
            if found := self.places.get(path[:length]):
                return found
        return CellPlace(words.sheet_name(plan, self.language), 0, 1, None, "")


def _headings(plan: SheetPlan, fields: Sequence[SheetField]) -> dict[str, SheetColumn]:
    """The columns by what they may be called; those by level by their beginning and a dot."""
    found: dict[str, SheetColumn] = {}
    for column in columns(fields, [""]):
        by_level = column.field.by_level
        found.setdefault(words.compared(".".join(column.path)) + "·" * by_level, column)
        for language in LANGUAGES:
            is_once = plan.name == TOP and column.part != "en"
            name = words.heading(plan, column, {}, language)
            if by_level or is_once:
                name = words.field_name(plan, column.field, language)
            found.setdefault(words.compared(name) + "·" * by_level, column)
    return found


def _choices(field: SheetField) -> dict[str, str]:
    """The values of a choice by what they may be called."""
    named = {
        words.compared(words.choice_name(field, each, language)): each
        for language in LANGUAGES
        for each in words.choices(field)
    }
    return named | {each: each for each in words.choices(field)}


def _number(text: str) -> str:
    """A number as a file would have it; a share may be written in per cent."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if plain.endswith("%"):
        with suppress(InvalidOperation):
            return str(Decimal(plain[:-1]) / 100)
    return plain


def _described(path: Path) -> tuple[SheetPlan, SheetField | None]:
    """The sheet that has what is at the path, and the field where it is one."""
    best: tuple[int, SheetPlan, Path] = (0, plans()[TOP], path)
    for plan in plans().values():
        rest: Path | None = path
        for name, holds in whole_way(plan):
            if not rest or rest[0] != name:
                rest = None
                break
            rest = rest[1:] if holds is Holds.ONE else rest[2:]
        if rest is not None and len(path) - len(rest) > best[0]:
            best = (len(path) - len(rest), plan, rest)
    _, plan, rest = best
    fields = [field for field in plan.fields if field.path in (rest, rest[:-1]) and rest]
    return plan, fields[0] if fields else None


def _list_below(path: Path) -> SheetPlan | None:
    """The first list that is at the path or below it."""
    names = [each for each in path if isinstance(each, str)]
    for plan in plans().values():
        way = [name for name, holds in whole_way(plan)]
        if way and way[: len(names)] == names:
            return plan
    return None


def _at(line: Sequence[str], number: int) -> str:
    return line[number] if number < len(line) else ""


def _listed(legal: Sequence[str]) -> str:
    shown = ", ".join(legal[:MOST_LEGAL])
    return shown if len(legal) <= MOST_LEGAL else f"{shown}, …"
