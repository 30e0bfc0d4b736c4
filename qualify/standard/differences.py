"""What differs between two versions of a standard: added, removed, reworded, moved, weighed anew; wording told apart
from meaning as a release does it (see `structure`).

Items are the same when their ids are. Rows of a table that have none are compared in their order.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, NamedTuple

from qualify.standard.model import Standard
from qualify.standard.structure import FREE
from qualify.standard.workbook.plans import (
    TOP,
    Holds,
    Item,
    SheetColumn,
    SheetPlan,
    columns,
    in_order,
    items,
    whole_way,
)

_LINE = ("line",)
_WEIGHTS = frozenset({"points", "weight", "line"})


Named = tuple[tuple[str, ...], str]
"""What an item belongs to, and its id."""


class ChangeKind(StrEnum):
    """What became of something."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    WEIGHED = "weighed"
    CHANGED = "changed"
    REWORDED = "reworded"


class StandardChange(NamedTuple):
    """One difference. `plan` is the kind of thing (a sheet of its workbook), `item` its fields, `keys` what it belongs
    to: the id of its holder and its level, as far as it has them. With a `column` that field went from `before` to
    `after`; what moved has the keys it had as `before`, or None where only its place among its like changed."""

    kind: ChangeKind
    plan: SheetPlan
    keys: tuple[str, ...]
    item: dict[str, Any]
    column: SheetColumn | None = None
    before: Any = None
    after: Any = None

    @property
    def is_wording(self) -> bool:
        """Whether a released version may have this change: it changes no result."""
        names = [name for name, _ in whole_way(self.plan)]
        return bool(FREE.intersection((*names, *(self.column.field.path[-1:] if self.column else ()))))

    @property
    def level(self) -> str | None:
        """The level that it belongs to, if any."""
        return self.keys[-1] if self.plan.has_level else None


def differences(old: Standard, new: Standard) -> list[StandardChange]:
    """Everything that differs, sheet by sheet as a workbook has them; the version's number doesn't count. What belongs
    to something that is added or removed goes with it, unsaid."""
    return list(_Comparison(old, new).changes())


class _Comparison:
    """Two versions side by side."""

    def __init__(self, old: Standard, new: Standard) -> None:
        self.old, self.new = old.model_dump(by_alias=True), new.model_dump(by_alias=True)
        self.levels = list(dict.fromkeys(level.id for each in (old, new) for level in each.levels))
        self.alone: dict[str, set[str]] = {}
        """The ids that only one version has, by sheet."""

    def changes(self) -> Iterator[StandardChange]:
        """Every change."""
        for plan in in_order():
            old, new = (self._items(plan, document) for document in (self.old, self.new))
            if plan.name == TOP:
                yield from self._fields(plan, old[0], new[0])
            elif plan.has_ids:
                yield from self._named(plan, old, new)
            elif plan.steps[-1][1] is Holds.BY_LEVEL:
                yield from self._by_level(plan, old, new)
            else:
                yield from self._in_order(plan, old, new)

    def _items(self, plan: SheetPlan, document: Any) -> list[Item]:
        """The items whose holder both versions have; holders are compared before what they hold. Of a line it counts
        how many criteria share its weight, not its number."""
        alone = self.alone.get(plan.holder, set())
        found = [(keys, item) for keys, item in items(plan, document) if not alone.intersection(keys[:1])]
        if _LINE not in [field.path for field in plan.fields]:
            return found
        sharing = Counter((keys, item["line"]) for keys, item in found if item["line"])
        return [(keys, item | {"line": sharing.get((keys, item["line"]), 1)}) for keys, item in found]

    def _named(self, plan: SheetPlan, old: Sequence[Item], new: Sequence[Item]) -> Iterator[StandardChange]:
        before, after = ({item["id"]: (keys, item) for keys, item in each} for each in (old, new))
        self.alone[plan.name] = set(before) ^ set(after)
        for name, (keys, item) in before.items():
            if name not in after:
                yield StandardChange(ChangeKind.REMOVED, plan, keys, item)
        out_of_order = _out_of_order(
            [(keys, item["id"]) for keys, item in old], [(keys, item["id"]) for keys, item in new]
        )
        for name, (keys, item) in after.items():
            if name not in before:
                yield StandardChange(ChangeKind.ADDED, plan, keys, item)
                continue
            if keys != before[name][0]:
                yield StandardChange(ChangeKind.MOVED, plan, keys, item, before=before[name][0])
            elif (keys, name) in out_of_order:
                yield StandardChange(ChangeKind.MOVED, plan, keys, item)
            yield from self._fields(plan, before[name], (keys, item))

    def _by_level(self, plan: SheetPlan, old: Sequence[Item], new: Sequence[Item]) -> Iterator[StandardChange]:
        before, after = dict(old), dict(new)
        for keys in dict.fromkeys((*before, *after)):
            yield from self._fields(plan, (keys, before.get(keys, {})), (keys, after.get(keys, {})))

    def _in_order(self, plan: SheetPlan, old: Sequence[Item], new: Sequence[Item]) -> Iterator[StandardChange]:
        before, after = ([repr(item) for item in each] for each in (old, new))
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for how, start, end, first, last in matcher.get_opcodes():
            if how == "equal":
                continue
            pairs = min(end - start, last - first)
            for one, other in zip(old[start : start + pairs], new[first : first + pairs], strict=True):
                yield from self._fields(plan, one, other)
            for keys, item in old[start + pairs : end]:
                yield StandardChange(ChangeKind.REMOVED, plan, keys, item)
            for keys, item in new[first + pairs : last]:
                yield StandardChange(ChangeKind.ADDED, plan, keys, item)

    def _fields(self, plan: SheetPlan, one: Item, other: Item) -> Iterator[StandardChange]:
        keys, item = other
        for column in columns(plan.fields, self.levels):
            before, after = (_value(each, column) for each in (one[1], item))
            if before == after or column.path in (("id",), ("version",)):
                continue
            is_weight = column.field.path[-1:] and column.field.path[-1] in _WEIGHTS
            kind = ChangeKind.WEIGHED if is_weight else ChangeKind.CHANGED
            found = StandardChange(kind, plan, keys, item, column, before, after)
            yield found._replace(kind=ChangeKind.REWORDED) if found.is_wording else found


def _value(item: Any, column: SheetColumn) -> Any:
    """The value of a column; None where the item has none, or one of another form (a weight for all levels)."""
    for step in column.path:
        item = item.get(step) if isinstance(item, Mapping) else None
    return None if isinstance(item, Mapping) else item


def _out_of_order(old: Sequence[Named], new: Sequence[Named]) -> set[Named]:
    """Of those in both, the fewest that have to move among what belongs to the same to make one order of the other."""
    common = set(old) & set(new)
    moved: set[Named] = set()
    for keys in {keys for keys, _ in common}:
        before, after = ([each for each in every if each in common and each[0] == keys] for every in (old, new))
        blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        moved |= set(after) - {each for block in blocks for each in after[block.b : block.b + block.size]}
    return moved
