"""What the sections of `make faults` report, and how it is printed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rich.cells import cell_len

HEADINGS = ("section", "what", "tries", "lost", "doubled", "silent", "wrong")


@dataclass
class Row:
    """What came of so many tries of one kind: how often something was lost or doubled, somebody was left without a way
    on (`silent`), or anything else was as it must not be (`wrong`). Each has its line in `told`, with what is needed to
    try it again. `otherwise` counts who was answered, but in other words than if nothing had broken. A kind that this
    machine can't try says why in `skipped`."""

    section: str
    what: str
    tries: int = 0
    lost: int = 0
    doubled: int = 0
    silent: int = 0
    wrong: int = 0
    otherwise: int = 0
    note: str = ""
    skipped: str = ""
    told: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether every number is 0 that must be."""
        return not (self.lost or self.doubled or self.silent or self.wrong)

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as it is printed, as far as it says something."""
        if self.skipped:
            return (self.section, self.what, f"skipped: {self.skipped}")
        numbers = (self.tries, self.lost, self.doubled, self.silent, self.wrong)
        remarks = (f"{self.otherwise} answered in other words" if self.otherwise else "", self.note)
        return (self.section, self.what, *map(str, numbers), *filter(None, remarks))


def line(cells: Iterable[str]) -> str:
    """One line of the table: two columns of words, then numbers, then a remark."""
    section, what, *rest = cells
    words = _padded(section, 11) + _padded(what, 62)
    numbers = "".join(f"{number:>9}" for number in rest[:5])
    return f"{words}{numbers}   {' '.join(rest[5:])}".rstrip()


def _padded(text: str, width: int) -> str:
    return text + " " * max(1, width - cell_len(text))
