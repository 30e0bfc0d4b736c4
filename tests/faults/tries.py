"""One try of a scene: the database and the phones it begins with, what it has left, and how that is judged."""

import socket
from collections import Counter
from dataclasses import dataclass, field
from typing import Self, cast

from bot.sandbox.core import Sandbox
from qualify.services import Context
from qualify.services.notices import queue
from qualify.storage.schema import migrate
from tests.driver import NOON, Bot
from tests.faults.ground import Ground
from tests.faults.scenes import ACCOUNTS, STRANGER, Place, Scene, cell_of, found
from tests.faults.table import Row
from tests.faults.traces import Message, rows_of, shown_to, toasts
from tests.permissions import Cell
from tests.phone import Phone
from tests.program import TOKEN

LOOK_SECONDS = 0.01
PUBLIC = "https://faults.example/hook"
FOUNDED = "founded"


@dataclass
class Try:
    """What a try has left: rows, everybody's messages, words that popped up for who acted, presses without an answer;
    whether something was still in hand, and after how many seconds; what was logged, and what was done to the bot.

    `twice` is how many messages others may have had once more. Who acted may have been answered again, unless
    `answered_once`.
    """

    rows: Counter[tuple[str, ...]]
    shown: dict[int, Counter[Message]]
    popped_up: list[str]
    unanswered: int
    is_stuck: bool
    seconds: float
    log: str
    broken: str
    twice: Counter[int] = field(default_factory=Counter)
    answered_once: bool = False

    @classmethod
    def left(cls, cell: Cell, sandbox: Sandbox, **how: object) -> Self:
        """What there is now."""
        return cls(
            rows_of(cell.context, exact=cell.context.database.is_embedded),
            {user_id: Counter(shown_to(sandbox, user_id)) for user_id in sandbox.users},
            toasts(sandbox, cell.phone.user_id),
            len(sandbox.queries),
            **how,  # type: ignore[arg-type]
        )


def prepare(ground: Ground, scene: Scene) -> Cell:
    """Make the database that each try of the scene begins with, and keep it under the scene's name."""
    if FOUNDED not in ground.kept:
        _founded(ground)
    ground.restore(FOUNDED)
    context = ground.context(lambda: NOON)
    cell = cell_of(context, Phone(Sandbox(TOKEN), _at_once, scene.user_id), scene)
    scene.prepared(cell)
    for notice, _ in queue.take_due(context):
        queue.settle(context, notice, "sent")
    context.database.close()
    ground.keep(scene.file)
    return cell


def _founded(ground: Ground) -> None:
    """Keep the company that every scene is played in, so that it is founded once."""
    ground.restore("")
    context = ground.context(lambda: NOON)
    migrate(context.database)
    found(context)
    context.database.close()
    ground.keep(FOUNDED)


async def _at_once() -> None:
    """Nothing to wait for."""


def moved(cell: Cell, context: Context, phone: Phone) -> Cell:
    """The same in the database of a try."""
    return cell._replace(bot=cast(Bot, Place(context)), phone=phone)


def crowd(webhook_port: int = 0) -> Sandbox:
    """Everybody's phones; those who have joined know the bot. A webhook at `PUBLIC` leads to this port."""
    sandbox = Sandbox(TOKEN, bot_username="qualify_bot")
    for user_id in (*ACCOUNTS, STRANGER):
        sandbox.add_user(user_id, str(user_id))
        sandbox.chats[user_id].started = user_id != STRANGER

    def lead() -> None:
        if sandbox.updates.webhook.get("url") == PUBLIC:
            sandbox.updates.webhook["url"] = f"http://127.0.0.1:{webhook_port}/hook"

    sandbox.listeners.append(lead)
    return sandbox


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def judge(row: Row, scene: Scene, whole: Try, tried: Try) -> None:
    """Add to the row what the try lost or did twice, compared with one in which nothing was broken."""
    row.tries += 1
    told: list[str] = []
    if lost := whole.rows - tried.rows:
        told.append(f"not stored: {sorted(lost)}")
    if (more := tried.rows - whole.rows) and not scene.made_anew:
        told.append(f"stored besides: {sorted(more)}")
    row.lost += bool(lost)
    row.doubled += bool(more) and not scene.made_anew
    for user_id, usual in whole.shown.items():
        missing, besides = usual - tried.shown[user_id], tried.shown[user_id] - usual
        acted = user_id == scene.user_id
        if missing and not acted:
            row.lost += 1
            told.append(f"news not sent to {user_id}: {[*missing]}")
        if (tried.answered_once and besides) if acted else besides.total() > tried.twice[user_id]:
            row.doubled += 1
            told.append(f"shown besides to {user_id}: {[*besides]}")
        if acted and (tried.unanswered or tried.is_stuck or (missing and not (besides or tried.popped_up))):
            row.silent += 1
            told.append(f"{tried.unanswered} unanswered, not shown: {[*missing]}")
        elif acted and missing:
            row.otherwise += 1
    if "Traceback" in tried.log or TOKEN in tried.log:
        row.wrong += 1
        told.append(tried.log)
    row.told += [f"{scene.name}, {tried.broken}: {line}" for line in told]
