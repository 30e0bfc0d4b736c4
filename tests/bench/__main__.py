"""The project's own measurements: `make bench`, or `python -m tests.bench [--quick]`. A quarter of an hour, on Linux.

200 people press buttons, each again as soon as the screen has changed: first this bot under load, then a
python-telegram-bot no-op, then a ConversationHandler with PicklePersistence, and again. All run throughout, one at a
time is pressed. This bot commits every answer to a file with synchronous=FULL before it replies; after each of its
rounds the stored answers are counted. Then it is pressed with nothing and with ten thousand notices owed, in turn;
charts are drawn; whatever might hold the bot's event loop up is made to happen; and everything that somebody waits for
is timed in a small and in a large company, and a dry run of another version of a standard by itself. Times drift with
the machine, ratios hold. Exit code 1: a target was missed.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from tests.bench import bench_adopting, bench_charts, bench_growth, bench_notices, bench_silence
from tests.bench.company import assign, found, tell_nobody
from tests.bench.load_server import CHATS, FIRST_CHAT
from tests.bench.measuring import (
    FOLDER,
    Figures,
    Scale,
    check_committed,
    load_server,
    measured,
    medians,
    say,
    this_bot,
    verdict,
)
from tests.bench.processes import module

OURS, NOOP, CONVERSATION = "this bot", "PTB no-op", "PTB ConversationHandler + Pickle"
TOKENS = {OURS: "1:this-bot", NOOP: "2:noop", CONVERSATION: "3:conversation"}
FIGURES = ("per_second", "p50_ms", "p99_ms", "cpu_ms")
CHARTS_TARGET, SPEED_TARGET, CPU_TARGET = 10.0, 2.0, 0.5
WAITING_TARGET = 1.5  # a press that waited behind the broadcast would wait for minutes
WHOLE, QUICK = Scale(3, 3, 8), Scale(1, 2, 3, finished=(600, 6000))


def main(scale: Scale) -> bool:
    """Measure and report. Returns whether all targets were met."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    met = report_presses(press_buttons(scale), scale)
    met &= report_notices(*bench_notices.main(scale), scale.seconds)
    met &= report_charts(bench_charts.main())
    met &= bench_silence.main(scale.finished[1])
    met &= bench_adopting.main()
    return met & bench_growth.main(*scale.finished)


def press_buttons(scale: Scale) -> dict[str, Figures]:
    """Press every bot in turn. Returns the median figures of each."""
    database = FOLDER / "qualify.sqlite3"
    context = found(f"sqlite:///{database}")
    assign(context, range(FIRST_CHAT, FIRST_CHAT + CHATS))
    tell_nobody(context)
    context.database.close()
    taken: dict[str, list[Figures]] = {name: [] for name in TOKENS}
    with _running(database) as measure:
        for _ in range(scale.rounds):
            for name, rounds in taken.items():
                rounds.append(measure(name, scale))
            check_committed(database, taken[OURS][-1]["answers"])
    return {name: medians(rounds) for name, rounds in taken.items()}


@contextmanager
def _running(database: Path) -> Iterator[Callable[[str, Scale], Figures]]:
    """Run the load server and all bots; gives the function that measures one of them."""
    with ExitStack() as stack:
        address = stack.enter_context(load_server())
        start = partial(module, folder=FOLDER)
        ours = this_bot(address, TOKENS[OURS], database, "ours.log")
        noop = start("tests.bench.rivals", "noop", address, TOKENS[NOOP], log="noop.log")
        usual = start("tests.bench.rivals", "conversation", address, TOKENS[CONVERSATION], log="conversation.log")
        processes = {name: stack.enter_context(bot) for name, bot in zip(TOKENS, (ours, noop, usual), strict=True)}
        yield lambda name, scale: measured(address, TOKENS[name], processes[name], scale)


def report_presses(medians: dict[str, Figures], scale: Scale) -> bool:
    """Print the table and the ratios. Returns whether the targets were met."""
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


def report_notices(quiet: Figures, broadcast: Figures, seconds: float) -> bool:
    """Print how long a press takes beside a broadcast. Returns whether that is as short as without one."""
    said = f"{broadcast['per_second']:.0f} presses/s with {bench_notices.OWED} notices owed"
    say(f"{said}, {broadcast['notices'] / seconds:.0f} of them going out a second")
    met = True
    for figure in ("p50_ms", "p99_ms"):
        ratio = broadcast[figure] / quiet[figure]
        what = f"press {figure[:3]}, {broadcast[figure]:.0f} ms ÷ {quiet[figure]:.0f} ms with none owed"
        met &= verdict(what, ratio, f"≤ {WAITING_TARGET:g}", ratio <= WAITING_TARGET)
    return met


def report_charts(charts: dict[str, dict[str, float]]) -> bool:
    """Print how much faster a chart is than the obvious way. Returns whether the target was met."""
    met = True
    for name, figures in charts.items():
        ratio = figures["ratio"]
        what = f"chart, {name}: {figures['naive_ms']:.0f} ms ÷ {figures['ours_ms']:.0f} ms"
        met &= verdict(what, ratio, f"≥ {CHARTS_TARGET:g}", ratio >= CHARTS_TARGET)
    return met


if __name__ == "__main__":
    sys.exit(not main(QUICK if "--quick" in sys.argv[1:] else WHOLE))
