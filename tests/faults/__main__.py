"""What must not happen when things break: `make faults`, or `python -m tests.faults [section …]`. A quarter of an hour.

Most sections wait more than they work, so some run side by side, each in a process of its own.

Prints a table as it goes: tries, and how many of them lost something, doubled it, left somebody without a way on, or
did anything else that must not be. Exit code 1: one of these numbers isn't 0.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import calls, clusters, crowd, fuzz, kills, memory, storage
from tests.faults.table import HEADINGS, Row, line

SECTIONS: dict[str, Callable[[Path], Iterator[Row]]] = {
    kills.SECTION: kills.main,
    memory.SECTION: memory.main,
    storage.SECTION: storage.main,
    "calls": calls.main,
    fuzz.SECTION: fuzz.main,
    crowd.SECTION: crowd.main,
    clusters.SECTION: clusters.main,
}
"""By name: measures, with a folder of its own to work in, and gives its rows one by one. The longest come first."""
SIDE_BY_SIDE = 3


def main(names: list[str]) -> bool:
    """Run this section, or several, or all, some of them side by side. Returns whether all is well."""
    if unknown := set(names) - SECTIONS.keys():
        sys.exit(f"no such section: {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    _say(line(HEADINGS))
    if len(names) == 1:
        return _section(*names)
    with ThreadPoolExecutor(SIDE_BY_SIDE) as threads:
        return all(threads.map(_in_a_process, names or SECTIONS))


def _section(name: str) -> bool:
    begun, good = time.monotonic(), True
    with TemporaryDirectory(prefix="qualify-faults-") as folder:
        for row in SECTIONS[name](Path(folder)):
            good &= row.is_good
            _say(line(row.cells), *(f"    {told}" for told in row.told))
    _say(f"{name}: {time.monotonic() - begun:.0f} s")
    return good


def _in_a_process(name: str) -> bool:
    command = [sys.executable, "-m", "tests.faults", name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        for each in process.stdout:
            if each.rstrip() != line(HEADINGS):
                _say(each.rstrip())
    return process.returncode == 0


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{each}\n" for each in lines)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1:]))
