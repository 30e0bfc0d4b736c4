"""Updates by webhook: the 200 is held back until the update is safe, so Telegram repeats what a crash lost."""

import hmac
import json
import logging

from aiohttp import web

from bot.intake import Intake

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MAX_UPDATE_BYTES = 1_000_000


def make_app(intake: Intake, path: str, secret: str) -> web.Application:
    """A web application that takes updates at `path`, and only with the secret token."""

    async def take(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode()):
            return web.Response(status=403)
        try:
            raw = json.loads(await request.read())
        except (ValueError, RecursionError) as error:  # Telegram would send it again forever
            log.warning("an update is no JSON: %s", type(error).__name__)
            return web.Response()
        update_id = intake.begin(raw)
        if update_id is not None:
            await intake.safe(update_id)
        return web.Response()

    app = web.Application(client_max_size=MAX_UPDATE_BYTES)
    app.router.add_post(path, take)
    return app
