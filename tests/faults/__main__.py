"""What must not happen when things break: `make faults`, or `python -m tests.faults [section …]`. A quarter of an hour.

Prints a table as it goes: tries, and how many of them lost something, doubled it, left somebody without a way on, or
did anything else that must not be. Exit code 1: one of these numbers isn't 0.
"""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import calls, clusters, crowd, fuzz, kills, memory, storage
from tests.faults.table import HEADINGS, Row, line

SECTIONS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "kills": kills.main,
    "calls": calls.main,
    storage.SECTION: storage.main,
    clusters.SECTION: clusters.main,
    crowd.SECTION: crowd.main,
    fuzz.SECTION: fuzz.main,
    memory.SECTION: memory.main,
}
"""By name: measures, with a folder of its own to work in, and gives its rows one by one."""


def main(names: list[str]) -> bool:
    """Run these sections, or all. Returns whether all is well."""
    if unknown := set(names) - SECTIONS.keys():
        sys.exit(f"no such section: {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    good = True
    _say(line(HEADINGS))
    for name in names or SECTIONS:
        begun = time.monotonic()
        with TemporaryDirectory(prefix="qualify-faults-") as folder:
            for row in SECTIONS[name](Path(folder)):
                good &= row.is_good
                _say(line(row.cells), *(f"    {told}" for told in row.told))
        _say(f"{name}: {time.monotonic() - begun:.0f} s")
    return good


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{each}\n" for each in lines)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1:]))
