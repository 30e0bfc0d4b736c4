"""What differs between two versions of a standard, a line each: what changes the meaning first, then mere wording."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from qualify.services.authorization import Actor
from qualify.services.context import Context, reads
from qualify.services.standards import drafts
from qualify.standard import Standard
from qualify.standard.differences import ChangeKind, StandardChange, differences
from qualify.standard.workbook import words
from qualify.standard.workbook.plans import LEVELS, FieldKind
from qualify.texts import say, shortened

MOST_NAME, MOST_VALUE = 40, 120
Data = dict[str, object]


def lines(old: Standard, new: Standard, language: str) -> list[str]:
    """All changes in words; one sentence where there are none."""
    changes = differences(old, new)
    said = _Words(old, new, language)
    meaning = [said.line(each) for each in changes if not each.is_wording]
    wording = [said.line(each) for each in changes if each.is_wording]
    if not changes:
        return [say(language, "standard-change-none")]
    return [
        *([say(language, "standard-change-meaning", count=len(meaning)), *meaning] if meaning else []),
        *([say(language, "standard-change-wording", count=len(wording)), *wording] if wording else []),
    ]


def data(old: Standard, new: Standard) -> list[Data]:
    """All changes as plain data."""
    return [
        {
            "change": str(each.kind),
            "wording": each.is_wording,
            "of": each.plan.name,
            "belongs_to": list(each.keys),
            "id": each.item.get("id"),
            "field": ".".join(each.column.path) if each.column else None,
            "before": _plain(each.before),
            "after": _plain(each.after),
        }
        for each in differences(old, new)
    ]


def _plain(value: Any) -> object:
    if isinstance(value, Decimal):
        return float(value)
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


class Compared(NamedTuple):
    """What differs from another version, as lines; `version` is that version's number, 0 for none to compare with."""

    version: int
    lines: list[str]


@reads
def since_before(context: Context, actor: Actor, standard: Standard, language: str) -> Compared:
    """What differs from the version before. Raises Forbidden."""
    return compared(drafts.before(context, actor, standard), standard, language)


def compared(before: Standard | None, standard: Standard, language: str) -> Compared:
    """What differs from `before`, if there is one."""
    return Compared(before.version, lines(before, standard, language)) if before else Compared(0, [])


class TriedDraft(NamedTuple):
    """What a workbook would bring: the standard, whether a draft of its version is replaced, and what differs from that
    or from the version before."""

    standard: Standard
    replaces: bool
    compared: Compared


@reads
def try_draft(context: Context, actor: Actor, standard: Standard, language: str) -> TriedDraft:
    """What taking in a workbook's standard would do; raises what `drafts.take_in` raises, and writes nothing."""
    preview = drafts.try_out(context, actor, standard)
    before = preview.replaced or preview.before
    return TriedDraft(standard, preview.replaced is not None, compared(before, standard, language))


class _Words:
    """Says changes; what they are in goes by its name in the newer version that has it."""

    def __init__(self, old: Standard, new: Standard, language: str) -> None:
        self.language = language
        self.levels = {level.id: level.name.in_language(language) for each in (old, new) for level in each.levels}
        self.names: dict[str, dict[str, str]] = {LEVELS: self.levels}
        for standard in (old, new):
            groups: dict[str, Sequence[Any]] = {
                "modules": standard.modules,
                "modules-elements": standard.all_elements(),
                "exams": standard.exams,
                "deductions": standard.deductions,
                "reading": standard.reading,
            }
            for name, found in groups.items():
                self.names.setdefault(name, {}).update({each.id: each.name.in_language(language) for each in found})

    def line(self, change: StandardChange) -> str:
        """One change."""
        values = {"what": self._what(change), "where": self._where(change, change.keys)}
        if change.column:
            field = words.heading(change.plan, change.column, self.levels, self.language)
            before, after = (self._value(change, value) for value in (change.before, change.after))
            if change.column.field.path == ("line",):
                return say(self.language, "standard-change-line", before=before, after=after, **values)
            key = f"standard-change-{change.kind}"
            return say(self.language, key, field=field, before=before, after=after, **values)
        if change.kind is ChangeKind.MOVED:
            before = self._where(change, change.before) if change.before else "none"
            return say(self.language, "standard-change-moved", before=before, **values)
        return say(self.language, f"standard-change-{change.kind}", **values)

    def _what(self, change: StandardChange) -> str:
        kind = words.sheet_name(change.plan, self.language)
        spoken = "zh" if self.language.startswith("zh") else "en"
        named = change.item.get("name") or change.item.get("text") or change.item
        name = named.get(spoken) if isinstance(named, dict) else None
        return f"{kind} “{shortened(str(name), MOST_NAME)}”" if name and change.plan.steps else kind

    def _where(self, change: StandardChange, keys: Sequence[str]) -> str:
        """What it belongs to, or "none"."""
        of = [each.refers_to for each in change.plan.belongings()]
        return " · ".join(self.names.get(kind, {}).get(key, key) for kind, key in zip(of, keys, strict=False)) or "none"

    def _value(self, change: StandardChange, value: Any) -> str:
        assert change.column is not None
        field = change.column.field
        if value is None or value == "":
            return say(self.language, "standard-change-nothing")
        if field.kind in (FieldKind.YES_NO, FieldKind.CHOICE):
            return words.choice_name(field, str(value).lower() if isinstance(value, bool) else value, self.language)
        if field.kind is FieldKind.WORDS:
            return say(self.language, "workbook-and").join(value)
        if field.kind is FieldKind.REFERENCE:
            return self.names.get(field.refers_to, {}).get(value) or str(value)
        if field.kind is FieldKind.NUMBER:
            return f"{Decimal(value).normalize():f}"
        return f"“{shortened(str(value), MOST_VALUE)}”"
