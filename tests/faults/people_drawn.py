"""What people do with their phones, drawn by lot: presses on what they see, forged ones, texts, files; and updates of
the published kinds in their names."""

from collections.abc import Callable, Sequence
from itertools import count
from random import Random
from typing import Any

from bot.buttons import DIGITS, To
from bot.handlers.admin import SCREENS
from bot.sandbox.chats import Answer
from bot.sandbox.core import Sandbox
from bot.sandbox.errors import Impossible
from qualify.dialogue import Act
from tests.driver import ADMIN, ASSESSOR, EMPLOYEE, NEWCOMER, SECOND_ASSESSOR, STRANGER
from tests.faults.drawn import Json, mutated
from tests.phone import buttons, picture

PEOPLE = (*(ADMIN,) * 3, *(ASSESSOR,) * 3, *(SECOND_ASSESSOR,) * 2, EMPLOYEE, 1005, 1006, 1007, NEWCOMER, STRANGER)
COMMANDS = (
    *("/start", "/admin", "/reviews", "/result", "/history", "/settings", "/language", "/privacy", "/help", "/cancel"),
    *("/start x", "/nothing", "/admin@qualify_bot", "/", "/START"),
)
TEXTS = (
    *("88", "95 96 97", "3.5", "-1", "0", "100.00", "2026-12-01", "明天", "+30d", "何静", "Q004", "陈", "客户经理"),
    *(
        "表现稳定",
        "<b>&amp;</b> <script>",
        "2026-03-01 一次跨省割接的复盘",
        "案例材料不足",
        "\u202e反",
        "🧪" * 300,
        "字" * 4000,
    ),
)
LISTS = (
    "工号,姓名,部门,角色\nX1,新人,新业务部,员工\n",
    "工号,姓名\nQ004,陈晨\n",
    "工号,标准,科目,成绩,考试日期\nQ005,service-manager,specialist,91,2026-11-01\n",
    "工号,姓名\n,\n",
    "\0\0PK",
    " ",
)
NEWEST = 4  # messages whose buttons are pressed


class Crowd:
    """Draws one deed after the other; `raw` updates are numbered one by one."""

    def __init__(self, sandbox: Sandbox, pool: Sequence[Json], choices: Random) -> None:
        self.sandbox = sandbox
        self._pool = pool
        self._choices = choices
        self._numbers = count(1)
        self._ways: list[Callable[[int], Json]] = [
            *(self._press,) * 7,
            *(self._forged,) * 3,
            *(self._say,) * 4,
            *(self._published,) * 4,
            self._send,
        ]
        sandbox.updates.allow(["message", "edited_message", "callback_query", "my_chat_member"])
        for chat in sandbox.chats.values():
            chat.started = True

    def batch(self, most: int) -> list[Json]:
        """Updates of as many people, one of each."""
        people = dict.fromkeys(self._choices.choices(PEOPLE, k=most))
        return [self.update(person) for person in people]

    def update(self, person: int) -> Json:
        """One update in the name of a person, in one of five cases with something wrong in it."""
        choices = self._choices
        raw = choices.choice(self._ways)(person)
        if choices.random() < 0.2:
            raw = mutated(raw, choices, choices.choice((1, 1, 1, 2, 5)))
        return raw | {"update_id": next(self._numbers)} if choices.random() < 0.98 else raw

    def _made(self) -> Json:
        """The update that the sandbox has just made."""
        *_, raw = self.sandbox.updates.take()
        self.sandbox.updates.drop()
        return raw

    def _press(self, person: int) -> Json:
        messages = list(self.sandbox.chats[person].messages.values())[-NEWEST:]
        seen = [
            (message["message_id"], button["callback_data"])
            for message in messages
            for button in buttons(message)
            if "callback_data" in button
        ]
        if not seen:
            return self._say(person)
        self.sandbox.press(person, *self._choices.choice(seen))
        return self._made()

    def _forged(self, person: int) -> Json:
        messages = list(self.sandbox.chats[person].messages)[-NEWEST:]
        if not messages:
            return self._say(person)
        self.sandbox.press(person, self._choices.choice(messages), self._data(), forged=True)
        return self._made()

    def _data(self) -> str:
        """What a button might carry."""
        choices = self._choices
        numbers = [self._number() for _ in range(choices.choice((0, 1, 1, 1, 2, 2, 3, 4)))]
        match choices.randrange(4):
            case 0:
                act = choices.choice([*Act, "q"])
                argument = choices.choice(("", "0", "met", "partly", "4", "3.5", "-1", "x" * 40))
                return f"r{self._number()}.{self._number()}.{self._number()}.{act}{argument}"[:64]
            case 1:
                return f"{To.ADMIN}{'.'.join(numbers)}:{choices.choice(list(SCREENS))}"[:64]
            case 2:
                return f"{choices.choice(list(To))}{'.'.join(numbers)}"[:64]
            case _:
                return choices.choice(
                    ("k", "k1", "y1", "o", "s1.0.0", "", "a:", "：", "r", "z" * 64, "\0", "e1.2.3.4.5.6")
                )

    def _number(self) -> str:
        choices = self._choices
        if choices.random() < 0.8:
            return DIGITS[choices.randrange(13)]
        return choices.choice(("0", "zz", "zik0zj", "zik0zk", "z" * 10, "kfx", "1" * 7))

    def _say(self, person: int) -> Json:
        text = self._choices.choice(COMMANDS if self._choices.random() < 0.5 else TEXTS)
        self.sandbox.say(person, text)
        return self._made()

    def _send(self, person: int) -> Json:
        sandbox, choices = self.sandbox, self._choices
        try:
            match choices.randrange(5):
                case 0:
                    sandbox.send_photo(person, picture(), choices.choice(("", "现场")))
                case 1:
                    sandbox.send_voice(person, b"OggS")
                case 2:
                    sandbox.forward(person, sandbox.chats[person].newest())
                case 3 if choices.random() < 0.5:
                    own = [key for key, each in sandbox.chats[person].messages.items() if each["from"]["id"] == person]
                    sandbox.edit(person, choices.choice(own or [0]), choices.choice(TEXTS))
                case 3:
                    sandbox.block(person)
                    self._made()
                    sandbox.unblock(person)
                case _:
                    name = choices.choice(("list.csv", "list.xlsx", "名单.CSV", "x" * 300, "photo.jpg"))
                    sandbox.send_document(person, name, choices.choice(LISTS).encode(), choices.choice(("", "说明")))
        except Impossible:
            return self._say(person)
        return self._made()

    def _published(self, person: int) -> Json:
        """An update as the published Bot API has it, mostly in the private chat of this person."""
        raw = dict(self._choices.choice(self._pool))
        kind = next(key for key in raw if key != "update_id")
        sender = self.sandbox.users[person].as_user()
        chat = self.sandbox.chats[person].described
        if self._choices.random() < 0.15:
            chat = {"id": -100_000, "type": "supergroup", "title": "…"}
        place = {"from": sender, "chat": chat}
        content = raw[kind]
        if kind == "callback_query":
            raw[kind] = self._asked(person, content)
        elif kind in ("message", "my_chat_member"):
            number = {"message_id": next(self.sandbox.message_ids)} if kind == "message" else {}
            raw[kind] = content | place | number
        return raw

    def _asked(self, person: int, content: Json) -> Json:
        """The press of a button, which the sandbox's Telegram waits to be answered."""
        sandbox = self.sandbox
        query_id = str(next(sandbox.query_ids))
        message: Any = content.get("message")
        newest = sandbox.chats[person].newest()
        if newest and self._choices.random() < 0.7:
            message = sandbox.chats[person].messages[newest]
        sandbox.queries[query_id] = Answer(query_id, person, newest, sandbox.clock.now())
        data = content.get("data") if self._choices.random() < 0.3 else self._data()
        known = {"id": query_id, "from": sandbox.users[person].as_user(), "message": message, "data": data}
        return content | {key: value for key, value in known.items() if value is not None}
