"""A PostgreSQL server of one's own that stops for twenty seconds, and one whose standby takes over, while a hundred
people answer their reviews. Two clusters of Debian's packages in a temporary directory; nothing of the machine's own.
"""

import asyncio
import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from sqlalchemy import make_url

from bot.sandbox.core import Sandbox
from qualify.dialogue import plan
from qualify.paths import STANDARDS
from qualify.services import open_context
from qualify.storage.schema import migrate
from tests.bench.company import STANDARD, assign, tell_nobody
from tests.conftest import run_alone
from tests.driver import TOKEN, ZONE, Bot, bot_on
from tests.faults.ground import Unavailable
from tests.faults.table import Row
from tests.faults.walkers import Walker, judge, pump
from tests.faults.watching import Unhandled, common

SECTION = "servers"
OWNER = "postgres"
PEOPLE = 100
ANSWERS = 12  # of each, so that the trouble falls in the middle
STOPPED_SECONDS = 20.0
TAKES_OVER_SECONDS = 3.0  # until somebody promotes the standby
FIRST = 20_001
STOPS, TAKES_OVER = "PostgreSQL stopped for 20 s", "a standby takes over, synchronous replication"
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = '{folder}'
fsync = off
max_connections = 60
"""


class Cluster:
    """A server in a folder; programs run as its owner, since PostgreSQL refuses root."""

    def __init__(self, programs: Path, folder: Path, name: str) -> None:
        self._programs = programs
        self._folder = folder
        self.data = folder / name
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def make(self) -> None:
        """An empty one."""
        self._run("initdb", "-D", self.data, "-U", OWNER, "-A", "trust", "--no-sync")
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS.format(folder=self._folder))

    def follow(self, primary: "Cluster") -> None:
        """Make a standby of the other one, which waits for it at every commit from then on."""
        source = ("-h", "127.0.0.1", "-p", primary.port, "-U", OWNER)
        self._run("pg_basebackup", "-D", self.data, "-R", "--checkpoint=fast", "--no-sync", *source)
        self.start()
        with (primary.data / "postgresql.conf").open("a") as settings:
            settings.write("synchronous_standby_names = '*'\n")
        self._run("pg_ctl", "-D", primary.data, "reload")

    def start(self) -> None:
        """Start it, and wait until it can be used."""
        log = self._folder / f"{self.data.name}.log"
        self._run("pg_ctl", "-D", self.data, "-w", "-l", log, "-o", f"-p {self.port}", "start")

    def stop(self) -> None:
        """As in a crash, if it runs."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "stop", check=False)

    def promote(self) -> None:
        """Let the standby take over."""
        self._run("pg_ctl", "-D", self.data, "-w", "promote")

    def _run(self, program: str, *words: object, check: bool = True) -> None:
        user = {"user": OWNER, "group": OWNER} if os.getuid() == 0 else {}
        command = [str(self._programs / program), *map(str, words)]
        subprocess.run(command, check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **user)  # type: ignore[call-overload]


@contextmanager
def two() -> Iterator[tuple[Cluster, Cluster]]:
    """Two clusters that aren't made yet. Raises Unavailable where PostgreSQL's programs are not installed, or can't be
    run."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: int(each.parent.name), default=None)
    if programs is None or not (programs / "initdb").exists() or not (programs / "pg_basebackup").exists():
        raise Unavailable("Debian's postgresql isn't installed")
    folder = Path(mkdtemp(prefix="qualify-servers-"))
    try:
        if os.getuid() == 0:
            try:
                shutil.chown(folder, OWNER, pwd.getpwnam(OWNER).pw_gid)
            except KeyError:
                raise Unavailable(f"there is no user {OWNER}, and PostgreSQL refuses root") from None
        with ExitStack() as stack:
            clusters = Cluster(programs, folder, "one"), Cluster(programs, folder, "two")
            for cluster in clusters:
                stack.callback(cluster.stop)
            yield clusters
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(_: Path, people: int = PEOPLE) -> Iterator[Row]:
    """Both kinds of trouble."""
    for what, trouble in ((STOPS, _stops), (TAKES_OVER, _takes_over)):
        try:
            with two() as (one, other):
                yield asyncio.run(_tried(what, one, other, trouble, people))
        except Unavailable as reason:
            yield Row(SECTION, what, skipped=str(reason))


Trouble = Callable[[Cluster, Cluster], Awaitable[None]]


async def _stops(one: Cluster, _: Cluster) -> None:
    await asyncio.to_thread(one.stop)
    await asyncio.sleep(STOPPED_SECONDS)
    await asyncio.to_thread(one.start)


async def _takes_over(one: Cluster, other: Cluster) -> None:
    await asyncio.to_thread(one.stop)
    await asyncio.sleep(TAKES_OVER_SECONDS)
    await asyncio.to_thread(other.promote)


async def _tried(what: str, one: Cluster, other: Cluster, trouble: Trouble, people: int) -> Row:
    one.make()
    one.start()
    run_alone(make_url(f"postgresql+psycopg://{OWNER}@127.0.0.1:{one.port}/postgres"), "CREATE DATABASE qualify")
    hosts = f"127.0.0.1:{one.port}"
    if trouble is _takes_over:
        hosts += f",127.0.0.1:{other.port}"
    url = f"postgresql://{OWNER}@{hosts}/qualify?target_session_attrs=read-write"
    context = open_context(url, STANDARDS, ZONE)
    migrate(context.database)
    assign(context, range(FIRST, FIRST + people), levels=("3",))
    tell_nobody(context)
    if trouble is _takes_over:
        other.follow(one)
    row = Row(SECTION, what)
    try:
        async with bot_on(context, crowd_of(people)) as bot:
            await walked(bot, people, lambda: trouble(one, other), row)
            bot.complaints.clear()
            bot.sandbox.queries.clear()
    finally:
        context.database.close()
    return row


def crowd_of(people: int) -> Sandbox:
    """Their phones."""
    sandbox = Sandbox(TOKEN, bot_username="qualify_bot", check_schema=False, keep_requests=100)
    for user_id in range(FIRST, FIRST + people):
        sandbox.add_user(user_id, str(user_id))
    return sandbox


async def walked(bot: Bot, people: int, trouble: Callable[[], Awaitable[None]], row: Row) -> None:
    """These people answer their reviews; when a third is answered, the trouble comes."""
    walk, unhandled = plan(bot.context.standards.get(STANDARD), "3"), Unhandled()
    walkers = [Walker(bot.sandbox, FIRST + n, n + 1, walk, Random(n)) for n in range(people)]
    pumping = asyncio.create_task(pump(bot))
    unhandled.listen()
    try:
        await asyncio.gather(*(walker.begin() for walker in walkers))
        walking = asyncio.gather(*(walker.walk(ANSWERS) for walker in walkers))
        while sum(len(walker.given) for walker in walkers) < people * ANSWERS / 3 and not walking.done():
            await asyncio.sleep(0.01)
        await trouble()
        await walking
        await bot.app.intake.idle(10)
    finally:
        unhandled.stop()
        pumping.cancel()
    judge(row, bot.context, walkers)
    lines = unhandled.taken()
    row.wrong += len(lines)
    row.told += common(lines)
    row.note = f"{people} people, the longest wait {max(walker.waited for walker in walkers):.0f} s"
