"""What the chat page asks for: the state of a phone, and everything its owner does."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from bot.sandbox.account import commands_for, description_for
from bot.sandbox.changes import Changes
from bot.sandbox.chats import Chat
from bot.sandbox.core import Sandbox
from bot.sandbox.errors import ApiError, Impossible
from bot.sandbox.faults import FaultRule
from bot.sandbox.schema import Json
from qualify.paths import FONTS
from qualify.texts import LANGUAGES, keys, nearest_language, say

PAGE = Path(__file__).with_name("page")
LONGEST_WAIT = 25  # seconds
_PREFIX = "sandbox-page-"  # other words of this area belong to the terminal
_POLICY = "default-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class PageRoutes:
    """The HTTP routes that the page uses. `epoch` changes with every start, so that an open page begins anew."""

    def __init__(self, sandbox: Sandbox, changes: Changes) -> None:
        self._sandbox = sandbox
        self._changes = changes
        self._epoch = token_hex(4)

    def routes(self) -> list[web.AbstractRouteDef]:
        """The routes of the page, its parts, and `/api/…`."""
        actions: dict[str, Callable[[Json], Any]] = {
            "say": lambda body: self._sandbox.say(body["user"], body["text"]),
            "start": lambda body: self._sandbox.start(body["user"], body.get("payload", "")),
            "press": lambda body: self._sandbox.press(body["user"], body["message_id"], body["data"]).query_id,
            "edit": lambda body: self._sandbox.edit(body["user"], body["message_id"], body["text"]),
            "forward": lambda body: self._sandbox.forward(body["user"], body["message_id"]),
            "block": lambda body: self._sandbox.block(body["user"]),
            "unblock": lambda body: self._sandbox.unblock(body["user"]),
            "clock": self._move_clock,
            "phone": self._add_phone,
            "faults": self._inject_faults,
        }
        return [
            web.get("/", self._page),
            web.static("/page", PAGE),
            web.static("/fonts", FONTS),
            web.get("/api/words", self._words),
            web.get("/api/state", self._state),
            web.get("/api/file/{file_id}", self._file),
            web.post("/api/upload", self._upload),
            *(web.post(f"/api/{name}", _action(act)) for name, act in actions.items()),
        ]

    async def _page(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html", headers={"Content-Security-Policy": _POLICY})

    async def _words(self, request: web.Request) -> web.Response:
        language = nearest_language(request.query.get("language"))
        names = [key.removeprefix(_PREFIX) for key in keys(language) if key.startswith(_PREFIX)]
        words = {name: say(language, f"sandbox-page-{name}") for name in names}
        return web.json_response({"language": language, "languages": LANGUAGES, "words": words})

    async def _state(self, request: web.Request) -> web.Response:
        """Everything that changed for `user` since version `since`; with `wait`, only once something has."""
        since = int(request.query.get("since", 0))
        if "wait" in request.query:
            await self._changes.until(lambda: self._sandbox.version != since, LONGEST_WAIT)
        chat = self._sandbox.chats.get(int(request.query.get("user", 0)))
        if chat and "read" in request.query:
            chat.read_to = chat.newest()
        return web.json_response(
            {
                "epoch": self._epoch,
                "version": self._sandbox.version,
                "bot": self._sandbox.bot,
                "users": [self._owner(user_id) for user_id in self._sandbox.users],
                "clock": {
                    "now": self._sandbox.clock.now().isoformat(),
                    "moved": self._sandbox.clock.moved.total_seconds(),
                },
                "faults": self._sandbox.faults.described(),
                "chat": self._chat(chat, since) if chat and chat.is_private else None,
            }
        )

    def _owner(self, user_id: int) -> Json:
        chat, user = self._sandbox.chats[user_id], self._sandbox.users[user_id]
        last = chat.messages.get(chat.newest(), {})
        return {
            **user.as_user(),
            "note": user.note,
            "started": chat.started,
            "blocked": chat.blocked,
            "unread": chat.unread(self._sandbox.bot["id"]),
            "last": (last.get("text") or last.get("caption") or "")[:60],
            "file": next((kind for kind in ("photo", "document", "voice", "video") if kind in last), ""),
        }

    def _chat(self, chat: Chat, since: int) -> Json:
        changed = [number for number, version in chat.versions.items() if version > since]
        busy = chat.busy_until - self._sandbox.clock.now() if chat.busy_until else timedelta()
        return {
            "id": chat.id,
            "started": chat.started,
            "blocked": chat.blocked,
            "busy": max(0.0, busy.total_seconds()),
            "description": description_for(self._sandbox, chat.id),
            "commands": commands_for(self._sandbox, chat.id),
            "messages": [chat.messages[number] for number in changed if number in chat.messages],
            "removed": [number for number in changed if number not in chat.messages],
            "answers": [
                {"id": a.query_id, "message_id": a.message_id, "text": a.text, "alert": a.alert, "url": a.url}
                for a in chat.answers
                if a.answered and a.version > since
            ],
        }

    async def _file(self, request: web.Request) -> web.Response:
        """A picture to look at; anything else only as a download, so that it cannot act as a part of this page."""
        try:
            stored = self._sandbox.files.get(request.match_info["file_id"])
        except ApiError as error:
            raise web.HTTPNotFound from error
        shown = stored.kind == "photo" or stored.mime_type.startswith("audio/")
        kind = stored.mime_type if shown else "application/octet-stream"
        protection = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return web.Response(body=stored.content, headers={"Content-Type": kind, **protection})

    async def _upload(self, request: web.Request) -> web.Response:
        form = await request.post()
        user_id, file = int(str(form["user"])), form["file"]
        if not isinstance(file, FileField):
            raise web.HTTPBadRequest
        name, content = file.filename, file.file.read()
        if form["kind"] == "photo":
            return _done(lambda: self._sandbox.send_photo(user_id, content, str(form.get("caption", ""))))
        if form["kind"] == "voice":
            return _done(lambda: self._sandbox.send_voice(user_id, content, file.content_type))
        if form["kind"] == "video":
            return _done(lambda: self._sandbox.send_file(user_id, "video", name, content, str(form.get("caption", ""))))
        return _done(lambda: self._sandbox.send_document(user_id, name, content, str(form.get("caption", ""))))

    def _add_phone(self, body: Json) -> int:
        """Add a phone for somebody who was invited. Returns the user's id."""
        return self._sandbox.add_phone(say(nearest_language(body.get("language")), "sandbox-phone"))

    def _inject_faults(self, body: Json) -> None:
        """Let calls fail by the body's `rules`, each with the fields of a FaultRule, drawn by its `seed`."""
        self._sandbox.inject_faults(*(FaultRule(**rule) for rule in body["rules"]), seed=body.get("seed", 0))

    def _move_clock(self, body: Json) -> None:
        if body.get("reset"):
            self._sandbox.clock.reset()
        else:
            self._sandbox.clock.advance(timedelta(seconds=body["seconds"]))
        self._sandbox.touch()


def _action(act: Callable[[Json], Any]) -> Callable[[web.Request], Any]:
    async def handler(request: web.Request) -> web.Response:
        body = await request.json()
        return _done(lambda: act(body))

    return handler


def _done(act: Callable[[], Any]) -> web.Response:
    """Do the action and answer with its outcome: 409 for what the person's own client refuses, 400 for what Telegram
    refuses or nobody understands."""
    try:
        return web.json_response({"result": act()})
    except (Impossible, ApiError, KeyError, ValueError, TypeError) as error:
        return web.json_response({"error": str(error)}, status=409 if isinstance(error, Impossible) else 400)
