"""What every part of the measurement needs: how long to measure, one bot under load, and lines with verdicts."""

import json
import sqlite3
import statistics
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench.processes import ROOT, module

FOLDER = ROOT / "build" / "bench"  # on the disk, where a commit costs what it costs; logs stay there
FIGURES = ("per_second", "p50_ms", "p99_ms", "cpu_ms", "notices")

Figures = dict[str, Any]


class Scale(NamedTuple):
    """How long to measure, and how long people think before they press again, in seconds; and how many finished
    assessments a small and a large company have."""

    rounds: int
    warm_up: float
    seconds: float
    thinking: float = 0.0
    finished: tuple[int, int] = (600, 60_000)


@contextmanager
def load_server() -> Iterator[str]:
    """Run a Bot API with impatient people behind it; gives its address."""
    with module("tests.bench.load_server", folder=FOLDER, log="server.log") as server:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"


@contextmanager
def this_bot(address: str, token: str, database: Path, log: str) -> Iterator[subprocess.Popen[str]]:
    """Run this project's bot on a database; gives its process."""
    settings = {"BOT_TOKEN": token, "DATABASE_URL": f"sqlite:///{database}", "TELEGRAM_BASE_URL": f"{address}/bot"}
    with module("bot", "run", folder=FOLDER, log=log, **settings) as process:
        yield process


def measured(address: str, token: str, process: subprocess.Popen[str], scale: Scale) -> Figures:
    """Load one bot and return its figures. Raises SystemExit when it can't be measured or made a mistake."""
    how = {"warm_up": scale.warm_up, "seconds": scale.seconds, "thinking": scale.thinking}
    asked = json.dumps({"pid": process.pid, **how}).encode()
    request = urllib.request.Request(f"{address}/measure/{token}", asked, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=90) as response:
            figures: Figures = json.load(response)["result"]
    except OSError as error:
        raise SystemExit(f"{token} could not be measured ({error}); its log is in {FOLDER}") from None
    if figures["faults"]:
        raise SystemExit(f"{token}: {figures['faults']}")
    return figures


def medians(rounds: Sequence[Figures]) -> Figures:
    """The median of each figure."""
    return {figure: statistics.median(each[figure] for each in rounds) for figure in FIGURES}


def lowest(rounds: Sequence[Figures]) -> Figures:
    """The lowest of each figure: whatever else the machine does adds to a time and never takes from it."""
    return {figure: min(each[figure] for each in rounds) for figure in FIGURES}


def check_committed(database: Path, acknowledged: int) -> None:
    """Raises SystemExit unless every answer that a person saw taken is stored."""
    with sqlite3.connect(database) as connection:
        (stored,) = connection.execute("SELECT count(*) FROM entry").fetchone()
    if stored != acknowledged:
        raise SystemExit(f"{acknowledged} answers were acknowledged, {stored} are stored")


def verdict(what: str, ratio: float, target: str, met: bool) -> bool:
    """Print one ratio beside its target. Returns whether it is met."""
    say(f"{'PASS' if met else 'FAIL'}  {what:52}{ratio:6.2f}   target {target}")
    return met


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
