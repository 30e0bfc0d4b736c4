"""Updates by webhook: the 200 is held back until the update was handled, so Telegram repeats what a crash lost."""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web
from telegram import Bot, Update

from bot.updates import Unreadable, read_update

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MAX_UPDATE_BYTES = 1_000_000


def make_app(bot: Bot, path: str, secret: str, handle: Callable[[Update], Awaitable[None]]) -> web.Application:
    """A web application that takes updates at `path`, and only with the secret token."""

    async def take(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode()):
            return web.Response(status=403)
        try:
            update = read_update(json.loads(await request.read()), bot)
        except (ValueError, RecursionError, Unreadable) as error:  # Telegram would send it again forever
            log.warning("an update can't be read: %s", error)
            return web.Response()
        await handle(update)
        return web.Response()

    app = web.Application(client_max_size=MAX_UPDATE_BYTES)
    app.router.add_post(path, take)
    return app
