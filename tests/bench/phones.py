"""The people of the load: each looks at the newest keyboard and presses at once, one press in flight.

A phone knows nothing of the bots. It reads labels, as a person does: it answers "met", confirms the suggested
rating and skips examinations; a screen with none of these buttons ends a review, and /reviews leads to the next.
"""

import time
from dataclasses import dataclass, field
from typing import Any

from qualify.texts import say

WANTED = (say("zh-CN", "chat-mark-met"), "★", say("zh-CN", "chat-not-taken"))
LIST = "/reviews"
MESSAGE_ID = 1

Json = dict[str, Any]


@dataclass
class Phone:
    """One chat with one living message, and what is in flight.

    `is_answer`: the press in flight answers a question. `is_answered`: its spinner stopped. `is_shown`: the screen
    changed. `sees_list`: what comes next is the list of reviews behind /reviews.
    """

    chat_id: int
    text: str = ""
    keyboard: list[list[Json]] = field(default_factory=list)
    opened: int = 0
    query_id: str = ""
    pressed_at: float = 0.0
    is_answer: bool = False
    is_answered: bool = True
    is_shown: bool = True
    sees_list: bool = False

    @property
    def is_idle(self) -> bool:
        """Whether nothing is in flight."""
        return self.is_answered and self.is_shown

    def act(self, update_id: int) -> Json:
        """The next thing this person does, as an update."""
        button = self._button()
        self.sees_list = button is None
        self.is_answered = button is None  # a typed command has no spinner
        self.is_answer = button is not None and button["text"].startswith(WANTED)
        self.is_shown = False
        self.query_id = str(update_id)
        self.pressed_at = time.monotonic()
        if button is None:
            return {"update_id": update_id, "message": self._command(LIST)}
        query = {"id": self.query_id, "from": self._person(), "chat_instance": "1", "data": button["callback_data"]}
        return {"update_id": update_id, "callback_query": query | {"message": self.message()}}

    def _button(self) -> Json | None:
        """The button to press; None to ask for the list."""
        buttons = [button for row in self.keyboard for button in row]
        for button in buttons:
            if button["text"].startswith(WANTED):
                return button
        if not self.sees_list:
            return None
        self.opened += 1
        return buttons[(self.opened - 1) % len(buttons)]

    def show(self, text: str, keyboard: list[list[Json]]) -> bool:
        """Put a message on the screen. Returns whether anything in it is new."""
        is_new = (text, keyboard) != (self.text, self.keyboard)
        self.text, self.keyboard, self.is_shown = text, keyboard, True
        return is_new

    def message(self) -> Json:
        """The living message as Telegram describes it."""
        bot = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
        return self._message(bot, self.text) | {"reply_markup": {"inline_keyboard": self.keyboard}}

    def _command(self, text: str) -> Json:
        entity = {"type": "bot_command", "offset": 0, "length": len(text)}
        return self._message(self._person(), text) | {"entities": [entity]}

    def _message(self, sender: Json, text: str) -> Json:
        chat = {"id": self.chat_id, "type": "private", "first_name": "Assessor"}
        return {"message_id": MESSAGE_ID, "date": 1_700_000_000, "chat": chat, "from": sender, "text": text}

    def _person(self) -> Json:
        return {"id": self.chat_id, "is_bot": False, "first_name": "Assessor", "language_code": "zh-hans"}
