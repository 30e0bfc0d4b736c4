"""The bot of the stories: the made-up company at work, on a database of each kind."""

from collections.abc import AsyncIterator

import pytest

from tests.driver import Bot, bot_on, new_sandbox, open_company


@pytest.fixture
async def bot_on_either(database_url: str) -> AsyncIterator[Bot]:
    """The made-up company with the bot at work, on a database of each kind. A plugin's fixture is there for every
    module after it: under the name of another one it would take that one's place."""
    sandbox = new_sandbox()
    context = open_company(database_url, sandbox)
    async with bot_on(context, sandbox) as bot:
        yield bot
    context.database.close()
