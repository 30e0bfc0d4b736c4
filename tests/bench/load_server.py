"""A small Bot API on loopback with 200 impatient people behind it: `python -m tests.bench.load_server`.

It prints its port and serves any number of bots, told apart by their tokens; only the bot that `/measure/<token>`
names is under load; a message to anybody else is counted as a notice. A press is complete when both calls that it
owes, answerCallbackQuery and a changed screen, are in.
"""

import asyncio
import json
import os
import random
import statistics
import sys
import time
from collections import deque
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.bench.phones import Json, Phone

CHATS = 200
FIRST_CHAT = 10_001
MOST_UPDATES = 100
ME = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


class Account:
    """One bot's side of the server: its phones, the updates that wait for it, and how long presses took."""

    def __init__(self) -> None:
        self.phones = {chat: Phone(chat) for chat in range(FIRST_CHAT, FIRST_CHAT + CHATS)}
        self.pressing = False
        self.thinking = 0.0
        self.answers = 0
        self.notices = 0
        self.faults: list[str] = []
        self.took: list[float] = []
        self.polled = asyncio.Event()
        self._queries: dict[str, Phone] = {}
        self._updates: deque[Json] = deque()
        self._arrived = asyncio.Event()
        self._last_id = 0

    def press_all(self, thinking: float) -> None:
        """Let everybody act, and again after each reply: at once, or after `thinking` for about so many seconds."""
        self.pressing, self.thinking = True, thinking
        for phone in self.phones.values():
            self._go_on(phone)

    def _go_on(self, phone: Phone) -> None:
        if not self.thinking:
            self._act(phone)
            return
        seconds = random.uniform(0, 2 * self.thinking)
        asyncio.get_running_loop().call_later(seconds, lambda: self.pressing and self._act(phone))

    async def settle(self) -> None:
        """Let nobody press any more, and wait until the last press is complete."""
        self.pressing = False
        while not all(phone.is_idle for phone in self.phones.values()):
            await asyncio.sleep(0.02)

    def _act(self, phone: Phone) -> None:
        self._last_id += 1
        update = phone.act(self._last_id)
        if "callback_query" in update:
            self._queries[phone.query_id] = phone
        self._updates.append(update)
        self._arrived.set()

    def _done(self, phone: Phone) -> None:
        if not phone.is_idle:
            return
        if phone.is_answer:
            self.answers += 1
            self.took.append(time.monotonic() - phone.pressed_at)
        if self.pressing:
            self._go_on(phone)

    async def call(self, method: str, given: Mapping[str, Any]) -> object:
        """Answer one call of the bot; True for methods that have no part in the load."""
        match method:
            case "getUpdates":
                return await self._get_updates(int(given.get("offset") or 0), float(given.get("timeout") or 0))
            case "answerCallbackQuery":
                return self._answer(given["callback_query_id"])
            case "sendMessage" if int(given["chat_id"]) not in self.phones:
                self.notices += 1
                return {"message_id": self.notices}
            case "editMessageText" | "sendMessage":
                return self._show(self.phones[int(given["chat_id"])], given, edits=method == "editMessageText")
            case "getMe":
                return ME
            case _:
                return True

    async def _get_updates(self, offset: int, timeout: float) -> list[Json]:
        self.polled.set()
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        if not self._updates:
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), timeout)
            except TimeoutError:
                return []
        return list(islice(self._updates, MOST_UPDATES))

    def _answer(self, query_id: str) -> bool:
        phone = self._queries.pop(query_id, None)
        if phone is None:
            self.faults.append(f"query {query_id} is unknown or answered already")
            return False
        phone.is_answered = True
        self._done(phone)
        return True

    def _show(self, phone: Phone, given: Mapping[str, Any], *, edits: bool) -> Json:
        markup = given.get("reply_markup") or {}
        markup = json.loads(markup) if isinstance(markup, str) else markup
        if not phone.show(given["text"], markup.get("inline_keyboard", [])) and edits:
            self.faults.append(f"chat {phone.chat_id}: nothing changed")
        if not phone.keyboard:
            self.faults.append(f"chat {phone.chat_id}: no keyboard under {phone.text!r}")
        message = phone.message()
        self._done(phone)
        return message


async def measure(account: Account, pid: int, warm_up: float, seconds: float, thinking: float) -> Json:
    """Load one bot and count the presses completed within `seconds`; CPU is that of process `pid` meanwhile."""
    await account.polled.wait()
    account.press_all(thinking)
    await asyncio.sleep(warm_up)
    account.took = []
    notices = account.notices
    began, cpu = time.monotonic(), cpu_seconds(pid)
    await asyncio.sleep(seconds)
    notices = account.notices - notices
    took, passed, cpu = account.took, time.monotonic() - began, cpu_seconds(pid) - cpu
    account.took = []
    await account.settle()
    return {
        "per_second": len(took) / passed,
        "p50_ms": 1000 * statistics.median(took),
        "p99_ms": 1000 * statistics.quantiles(took, n=100)[98],
        "cpu_ms": 1000 * cpu / len(took),
        "answers": account.answers,
        "notices": notices,
        "faults": account.faults[:3],
    }


def cpu_seconds(pid: int) -> float:
    """Seconds of user and system time of a process, all threads, as Linux counts them."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def serve() -> None:
    """Serve until the process is ended."""
    accounts: dict[str, Account] = {}

    async def handle(request: web.BaseRequest) -> web.Response:
        _, first, second = request.path.split("/")
        is_json = request.content_type == "application/json"
        given: Mapping[str, Any] = await request.json() if is_json else await request.post()
        if first == "measure":
            found: object = await measure(accounts.setdefault(second, Account()), **given)
        else:
            account = accounts.setdefault(first.removeprefix("bot"), Account())
            found = await account.call(second, given)
        return web.json_response({"ok": True, "result": found})

    server = await asyncio.get_running_loop().create_server(web.Server(handle), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
