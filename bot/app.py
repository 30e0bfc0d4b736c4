"""The bot put together: transport, handlers, notices, and the way in for updates (polling or webhook)."""

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot, CallbackQuery, Update
from telegram.error import NetworkError, TelegramError

from bot.back_off import STARTING_SECONDS, BackOff
from bot.collector import spare_what_is_loaded
from bot.config import BotSettings
from bot.door import Limits, open_door
from bot.handlers.commands import introduce
from bot.handlers.dispatch import dispatch
from bot.intake import Intake
from bot.notifier import Notifier
from bot.polling import ALLOWED, Poller
from bot.runtime import Artist, Runtime
from bot.telegram_api import TelegramApi
from bot.transport import UNREADABLE, AiohttpRequest
from bot.user_queue import PerUser
from bot.webhook import make_app
from qualify.services import Context
from qualify.texts import nearest_language, say

log = logging.getLogger(__name__)

SWITCH_SECONDS = 0.01  # threads hand over half as often as by default: a press costs a tenth less
MOST_SLOWED_DOWN = 10  # presses at a time that are told they come too fast


class App:
    """A running bot. `handle` handles one update; everything else is set up and taken down by `running`."""

    def __init__(
        self,
        settings: BotSettings,
        context: Context,
        request: AiohttpRequest | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.settings = settings
        self._sleep = sleep
        self.request = request or AiohttpRequest(proxy=settings.telegram_proxy)
        self._updates_request = request or AiohttpRequest(proxy=settings.telegram_proxy)
        self.bot = Bot(
            settings.bot_token.get_secret_value(),
            base_url=settings.telegram_base_url,
            base_file_url=settings.telegram_base_file_url,
            request=self.request,
            get_updates_request=self._updates_request,
        )
        self.runtime = Runtime(context, TelegramApi(self.bot, self.request, sleep), Artist())
        self.notifier = Notifier(self.runtime, sleep, settings.notices_per_second)
        self.intake = Intake(self.runtime, self.handle)
        self._order = PerUser()
        self._slowing_down: set[asyncio.Task[None]] = set()

    async def handle(self, update: Update) -> None:
        """Handle one update after the earlier ones of the same user, to its end, also that of a job it begins. Raises
        Interrupted when the bot stops before."""
        user = update.effective_user
        if user is None:
            return
        query = update.callback_query
        handled = await self._order.run(user.id, lambda: dispatch(self.runtime, update), patient=query is None)
        if query is not None and not handled:
            self._slow_down(query)
        await self.runtime.jobs.end_of(update.update_id)

    def _slow_down(self, query: CallbackQuery) -> None:
        """Say so beside later updates; in a flood not to every press, whose spinner ends by itself."""
        if len(self._slowing_down) < MOST_SLOWED_DOWN:
            answering = asyncio.create_task(self._say_slow_down(query))
            self._slowing_down.add(answering)
            answering.add_done_callback(self._slowing_down.discard)

    async def _say_slow_down(self, query: CallbackQuery) -> None:
        text = say(nearest_language(query.from_user.language_code), "chat-too-fast")
        with contextlib.suppress(TelegramError):
            await self.runtime.api.answer(query.id, text)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["App"]:
        """Connect, tell Telegram the commands and start to send notices; undo it all at the end."""
        async with AsyncExitStack() as stack:
            stack.callback(self.runtime.close)
            stack.callback(self.runtime.artist.close)
            for request in (self.request, self._updates_request):
                stack.push_async_callback(request.shutdown)
            stack.callback(self.runtime.listen())
            await self._patiently(self._introduced)
            await self.runtime.artist.warm_up()
            await introduce(self.runtime)
            self.notifier.start()
            stack.push_async_callback(self.notifier.stop)
            stack.push_async_callback(self.runtime.jobs.finish)
            spare_what_is_loaded()
            sys.setswitchinterval(SWITCH_SECONDS)
            yield self

    async def _introduced(self) -> None:
        """Learn who the bot is. Raises NetworkError where the answer doesn't say: python-telegram-bot would break."""
        try:
            await self.bot.initialize()
        except (TypeError, AttributeError):
            raise NetworkError(UNREADABLE) from None

    async def _patiently(self, action: Callable[[], Awaitable[object]]) -> None:
        """Try the action until Telegram can be reached. Raises InvalidToken once the token was refused again and
        again."""
        back_off = BackOff(self._sleep, STARTING_SECONDS)
        while True:
            try:
                await action()
                return
            except TelegramError as error:
                await back_off.wait("Telegram can't be reached", error)

    async def poll(self) -> None:
        """Take updates by long polling until cancelled."""
        await self._patiently(partial(self.bot.delete_webhook, drop_pending_updates=False))
        poller = Poller(self.bot, self.intake, self._sleep)
        await self.intake.start(alone=True)
        try:
            await poller.run()
        finally:
            await self.intake.finish()
            await poller.finish()

    async def serve(self) -> None:
        """Take updates by webhook until cancelled."""
        settings = self.settings
        assert settings.webhook_url is not None
        secret = settings.webhook_secret_token()
        path = urlsplit(settings.webhook_url).path or "/"
        await self.intake.start(alone=False)
        try:
            app = make_app(self.intake, path, secret)
            async with open_door(app, settings.webhook_listen, settings.webhook_port, Limits()):
                hook: dict[str, Any] = {"secret_token": secret, "allowed_updates": ALLOWED}
                await self._patiently(partial(self.bot.set_webhook, settings.webhook_url, **hook))
                await asyncio.Event().wait()
        finally:
            await self.intake.finish()


async def run(settings: BotSettings, context: Context) -> None:
    """Run the bot until SIGINT or SIGTERM; updates in hand are finished first."""
    async with App(settings, context).running() as app:
        await until_stopped(app.serve() if settings.webhook_url else app.poll())


async def until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Do the work until SIGINT or SIGTERM, which cancels it; it may tidy up."""
    task = asyncio.create_task(work)
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task
