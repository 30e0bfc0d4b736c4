"""The sandbox over HTTP on loopback: the Bot API for the bot, the chat page for people."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.sandbox.bot_routes import BotRoutes
from bot.sandbox.changes import Changes
from bot.sandbox.core import Sandbox
from bot.sandbox.page_routes import PageRoutes
from bot.sandbox.webhook import WebhookSender

HOST = "127.0.0.1"
_LARGEST_REQUEST = 60 << 20
_OWN_NAMES = (HOST, "localhost")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def own_pages_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what another site's page sends here: a foreign Host (a rebound name), Origin or fetch."""
    host, origin = request.headers.get("Host", ""), request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    foreign = host.partition(":")[0] not in _OWN_NAMES or origin not in (None, f"http://{host}")
    if foreign or (request.path != "/" and site not in ("same-origin", "none")):
        raise web.HTTPForbidden(text="only for the sandbox's own page")
    return await handler(request)


def make_app(sandbox: Sandbox) -> web.Application:
    """The application; the sandbox must then only be used in the event loop's thread."""
    changes = Changes()
    sandbox.listeners.append(changes.wake)

    async def let_go(_: web.Application) -> None:
        changes.close()

    app = web.Application(middlewares=[own_pages_only], client_max_size=_LARGEST_REQUEST)
    app.add_routes(BotRoutes(sandbox, changes).routes())
    app.add_routes(PageRoutes(sandbox, changes).routes())
    app.cleanup_ctx.append(WebhookSender(sandbox, changes).running)
    app.on_shutdown.append(let_go)
    return app


@asynccontextmanager
async def running(sandbox: Sandbox, port: int = 0) -> AsyncIterator[str]:
    """Serve on loopback while the context lasts; gives the address, such as `http://127.0.0.1:8080`."""
    runner = web.AppRunner(make_app(sandbox), access_log=None, shutdown_timeout=2)
    await runner.setup()
    try:
        site = web.TCPSite(runner, HOST, port)
        await site.start()
        yield f"http://{HOST}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def serve(sandbox: Sandbox, port: int) -> None:
    """Serve the sandbox on loopback until cancelled."""
    async with running(sandbox, port):
        await asyncio.Event().wait()
