"""Fixtures of the tests that use real HTTP: the module's `sandbox` served, a client of it, and the bot's transport."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from bot.sandbox import Sandbox
from bot.sandbox.server import running
from bot.transport import AiohttpRequest


@pytest.fixture
async def url(sandbox: Sandbox) -> AsyncIterator[str]:
    """Where the sandbox is served."""
    async with running(sandbox) as address:
        yield address


@pytest.fixture
async def http(url: str) -> AsyncIterator[ClientSession]:
    """A client of the served sandbox."""
    async with ClientSession(url) as session:
        yield session


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    """The bot's transport, open."""
    request = AiohttpRequest(read_timeout=5)
    await request.initialize()
    yield request
    await request.shutdown()
