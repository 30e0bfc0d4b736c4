"""What a list would change, before it does: what whoever sent it is shown and agrees to."""

from typing import Any, NamedTuple


class Difference(NamedTuple):
    """What a list does to one person: each column that changes with its value before and after. `name` and `staff_no`
    are those of before, where the person is known."""

    staff_no: str
    name: str
    is_new: bool
    fields: dict[str, tuple[Any, Any]]


class Preview(NamedTuple):
    """Everything that a list of people would do, and what of it would be left aside.

    `rows` were read and `skipped` were totals or repeated headings; `away` (staff number and name) are here no more
    though the list has them; `leavers` aren't added, for they have left; `ignored` are headings that nobody asked for;
    `guess` is the encoding where that is a guess. Two previews with one `fingerprint` say the same.
    """

    rows: int
    differences: list[Difference]
    away: list[tuple[str, str]]
    leavers: list[str]
    ignored: list[str]
    skipped: int
    guess: str
    fingerprint: int
