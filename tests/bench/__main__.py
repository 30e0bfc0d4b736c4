"""The project's own measurements: `make bench`, or `python -m tests.bench [--quick]`. About three minutes, on Linux.

200 people press buttons, each again as soon as the screen has changed: first this bot under load, then a
python-telegram-bot no-op, then a ConversationHandler with PicklePersistence, and again. All run throughout, one at a
time is pressed. This bot commits every answer to a file with synchronous=FULL before it replies; after each of its
rounds the stored answers are counted. Times drift with the machine, ratios hold. Exit code 1: a target was missed.
"""

import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench import bench_charts
from tests.bench.company import assign, found, tell_nobody
from tests.bench.load_server import CHATS, FIRST_CHAT
from tests.bench.processes import ROOT, module

FOLDER = ROOT / "build" / "bench"  # on the disk, where a commit costs what it costs; logs stay there
OURS, NOOP, CONVERSATION = "this bot", "PTB no-op", "PTB ConversationHandler + Pickle"
TOKENS = {OURS: "1:this-bot", NOOP: "2:noop", CONVERSATION: "3:conversation"}
FIGURES = ("per_second", "p50_ms", "p99_ms", "cpu_ms")
CHARTS_TARGET, SPEED_TARGET, CPU_TARGET = 10.0, 2.0, 0.5

Figures = dict[str, Any]


class Scale(NamedTuple):
    """How long to look; seconds."""

    rounds: int
    warm_up: float
    seconds: float


WHOLE, QUICK = Scale(3, 3, 8), Scale(1, 2, 3)


def main(scale: Scale) -> bool:
    """Measure and report; whether all targets were met."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    medians = press_buttons(FOLDER, scale)
    return report_presses(medians, scale) & report_charts(bench_charts.main())


def press_buttons(folder: Path, scale: Scale) -> dict[str, Figures]:
    """Median figures of each bot."""
    database = folder / "qualify.sqlite3"
    context = found(f"sqlite:///{database}")
    assign(context, range(FIRST_CHAT, FIRST_CHAT + CHATS))
    tell_nobody(context)
    context.database.close()
    taken: dict[str, list[Figures]] = {name: [] for name in TOKENS}
    with _running(folder, database) as measure:
        for _ in range(scale.rounds):
            for name, rounds in taken.items():
                rounds.append(measure(name, scale))
            _check_committed(database, taken[OURS][-1]["answers"])
    return {
        name: {figure: statistics.median(each[figure] for each in rounds) for figure in FIGURES}
        for name, rounds in taken.items()
    }


@contextmanager
def _running(folder: Path, database: Path) -> Iterator[Callable[[str, Scale], Figures]]:
    """The load server and all bots; gives the function that measures one of them."""
    with ExitStack() as stack:
        start = partial(module, folder=folder)
        server = stack.enter_context(start("tests.bench.load_server", log="server.log"))
        assert server.stdout is not None
        address = f"http://127.0.0.1:{int(server.stdout.readline())}"
        settings = {"BOT_TOKEN": TOKENS[OURS], "DATABASE_URL": f"sqlite:///{database}"}
        ours = start("bot", "run", log="ours.log", TELEGRAM_BASE_URL=f"{address}/bot", **settings)
        noop = start("tests.bench.rivals", "noop", address, TOKENS[NOOP], log="noop.log")
        usual = start("tests.bench.rivals", "conversation", address, TOKENS[CONVERSATION], log="conversation.log")
        processes = {name: stack.enter_context(bot) for name, bot in zip(TOKENS, (ours, noop, usual), strict=True)}
        yield lambda name, scale: _measured(address, TOKENS[name], processes[name], scale)


def _measured(address: str, token: str, process: subprocess.Popen[str], scale: Scale) -> Figures:
    asked = json.dumps({"pid": process.pid, "warm_up": scale.warm_up, "seconds": scale.seconds}).encode()
    request = urllib.request.Request(f"{address}/measure/{token}", asked, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=90) as response:
            figures: Figures = json.load(response)["result"]
    except OSError as error:
        raise SystemExit(f"{token} could not be measured ({error}); its log is in {FOLDER}") from None
    if figures["faults"]:
        raise SystemExit(f"{token}: {figures['faults']}")
    return figures


def _check_committed(database: Path, acknowledged: int) -> None:
    with sqlite3.connect(database) as connection:
        (stored,) = connection.execute("SELECT count(*) FROM entry").fetchone()
    if stored != acknowledged:
        raise SystemExit(f"{acknowledged} answers were acknowledged, {stored} are stored")


def report_presses(medians: dict[str, Figures], scale: Scale) -> bool:
    """Print the table and the ratios; whether the targets were met."""
    say(f"{CHATS} chats, closed loop, {scale.rounds} interleaved rounds of {scale.seconds:g} s, medians")
    say(f"{'':34}{'presses/s':>10}{'p50 ms':>10}{'p99 ms':>10}{'CPU ms a press':>16}")
    for name, figures in medians.items():
        per_second, p50, p99, cpu = (figures[figure] for figure in FIGURES)
        say(f"{name:34}{per_second:10.0f}{p50:10.0f}{p99:10.0f}{cpu:16.2f}")
    ours = medians[OURS]
    say("every acknowledged answer was stored")
    met = True
    for rival in (NOOP, CONVERSATION):
        faster = ours["per_second"] / medians[rival]["per_second"]
        cheaper = ours["cpu_ms"] / medians[rival]["cpu_ms"]
        met &= verdict(f"throughput ÷ {rival}", faster, f"≥ {SPEED_TARGET:g}", faster >= SPEED_TARGET)
        met &= verdict(f"CPU a press ÷ {rival}", cheaper, f"≤ {CPU_TARGET:g}", cheaper <= CPU_TARGET)
    return met


def report_charts(charts: dict[str, dict[str, float]]) -> bool:
    """Print how much faster a chart is than the obvious way; whether the target was met."""
    met = True
    for name, figures in charts.items():
        ratio = figures["ratio"]
        what = f"chart, {name}: {figures['naive_ms']:.0f} ms ÷ {figures['ours_ms']:.0f} ms"
        met &= verdict(what, ratio, f"≥ {CHARTS_TARGET:g}", ratio >= CHARTS_TARGET)
    return met


def verdict(what: str, ratio: float, target: str, met: bool) -> bool:
    """Print one ratio beside its target."""
    say(f"{'PASS' if met else 'FAIL'}  {what:52}{ratio:6.2f}   target {target}")
    return met


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(not main(QUICK if "--quick" in sys.argv[1:] else WHOLE))
