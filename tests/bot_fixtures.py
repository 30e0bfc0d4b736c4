"""Fixtures of the tests that talk to the bot in the chat."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.driver import ADMIN, Bot, company, zhou_at_work
from tests.phone import Phone


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    """The made-up company with the bot at work."""
    async with company(tmp_path) as bot:
        yield bot


@pytest.fixture
async def assessor(bot: Bot) -> Phone:
    """An assessor's phone, a review in hand."""
    return await zhou_at_work(bot)


@pytest.fixture
async def admin(bot: Bot) -> Phone:
    """The administrator's phone, the menu open."""
    phone = bot.phone(ADMIN)
    await phone.start()
    await phone.say("/admin")
    return phone
