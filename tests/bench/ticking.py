"""The real bot with a ticker on its own event loop: `python -m tests.bench.ticking`, with the settings of `bot run`.

For every line on stdin it answers with the longest gap between two ticks since the line before, and for how long the
loop itself worked in it, both in ms: for the rest it waited for the interpreter's lock or for a core. Where
QUALIFY_BENCH_NOW says a moment, the bot's clock stands there.
"""

import asyncio
import os
import sys
import time
from dataclasses import replace
from datetime import datetime

from bot import __main__ as program
from bot.app import run as run_bot
from bot.config import BotSettings
from qualify.services import Context

SECONDS = 0.005
MOMENT = "QUALIFY_BENCH_NOW"


class Ticker:
    """Measures gaps on the loop that the bot runs on: what holds the loop up holds the ticker up."""

    def __init__(self) -> None:
        self._longest = (0.0, 0.0)

    async def tick(self) -> None:
        """Tick until cancelled."""
        before, worked = time.monotonic(), time.thread_time()
        while True:
            await asyncio.sleep(SECONDS)
            now, work = time.monotonic(), time.thread_time()
            self._longest = max(self._longest, (now - before, work - worked))
            before, worked = now, work

    def answer(self) -> None:
        """Read a line of stdin, print the longest gap, and begin anew."""
        if sys.stdin.readline():
            sys.stdout.write("{:.1f} {:.1f}\n".format(*(1000 * seconds for seconds in self._longest)))
            sys.stdout.flush()
            self._longest = (0.0, 0.0)


async def run(settings: BotSettings, context: Context) -> None:
    """Run the bot as `bot run` does, with the ticker beside it."""
    if at := os.environ.get(MOMENT):
        context = replace(context, now=lambda: datetime.fromisoformat(at))
    ticker = Ticker()
    loop = asyncio.get_running_loop()
    loop.add_reader(sys.stdin.fileno(), ticker.answer)
    ticking = asyncio.create_task(ticker.tick())
    try:
        await run_bot(settings, context)
    finally:
        ticking.cancel()
        loop.remove_reader(sys.stdin.fileno())


if __name__ == "__main__":
    program.run_bot = run
    sys.argv[1:] = ["run"]
    program.main()
