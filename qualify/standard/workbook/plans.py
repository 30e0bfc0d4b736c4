"""Which sheets a standard's workbook has, and which columns: found from the model, so that a new field of it has its
column without a word here.

What there is once stands on the first sheet, a field a row. Each list has a sheet of its own, an item a row; where it
belongs to something, the row begins with what that is, and with the level where it differs by level. A text takes two
columns, one a language; a table of numbers by level takes a column for each level.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_origin

from qualify.standard.fields import alternatives, is_model
from qualify.standard.model import Standard, Text

TOP = "standard"
HOLDER, LEVEL = "holder", "level"
"""The paths of the columns that say what a row belongs to."""
LEVELS, EXAMINED = "levels", "examined"
_REFERENCES = {"inherits": LEVELS, "prepares_for": EXAMINED, "levels": LEVELS}
"""Fields that name something else in the standard by its id, and what."""
_SHOWN_FIRST = ("standard", "levels", "modules", "modules-elements", "modules-elements-levels")
_FIRST_OF_CRITERIA = "modules-elements-levels-criteria"


class Holds(StrEnum):
    """How one step of the way to a list goes on."""

    ONE = "one"
    EACH = "each"
    BY_LEVEL = "by level"


class FieldKind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    WORD = "word"
    WORDS = "words"
    NUMBER = "number"
    YES_NO = "yes-no"
    CHOICE = "choice"
    REFERENCE = "reference"


class SheetField(NamedTuple):
    """A field by its path below the row. `choices` are its legal values where they are closed, `refers_to` the sheet
    (or EXAMINED) whose ids it names."""

    path: tuple[str, ...]
    kind: FieldKind
    by_level: bool = False
    choices: tuple[str, ...] = ()
    refers_to: str = ""


Step = tuple[str, Holds]


class SheetPlan(NamedTuple):
    """One sheet: `steps` lead from an item of its holder (from the top, without one) to its rows."""

    name: str
    holder: str
    steps: tuple[Step, ...]
    fields: tuple[SheetField, ...]

    @property
    def has_level(self) -> bool:
        """Whether each row belongs to a level."""
        return any(holds is Holds.BY_LEVEL for _, holds in self.steps)

    @property
    def has_ids(self) -> bool:
        """Whether its items are named by ids."""
        return self.name != TOP and any(field.path == ("id",) for field in self.fields)

    def belongings(self) -> tuple[SheetField, ...]:
        """The columns that say what a row belongs to."""
        of_holder = [SheetField((HOLDER,), FieldKind.REFERENCE, refers_to=self.holder)] if self.holder else []
        of_level = [SheetField((LEVEL,), FieldKind.REFERENCE, refers_to=LEVELS)] if self.has_level else []
        return (*of_holder, *of_level)


class SheetColumn(NamedTuple):
    """A column (on the first sheet: a row): its field, and of it one language or one level."""

    field: SheetField
    part: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """Where the value goes, below the row."""
        return (*self.field.path, self.part) if self.part else self.field.path


def columns(fields: Iterable[SheetField], levels: Sequence[str]) -> Iterator[SheetColumn]:
    """The columns of the fields, for the levels with these ids."""
    for field in fields:
        parts: Sequence[str] = levels if field.by_level else tuple(Text.model_fields) if _is_text(field) else ("",)
        yield from (SheetColumn(field, part) for part in parts)


def _is_text(field: SheetField) -> bool:
    return field.kind is FieldKind.TEXT


@cache
def plans() -> dict[str, SheetPlan]:
    """Every sheet by its name; what holds others comes before them."""
    return {plan.name: plan for plan in _plans(TOP, [Standard], "", ())}


def in_order() -> list[SheetPlan]:
    """The sheets as people read them: what is asked of whom first, then how it is rated."""
    shown = [plan for name, plan in plans().items() if name in _SHOWN_FIRST]
    shown += [plan for name, plan in plans().items() if name.startswith(_FIRST_OF_CRITERIA)]
    return sorted(shown, key=lambda plan: plan.name.count("-")) + [p for p in plans().values() if p not in shown]


def whole_way(plan: SheetPlan) -> tuple[Step, ...]:
    """The steps to its rows from the top."""
    return (*(whole_way(plans()[plan.holder]) if plan.holder else ()), *plan.steps)


Item = tuple[tuple[str, ...], Any]
"""What a row belongs to (the id of its holder, the level), and its part of the document."""


def items(plan: SheetPlan, document: Any) -> Iterator[Item]:
    """The rows of a sheet, in order."""
    if not plan.holder:
        yield from _below(document, plan.steps, ())
        return
    for _, item in items(plans()[plan.holder], document):
        yield from _below(item, plan.steps, (item["id"],))


def _below(item: Any, steps: Sequence[Step], keys: tuple[str, ...]) -> Iterator[Item]:
    """What the steps lead to from an item."""
    if not steps:
        yield keys, item
        return
    (name, holds), *rest = steps
    found = item.get(name) or {}
    if holds is Holds.ONE:
        yield from _below(found, rest, keys) if found else ()
    elif holds is Holds.EACH:
        for each in found:
            yield from _below(each, rest, keys)
    else:
        for level, each in found.items():
            yield from _below(each, rest, (*keys, level))


def _plans(name: str, models: Sequence[type], holder: str, steps: tuple[Step, ...]) -> Iterator[SheetPlan]:
    """The sheet of these models (an item is one of them) and of all lists in them."""
    fields: list[SheetField] = []
    below: list[tuple[tuple[Step, ...], list[type]]] = []
    _gather(models, (), fields, below)
    yield SheetPlan(name, holder, steps, tuple(fields))
    is_held = bool(steps) and steps[-1][1] is Holds.EACH
    prefix = "" if name == TOP else f"{name}-"
    for way, items in below:
        child = prefix + "-".join(step.replace("_", "-") for step, _ in way)
        yield from _plans(child, items, *((name, way) if is_held else (holder, (*steps, *way))))


def _gather(
    models: Sequence[type],
    way: tuple[Step, ...],
    fields: list[SheetField],
    below: list[tuple[tuple[Step, ...], list[type]]],
) -> None:
    path = tuple(name for name, _ in way)
    if models == [Text]:
        fields.append(SheetField(path, FieldKind.TEXT))
        return
    for name, kinds in _alternatives(models).items():
        here = (*path, name)
        inside = [each for each in kinds if is_model(each)]
        if inside:
            _gather(inside, (*way, (name, Holds.ONE)), fields, below)
        for origin, holds in ((tuple, Holds.EACH), (dict, Holds.BY_LEVEL)):
            held = [each for kind in kinds if get_origin(kind) is origin for each in _held(kind, origin)]
            if any(map(is_model, held)):
                below.append(((*way, (name, holds)), held))
            elif held:
                is_list = holds is Holds.EACH
                fields.append(
                    _field(here, held)._replace(kind=FieldKind.WORDS) if is_list else _field(here, held, True)
                )
        if scalars := [each for each in kinds if not is_model(each) and get_origin(each) not in (tuple, dict)]:
            fields.append(_field(here, scalars))


def _alternatives(models: Sequence[type]) -> dict[str, list[Any]]:
    """Each field of any of the models, by its name in a file, with what it may be."""
    found: dict[str, list[Any]] = {}
    for model in models:
        for name, field in model.model_fields.items():  # type: ignore[attr-defined]
            kinds = found.setdefault(field.alias or name, [])
            kinds += [each for each in alternatives(field.annotation) if each not in kinds]
    return found


def _held(kind: Any, origin: type) -> list[Any]:
    """What a list or a table by level holds."""
    return alternatives(get_args(kind)[0 if origin is tuple else 1])


def _field(path: tuple[str, ...], kinds: Sequence[Any], by_level: bool = False) -> SheetField:
    if path[-1] in _REFERENCES:
        return SheetField(path, FieldKind.REFERENCE, by_level, refers_to=_REFERENCES[path[-1]])
    if words := [word for kind in kinds if get_origin(kind) is Literal for word in get_args(kind)]:
        return SheetField(path, FieldKind.CHOICE, by_level, tuple(words))
    kind = FieldKind.YES_NO if kinds[0] is bool else FieldKind.WORD if kinds[0] is str else FieldKind.NUMBER
    return SheetField(path, kind, by_level)
