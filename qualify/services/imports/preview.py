"""What a list would change, before it does: what whoever sent it is shown and agrees to."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from qualify.errors import Stale


class Named(NamedTuple):
    """What a score is of, in both languages."""

    zh: str
    en: str


class Difference(NamedTuple):
    """What a list does to one person: each column that changes with its value before and after. `name` and `staff_no`
    are those of before, where the person is known. For scores the columns are `Named`."""

    staff_no: str
    name: str
    is_new: bool
    fields: Mapping[Any, tuple[Any, Any]]


@dataclass(frozen=True)
class Preview:
    """Everything that a list would do, and what of it would be left aside.

    `rows` were read and `skipped` were totals or repeated headings; `away` (staff number and name) are here no more
    though the list has them; `leavers` aren't added, for they have left; `ignored` are headings that nobody asked for;
    `older` (staff number, name, subject) have a later score already; `published` results have other scores by it;
    `guess` is the encoding where that is a guess. Two previews with one `fingerprint` say the same.
    """

    rows: int
    differences: list[Difference]
    ignored: list[str]
    skipped: int
    guess: str
    fingerprint: int
    away: list[tuple[str, str]] = field(default_factory=list)
    leavers: list[str] = field(default_factory=list)
    older: list[tuple[str, str, Named]] = field(default_factory=list)
    published: int = 0


class ListChanged(Stale):
    """What a list comes to isn't what its preview said."""


def fingerprint(*said: object) -> int:
    """A number of 31 bits, for a button has little room: the same for what says the same."""
    return zlib.crc32(repr(said).encode()) >> 1
