"""Services called beside the event loop: a server that doesn't answer is asked again, for a while."""

from types import SimpleNamespace
from typing import Any

import pytest

from bot import runtime
from bot.runtime import DatabaseThreads
from qualify.errors import Unavailable
from tests.company import refused


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(runtime.asyncio, "sleep", sleep)  # type: ignore[attr-defined]
    return waited


def server(**limits: float) -> DatabaseThreads:
    database: Any = SimpleNamespace(is_embedded=False)
    return DatabaseThreads(database, **limits)


async def test_a_server_that_is_away_is_asked_again_until_it_answers(pauses: list[float]) -> None:
    answers = iter((Unavailable("error-database-unavailable"), Unavailable("error-database-unavailable"), 7))

    def job() -> int:
        if isinstance(answer := next(answers), Unavailable):
            raise answer
        return answer

    threads = server()
    assert await threads.run(job, reads=False) == 7
    assert pauses == [runtime.PAUSE_SECONDS] * 2
    threads.close()


async def test_one_that_stays_away_is_refused_in_the_end(pauses: list[float]) -> None:
    def job() -> int:
        raise Unavailable("error-database-unavailable")

    threads = server(patience=-1)
    with refused("error-database-unavailable"):
        await threads.run(job, reads=True)
    assert pauses == []
    threads.close()
