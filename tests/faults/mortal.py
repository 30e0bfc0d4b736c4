"""The real program, made mortal: it kills itself with SIGKILL at an exact point of its work.

`python -m tests.faults.mortal` imports the program once. For each line on its stdin, a `Life` as JSON, it forks a
process that becomes `python -m bot run`, says its number, and then how it ended. Points are counted from when the file
`armed` is there: before and after every commit, and every call of the Bot API.
"""

import gc
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import bot.__main__
from bot.transport import AiohttpRequest, Call
from qualify import charts
from qualify.paths import STANDARDS
from qualify.services import Context, context
from qualify.standard import shipped
from qualify.storage import Database
from qualify.storage.database import BUSY_SECONDS
from qualify.storage.schema import refuse_newer


@dataclass(frozen=True)
class Life:
    """One life of the program: its settings, when its clock begins (ISO), and at which point it dies; 0 = at none.
    Where it died stands in the file `died`, what it logged in `log`."""

    settings: dict[str, str]
    moment: str
    folder: str
    die_at: int = 0

    @property
    def armed(self) -> Path:
        """The file that lets points count."""
        return Path(self.folder) / "armed"

    @property
    def died(self) -> Path:
        """The file with the name of the point where it died."""
        return Path(self.folder) / "died"

    @property
    def log(self) -> Path:
        """The file of its log."""
        return Path(self.folder) / "log"

    def line(self) -> bytes:
        """The life as a line."""
        return json.dumps(asdict(self)).encode() + b"\n"


class Death:
    """Counts the points and kills at the given one."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._left = life.die_at
        self._lock = threading.Lock()

    def point(self, name: str) -> None:
        """Pass a point, or die there."""
        with self._lock:
            if not self._left or not self._life.armed.exists():
                return
            self._left -= 1
            if self._left == 0:
                self._life.died.write_text(name, encoding="utf-8")
                os.kill(os.getpid(), signal.SIGKILL)


def mark_commits(death: Death) -> None:
    """A point before and after every commit."""
    committing: Callable[..., Any] = Database._committing

    @contextmanager
    def marked(database: Database, patience: float = BUSY_SECONDS) -> Iterator[Any]:
        with committing(database, patience) as connection:
            yield connection
            death.point("before a commit")
        death.point("after a commit")

    Database._committing = marked  # type: ignore[method-assign, assignment]


def mark_calls(death: Death) -> None:
    """A point before and after every call; of getUpdates, only those that bring or acknowledge something new."""
    request = AiohttpRequest.do_request
    acknowledged = newest = 0

    async def marked(self: AiohttpRequest, url: str, *args: Any, **given: Any) -> tuple[int, bytes]:
        nonlocal acknowledged, newest
        method, data = url.rpartition("/")[2], given.get("request_data")
        if method != "getUpdates":
            death.point(f"before {method}")
            reply = await request(self, url, *args, **given)
            death.point(f"after {method}")
            return reply
        offset = data.parameters.get("offset", 0) if isinstance(data, Call) else 0
        if offset > acknowledged:
            acknowledged = offset
            death.point("before the acknowledgement")
        reply = await request(self, url, *args, **given)
        if came := [
            update["update_id"] for update in json.loads(reply[1]).get("result", ()) if update["update_id"] > newest
        ]:
            newest = max(came)
            death.point("after an update came")
        return reply

    AiohttpRequest.do_request = marked  # type: ignore[method-assign]


def live(life: Life) -> NoReturn:
    """Be the program until its end."""
    log = os.open(life.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for stream, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(stream, target)
    os.chdir(life.folder)
    os.environ.update(life.settings)
    start_clock(datetime.fromisoformat(life.moment))
    death = Death(life)
    mark_commits(death)
    mark_calls(death)
    sys.argv = ["qualify-bot", "run"]
    code: Any = 1
    try:
        bot.__main__.main()
    except SystemExit as end:
        code = end.code
        if isinstance(code, str):
            sys.stderr.write(code + "\n")
            code = 1
    sys.stderr.flush()
    os._exit(code or 0)


def start_clock(moment: datetime) -> None:
    """Let the program's clock run from this moment on."""
    begun = time.monotonic()
    opened = bot.__main__.open_context

    def open_context(*args: Any, **given: Any) -> Context:
        return opened(*args, **given, now=lambda: moment.astimezone(UTC) + timedelta(seconds=time.monotonic() - begun))

    bot.__main__.open_context = open_context


def main() -> None:
    """Fork a life for each line. What takes long is done once, before."""
    charts.warm_up()
    charts.warm_up = int  # type: ignore[assignment]
    shipped(STANDARDS)
    refuse_newer("0001")  # reads all migrations
    context.Catalogue = shipped  # type: ignore[attr-defined, misc, assignment]
    gc.collect()
    gc.freeze()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while line := sys.stdin.buffer.readline():
        life = Life(**json.loads(line))
        child = os.fork()
        if child == 0:
            live(life)
        _say(str(child))
        _, status = os.waitpid(child, 0)
        _say(str(os.waitstatus_to_exitcode(status)))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
