"""Posts updates to the bot's webhook, one after the other, as Telegram does: again until it answers 2xx."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from bot.sandbox.changes import Changes
from bot.sandbox.core import Sandbox
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import DELIVERY, HitByFault
from bot.sandbox.schema import Json

RETRY_SECONDS = 1.0


class WebhookSender:
    """A background task of the server; idle while the bot polls."""

    def __init__(self, sandbox: Sandbox, changes: Changes) -> None:
        self._sandbox = sandbox
        self._changes = changes

    async def running(self, _: web.Application) -> AsyncIterator[None]:
        """Run the task between start and stop, for `Application.cleanup_ctx`."""
        task = asyncio.create_task(self._run())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def _run(self) -> None:
        updates = self._sandbox.updates
        async with ClientSession(timeout=ClientTimeout(total=60)) as session:
            while not self._changes.closed:
                if not await self._changes.until(lambda: updates.webhook and len(updates), 3600):
                    continue
                update = updates.take(limit=1)[0]
                if not await self._post(session, update):
                    await asyncio.sleep(RETRY_SECONDS)
                elif self._sandbox.faults.hit(DELIVERY) is None:
                    updates.take(offset=update["update_id"] + 1)

    async def _post(self, session: ClientSession, update: Json) -> bool:
        webhook = self._sandbox.updates.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook["secret_token"]} if webhook["secret_token"] else {}
        try:
            async with session.post(webhook["url"], json=update, headers=headers) as response:
                if response.ok and response.content_type == "application/json":
                    self._obey(await response.json())
                return response.ok
        except (ClientError, TimeoutError, ValueError):
            return False

    def _obey(self, reply: object) -> None:
        """Carry out the method a webhook may put into its own reply; its result is not reported, as at Telegram."""
        if isinstance(reply, dict) and "method" in reply:
            params = {key: value for key, value in reply.items() if key != "method"}
            with suppress(ApiError, HitByFault):
                self._sandbox.call(self._sandbox.token, reply["method"], params)
