"""What one person does and sees in the sandbox, for tests that read like sentences."""

import re
from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any

from PIL import Image

from bot.sandbox.core import Sandbox
from qualify.texts import visible


class Phone:
    """What one person does and sees. Each deed waits until the bot has settled; `deeds` counts them."""

    def __init__(self, sandbox: Sandbox, settle: Callable[[], Awaitable[None]], user_id: int) -> None:
        self._sandbox = sandbox
        self._settle = settle
        self.user_id = user_id
        self.deeds = 0

    async def start(self, payload: str = "") -> None:
        """Press START, or open an invitation link."""
        self._sandbox.start(self.user_id, payload)
        await self._done()

    async def say(self, text: str, chat_id: int | None = None) -> None:
        """Type a message."""
        self._sandbox.say(self.user_id, text, chat_id)
        await self._done()

    async def press(self, *labels: str) -> None:
        """Press, one after the other, the newest button whose label contains each of `labels`."""
        for label in labels:
            await self.press_data(*self.button(label))

    async def press_twice(self, label: str) -> None:
        """Press the same button again before anything came of the first press."""
        message_id, data = self.button(label)
        self._sandbox.press(self.user_id, message_id, data)
        await self.press_data(message_id, data)

    async def press_data(self, message_id: int, data: str) -> None:
        """Press whatever carries this data, even a button that is gone by now."""
        self._sandbox.press(self.user_id, message_id, data, forged=True)
        await self._done()

    async def send_photo(self, caption: str = "") -> None:
        """Send a photo."""
        self._sandbox.send_photo(self.user_id, picture(), caption)
        await self._done()

    async def send_voice(self) -> None:
        """Send a voice message."""
        self._sandbox.send_voice(self.user_id, b"OggS")
        await self._done()

    async def send_document(self, name: str, content: bytes, caption: str = "") -> None:
        """Send a file."""
        self._sandbox.send_document(self.user_id, name, content, caption)
        await self._done()

    async def send_file(self, kind: str, name: str, caption: str = "") -> None:
        """Send a file as audio, video or video_note."""
        self._sandbox.send_file(self.user_id, kind, name, b"...", caption)
        await self._done()

    async def edit(self, text: str, *, sent: str = "") -> None:
        """Change the newest own message; with `sent` the one that says, or is called, just that."""
        own = [message for message in self.messages() if message["from"]["id"] == self.user_id]
        named = [each for each in own if not sent or sent in (each.get("text"), each.get("caption"))]
        self._sandbox.edit(self.user_id, named[-1]["message_id"], text)
        await self._done()

    async def forward(self, message_id: int) -> None:
        """Forward a message of this chat into it."""
        self._sandbox.forward(self.user_id, message_id)
        await self._done()

    async def _done(self) -> None:
        self.deeds += 1
        await self._settle()

    def button(self, label: str) -> tuple[int, str]:
        """The newest button whose label contains `label`: its message and data."""
        for message in reversed(self.messages()):
            for button in buttons(message):
                if label in button["text"]:
                    return message["message_id"], button["callback_data"]
        raise AssertionError(f"no button {label!r} in:\n{self.screen}")

    @property
    def labels(self) -> list[str]:
        """The labels under the newest message."""
        return [button["text"] for button in buttons(self.messages()[-1])]

    def offers(self, label: str) -> bool:
        """Whether the newest message has a button whose label contains `label`."""
        return any(label in shown for shown in self.labels)

    def messages(self) -> list[dict[str, Any]]:
        """Every message in the chat, oldest first, its words plain."""
        sent = self._sandbox.chats[self.user_id].messages.values()
        return [{**each, **{part: plain(each[part]) for part in ("text", "caption") if part in each}} for each in sent]

    @property
    def screen(self) -> str:
        """The whole chat as the person sees it."""
        return plain(self._sandbox.transcript(self.user_id))

    @property
    def last(self) -> str:
        """The text or caption of the newest message."""
        message = self.messages()[-1]
        return str(message.get("text") or message.get("caption") or "")

    @property
    def charts(self) -> list[dict[str, Any]]:
        """The pictures the bot sent."""
        return [message for message in self.messages() if "photo" in message and message["from"]["is_bot"]]

    @property
    def heard(self) -> int:
        """A number that grows with everything that the bot shows: a message, an edit, a word to a press."""
        chat = self._sandbox.chats[self.user_id]
        shown = [chat.versions[number] for number, message in chat.messages.items() if message["from"]["is_bot"]]
        return max([0, *shown, *(answer.version for answer in chat.answers if answer.text)])

    @property
    def toast(self) -> str:
        """What the last button press popped up, if anything."""
        answers = self._sandbox.chats[self.user_id].answers
        return answers[-1].text if answers else ""


def plain(text: str) -> str:
    """A text of the chat as it is typed: without what holds dates, levels and units together on a line."""
    return visible(text)


def buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    """The buttons under a message, row by row."""
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


def picture() -> bytes:
    """A small picture that Telegram would take."""
    data = BytesIO()
    Image.new("RGB", (40, 30), "white").save(data, "PNG")
    return data.getvalue()


async def one_deed(phone: Phone) -> None:
    """The next thing a person in a hurry does."""
    for label in ("全部达到", "✅ 达到", "★", "这一科没考"):
        if phone.offers(label):
            return await (phone.say("95") if label == "这一科没考" else phone.press(label))
    raise AssertionError(phone.screen)


async def walk(
    phone: Phone, *, mark: str = "✅ 达到", all_met: bool = False, score: str = "88", one_by_one: bool = False
) -> None:
    """Answer everything that is still asked, and stop at the summary: `mark` for each criterion (or all of an
    element at once), the suggested rating, `score` for each subject (in one line, or one by one), one case."""
    while not phone.offers("✅ 提交"):
        if all_met and phone.offers("全部达到"):
            await phone.press("全部达到")
        elif phone.offers("✅ 达到"):
            await phone.press(mark)
        elif phone.offers("★"):
            await phone.press("★")
        elif phone.offers("这一科没考"):
            at_once = re.search(r"一次发齐 (\d+) 个", phone.last)
            await phone.say(score if one_by_one or not at_once else " ".join([score] * int(at_once[1])))
        elif "各科成绩都有了" in phone.last:
            await phone.press("回到未答处")
        elif phone.offers("没有案例"):
            await phone.say("2026-03-01 一次跨省割接的复盘")
        else:
            await phone.press("就这")


async def review(phone: Phone, which: str, **how: Any) -> None:
    """A whole review from /start on: open the one whose button says `which`, answer, hand it in, whatever it warns
    of."""
    await phone.start()
    await phone.press(which)
    await walk(phone, **how)
    await phone.press("✅ 提交")
    if phone.offers("仍要提交"):
        await phone.press("仍要提交")


async def read_to_the_end(phone: Phone) -> list[str]:
    """Every page of the explanation under the newest chart."""
    await phone.press("每个数字")
    pages = [phone.last]
    while phone.offers("下一页"):
        await phone.press("下一页")
        pages.append(phone.last)
    return pages
