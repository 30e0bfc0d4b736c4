"""A phone for tests: the real bot on the strict sandbox, in one process and without a network.

`Phone` clicks labels and reads transcripts; `bot_on` gives the running bot. Every request the bot sends is
checked against the published Bot API by the sandbox itself.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import App
from bot.config import BotSettings
from bot.polling import Poller
from bot.sandbox.core import Sandbox
from bot.sandbox.errors import ApiError
from bot.sandbox.files import Upload
from bot.sandbox.run import TOKEN, make_sandbox
from bot.sandbox.schema import decode
from bot.transport import AiohttpRequest, Call
from qualify.paths import STANDARDS
from qualify.services import Context, open_context
from qualify.services.seed import seed
from qualify.storage.schema import migrate

ADMIN, ASSESSOR, SECOND_ASSESSOR, EMPLOYEE, EMPLOYEE_A, EMPLOYEE_DONE = 1001, 1002, 1003, 1004, 1005, 1006
STRANGER = 1009
ZONE = ZoneInfo("Asia/Shanghai")


class InProcess(AiohttpRequest):
    """The bot's transport with the network taken out."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__()
        self._sandbox = sandbox

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, url: str, method: str, request_data: Any = None, **_: Any) -> tuple[int, bytes]:
        """Call the sandbox; its answer as Telegram would send it."""
        token, name = url.rsplit("/bot", 1)[1].split("/", 1)
        parameters, files = _decoded(name, request_data)
        try:
            result = self._sandbox.call(token, name, parameters, files)
        except ApiError as error:
            return error.code, json.dumps(error.body()).encode()
        return 200, json.dumps({"ok": True, "result": result}).encode()


def _decoded(method: str, data: Any) -> tuple[dict[str, Any], dict[str, Upload]]:
    if data is None:
        return {}, {}
    raw = dict(data.parameters if isinstance(data, Call) else data.json_parameters)
    files = {name: Upload(*content) for name, content in data.multipart_data.items()}
    return decode(method, raw | {name: f"attach://{name}" for name in files}), files


def open_company(database_url: str, sandbox: Sandbox) -> Context:
    """The made-up company on a migrated database, on the sandbox's clock."""
    context = open_context(database_url, STANDARDS, ZONE, now=sandbox.clock.now)
    migrate(context.database)
    seed(context)
    return context


@asynccontextmanager
async def bot_on(context: Context, sandbox: Sandbox) -> AsyncIterator["Bot"]:
    """The running bot; it takes updates when `settle` is called."""
    settings = BotSettings(bot_token=TOKEN, telegram_base_url="http://sandbox/bot", _env_file=None)
    app = App(settings, context, InProcess(sandbox))
    async with app.running():
        yield Bot(app, sandbox)


class Bot:
    """The running bot and the people who talk to it."""

    def __init__(self, app: App, sandbox: Sandbox) -> None:
        self.app = app
        self.sandbox = sandbox
        self._poller = Poller(app.bot, app.handle)

    async def settle(self) -> None:
        """Let the bot take every update and send every due notice."""
        while await self._poller.poll(0):
            pass
        await self.app.notifier.send_due()

    def phone(self, user_id: int) -> "Phone":
        """Somebody's phone."""
        return Phone(self, user_id)


class Phone:
    """What one person does and sees. Each deed waits until the bot has settled."""

    def __init__(self, bot: Bot, user_id: int) -> None:
        self._bot = bot
        self._sandbox = bot.sandbox
        self.user_id = user_id
        self.deeds = 0

    async def start(self, payload: str = "") -> None:
        """Press START, or open an invitation link."""
        self._sandbox.start(self.user_id, payload)
        await self._done()

    async def say(self, text: str) -> None:
        """Type a message."""
        self._sandbox.say(self.user_id, text)
        await self._done()

    async def press(self, label: str) -> None:
        """Press the newest button whose label contains `label`."""
        message_id, data = self.button(label)
        await self.press_data(message_id, data)

    async def press_data(self, message_id: int, data: str) -> None:
        """Press whatever carries this data, even a button that is gone by now."""
        self._sandbox.press(self.user_id, message_id, data, forged=True)
        await self._done()

    async def send_photo(self, caption: str = "") -> None:
        """Send a photo."""
        self._sandbox.send_photo(self.user_id, PIXEL, caption)
        await self._done()

    async def send_voice(self) -> None:
        """Send a voice message."""
        self._sandbox.send_voice(self.user_id, b"OggS")
        await self._done()

    async def send_document(self, name: str, content: bytes) -> None:
        """Send a file."""
        self._sandbox.send_document(self.user_id, content, name)
        await self._done()

    async def _done(self) -> None:
        self.deeds += 1
        await self._bot.settle()

    def button(self, label: str) -> tuple[int, str]:
        """The newest button whose label contains `label`: its message and data."""
        for message_id, shown, data in reversed(self.buttons()):
            if label in shown:
                return message_id, data
        raise AssertionError(f"no button {label!r} in:\n{self.screen}")

    def buttons(self) -> list[tuple[int, str, str]]:
        """Every button in the chat, oldest message first, last button of a message first."""
        return [
            (message["message_id"], button["text"], button["callback_data"])
            for message in self.messages()
            for row in reversed(message.get("reply_markup", {}).get("inline_keyboard", []))
            for button in reversed(row)
        ]

    def messages(self) -> list[dict[str, Any]]:
        """Every message in the chat, oldest first."""
        return list(self._sandbox.chats[self.user_id].messages.values())

    @property
    def screen(self) -> str:
        """The whole chat as the person sees it."""
        return self._sandbox.transcript(self.user_id)

    @property
    def last(self) -> str:
        """The text or caption of the newest message."""
        message = self.messages()[-1]
        return str(message.get("text") or message.get("caption") or "")

    @property
    def toast(self) -> str:
        """What the last button press popped up."""
        answers = self._sandbox.toasts(self.user_id)
        return answers[-1].text if answers else ""


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


def sqlite_url(directory: Path) -> str:
    """A fresh database file."""
    return f"sqlite:///{directory / 'qualify.sqlite3'}"


def new_sandbox() -> Sandbox:
    """The made-up company's phones."""
    return make_sandbox("zh-CN")
