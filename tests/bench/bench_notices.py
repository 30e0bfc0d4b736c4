"""Whether a press waits while ten thousand people are sent notices: the same load with none owed and with all owed.

Both are the real program on databases of the same people. They are pressed in turn, by people who think before they
press: on a server without spare time every notice would slow a press, and nothing would show who waits for whom. While
the quiet bot is pressed the other is stopped.
"""

import shutil
import signal
from contextlib import ExitStack
from pathlib import Path

from tests.bench.company import assign, found, tell_nobody
from tests.bench.load_server import CHATS, FIRST_CHAT
from tests.bench.measuring import FOLDER, Figures, Scale, check_committed, load_server, lowest, measured, this_bot

OWED = 10_000
CROWD = range(FIRST_CHAT + CHATS, FIRST_CHAT + CHATS + OWED)
THINKING = 2.0
QUIET, BROADCAST = "4:quiet", "5:broadcast"


def main(scale: Scale) -> tuple[Figures, Figures]:
    """Measure in turn. Returns the lowest figures of all rounds with nothing owed, and of those beside the
    broadcast."""
    scale = Scale(2 * scale.rounds, scale.warm_up, scale.seconds, THINKING)
    calm, busy = _databases(FOLDER / "quiet.sqlite3", FOLDER / "broadcast.sqlite3")
    taken: tuple[list[Figures], list[Figures]] = ([], [])
    with ExitStack() as stack:
        address = stack.enter_context(load_server())
        quiet = stack.enter_context(this_bot(address, QUIET, calm, "quiet.log"))
        broadcast = stack.enter_context(this_bot(address, BROADCAST, busy, "broadcast.log"))
        for _ in range(scale.rounds):
            broadcast.send_signal(signal.SIGSTOP)
            taken[0].append(measured(address, QUIET, quiet, scale))
            broadcast.send_signal(signal.SIGCONT)
            taken[1].append(measured(address, BROADCAST, broadcast, scale))
    for database, rounds in zip((calm, busy), taken, strict=True):
        check_committed(database, rounds[-1]["answers"])
    return lowest(taken[0]), lowest(taken[1])


def _databases(quiet: Path, broadcast: Path) -> tuple[Path, Path]:
    """Make two databases of the same people and reviews; in the second the crowd's notices are still to be sent."""
    context = found(f"sqlite:///{quiet}")
    assign(context, range(FIRST_CHAT, FIRST_CHAT + CHATS))
    tell_nobody(context)
    assign(context, CROWD, levels=("3",))
    context.database.close()
    shutil.copy(quiet, broadcast)
    context = found(f"sqlite:///{quiet}")
    tell_nobody(context)
    context.database.close()
    return quiet, broadcast
