"""The sandbox: the Bot API's side of a small Telegram, in memory and synchronous; the tests use it directly.

sandbox = Sandbox("1:TOKEN", bot_username="qualify_bot")
sandbox.add_user(1, "李明")
sandbox.start(1)
sandbox.call("1:TOKEN", "sendMessage", {"chat_id": 1, "text": "<b>你好</b>", "parse_mode": "HTML"})
print(sandbox.transcript(1))
"""

from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox import account, messaging, transcript
from bot.sandbox.chats import Answer
from bot.sandbox.clock import Clock
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.faults import DELIVERY, EVERY, FaultRule, Faults, HitByFault, NetworkFault
from bot.sandbox.files import Upload
from bot.sandbox.flood import FloodControl
from bot.sandbox.people import People
from bot.sandbox.schema import Json, problems, validate_reply
from bot.sandbox.world import World

METHODS: dict[str, Callable[[World, Json, messaging.Uploads], Any]] = {
    "getMe": account.get_me,
    "getUpdates": account.get_updates,
    "setWebhook": account.set_webhook,
    "deleteWebhook": account.delete_webhook,
    "getWebhookInfo": account.get_webhook_info,
    "sendMessage": messaging.send_message,
    "sendPhoto": messaging.sender_of("photo"),
    "sendDocument": messaging.sender_of("document"),
    "sendAudio": messaging.sender_of("audio"),
    "sendVideo": messaging.sender_of("video"),
    "sendVoice": messaging.sender_of("voice"),
    "sendVideoNote": messaging.sender_of("video_note"),
    "sendChatAction": messaging.send_chat_action,
    "editMessageText": messaging.edit_message_text,
    "editMessageCaption": messaging.edit_message_caption,
    "editMessageMedia": messaging.edit_message_media,
    "editMessageReplyMarkup": messaging.edit_message_reply_markup,
    "deleteMessage": messaging.delete_message,
    "answerCallbackQuery": messaging.answer_callback_query,
    "setMyCommands": account.set_my_commands,
    "getMyCommands": account.get_my_commands,
    "deleteMyCommands": account.delete_my_commands,
    "setMyDescription": account.set_my_description,
    "setMyShortDescription": account.set_my_short_description,
    "getFile": account.get_file,
    "getChat": account.get_chat,
}


class Sandbox(People):
    """A strict Bot API for one bot, and the people who chat with it.

    `requests` logs every request that named a method, refused ones too; it keeps all of them, or the newest
    `keep_requests`. `flood_limit` messages a second (and one a second in a chat) switches flood control on.
    With `check_schema` every request and reply is held against the published schema. Messages, updates and presses are
    numbered after `numbers_after`.
    """

    def __init__(
        self,
        token: str,
        *,
        bot_username: str = "sandbox_bot",
        bot_name: str = "Sandbox",
        clock: Clock | None = None,
        flood_limit: int | None = None,
        keep_requests: int | None = None,
        check_schema: bool = True,
        numbers_after: int = 0,
    ) -> None:
        super().__init__(bot_username=bot_username, bot_name=bot_name, clock=clock, numbers_after=numbers_after)
        self.token = token
        self.flood = FloodControl(flood_limit) if flood_limit else None
        self.check_schema = check_schema
        self.requests: deque[tuple[str, Json]] = deque(maxlen=keep_requests)
        self.faults = Faults()
        self._arranged: defaultdict[str, deque[tuple[Exception, bool]]] = defaultdict(deque)

    def call(
        self,
        token: str,
        method: str,
        params: Mapping[str, Any] | None = None,
        files: Mapping[str, Upload] | None = None,
    ) -> Any:
        """The result of a request with JSON-decoded `params`; a file is "attach://name" with its content in `files`.

        Raises ApiError as Telegram refuses, what `fail_next` arranged, or HitByFault for a fault of `inject_faults`.
        Results are to be read, not changed.
        """
        if token != self.token:
            raise ApiError(401, "Unauthorized")
        if method not in METHODS:
            raise ApiError(404, f"Not Found: the sandbox does not implement {method}")
        request = dict(params or {})
        self.requests.append((method, request))
        error, delivered = self._arranged[method].popleft() if self._arranged[method] else (None, False)
        if error and not delivered:
            raise error
        if fault := self.faults.hit(method):
            raise self._interrupted(fault, method, request, files or {})
        result = self._checked(method, request, files or {})
        if error:
            raise error
        return result

    def _interrupted(self, fault: NetworkFault, method: str, request: Json, files: Mapping[str, Upload]) -> HitByFault:
        """What the fault makes of the call. Raises ApiError for a refusal that the fault lets through."""
        self.touch()
        result = None
        if fault.happens:
            try:
                result = self._checked(method, request, files)
            except ApiError:
                if fault.comes == "late":
                    raise
        return HitByFault(fault, result)

    def _checked(self, method: str, request: Json, files: Mapping[str, Upload]) -> Any:
        if self.check_schema and (wrong := problems(method, request)):
            raise bad_request(wrong[0])
        result = METHODS[method](self, request, files)
        if self.check_schema and (wrong := validate_reply(method, result)):
            raise AssertionError(f"the sandbox replies what the schema does not allow: {wrong}")
        return result

    def fail_next(self, method: str, error: Exception, *, times: int = 1, delivered: bool = False) -> None:
        """Let the next `times` calls of `method` fail; with `delivered` they do their work first, like a lost reply."""
        self._arranged[method].extend([(error, delivered)] * times)

    def inject_faults(self, *rules: FaultRule, seed: int = 0) -> None:
        """Let calls fail by these rules from now on, and by no others; without any, nothing fails any more. Raises
        ValueError for a method that the sandbox doesn't have."""
        if unknown := {rule.method for rule in rules} - {*METHODS, EVERY, DELIVERY}:
            raise ValueError(f"no such method: {', '.join(unknown)}")
        self.faults.inject(*rules, seed=seed)
        self.touch()

    def transcript(self, chat_id: int) -> str:
        """The chat as a person sees it, in plain lines."""
        return transcript.render(self.chats[chat_id], self.bot["id"])

    def toasts(self, user_id: int) -> list[Answer]:
        """The answered presses of a person that showed something, oldest first."""
        return [answer for answer in self.chats[user_id].answers if answer.text or answer.url]

    def sent(self, method: str) -> list[Json]:
        """The parameters of all logged requests of `method`."""
        return [params for name, params in self.requests if name == method]
