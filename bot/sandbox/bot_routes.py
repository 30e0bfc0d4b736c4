"""The Bot API over HTTP: requests as Telegram takes them (query, form, multipart, JSON), getUpdates held open, and the
faults that somebody arranged."""

import struct
from socket import SO_LINGER, SOL_SOCKET
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from bot.sandbox.changes import Changes
from bot.sandbox.core import Sandbox
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.faults import HitByFault
from bot.sandbox.files import Upload
from bot.sandbox.schema import Json, decode, fields

LONGEST_POLL = 50  # seconds, as at Telegram
_NO_GOODBYE = struct.pack("ii", 1, 0)  # lingers for no time: the connection is reset, not closed in order


class BotRoutes:
    """The HTTP routes that a bot uses."""

    def __init__(self, sandbox: Sandbox, changes: Changes) -> None:
        self._sandbox = sandbox
        self._changes = changes

    def routes(self) -> list[web.RouteDef]:
        """The routes of methods and downloads, which begin with the token."""
        return [
            web.route("*", "/bot{token:[^/]+}/{method}", self._method),
            web.get("/file/bot{token:[^/]+}/{path:.+}", self._download),
        ]

    async def _method(self, request: web.Request) -> web.Response:
        token, method = request.match_info["token"], request.match_info["method"]
        try:
            params, files = await _received(request, method)
            result = self._sandbox.call(token, method, params, files)
            if method == "getUpdates":
                result = await self._wait_for_updates(params, result)
        except HitByFault as hit:
            return await self._interrupted(request, hit)
        except ConnectionError:  # whoever asked was killed while asking
            return web.Response()
        except ApiError as error:
            headers = (
                {"Retry-After": str(error.parameters["retry_after"])} if error.code == 429 and error.parameters else {}
            )
            return web.json_response(error.body(), status=error.code, headers=headers)
        return web.json_response({"ok": True, "result": result})

    async def _interrupted(self, request: web.Request, hit: HitByFault) -> web.Response:
        """What comes back of a call that was hit by a fault."""
        fault = hit.fault
        if fault.comes == "reply":
            kind = "application/json" if fault.body.startswith("{") else "text/html"
            return web.Response(text=fault.body, status=fault.status, content_type=kind)
        await self._changes.until(lambda: False, fault.seconds)
        if fault.comes == "late":
            return web.json_response({"ok": True, "result": hit.result})
        if request.transport is not None:
            request.transport.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, _NO_GOODBYE)
            request.transport.abort()
        return web.Response()

    async def _wait_for_updates(self, params: Json, found: list[Json]) -> list[Json]:
        """The updates at hand, or those that come within the request's timeout; ends the poll before it with 409."""
        updates = self._sandbox.updates
        ticket = updates.begin_poll()
        self._changes.wake()
        timeout = min(params.get("timeout", 0), LONGEST_POLL)
        if found or timeout <= 0:
            return found
        await self._changes.until(lambda: len(updates) or not updates.is_current(ticket), timeout)
        updates.check_poll(ticket)
        return updates.take(limit=params.get("limit", 100))

    async def _download(self, request: web.Request) -> web.Response:
        stored = self._sandbox.files.at(request.match_info["path"])
        if request.match_info["token"] != self._sandbox.token or stored is None:
            return web.json_response(ApiError(404, "Not Found").body(), status=404)
        return web.Response(body=stored.content, content_type="application/octet-stream")


async def _received(request: web.Request, method: str) -> tuple[Json, dict[str, Upload]]:
    """Parameters as JSON values, and files; a file that is itself a parameter becomes "attach://its-name"."""
    raw: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json" and request.can_read_body:
        raw |= await _json_object(request)
    else:
        for name, value in (await request.post()).items():
            if isinstance(value, FileField):
                files[name] = Upload(value.filename, value.file.read(), value.content_type)
            else:
                raw[name] = value
    attached = {name: f"attach://{name}" for name in files if name in fields(method)}
    return decode(method, raw | attached), files


async def _json_object(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(body, dict):
        raise bad_request("object expected as JSON-encoded parameters")
    return body
