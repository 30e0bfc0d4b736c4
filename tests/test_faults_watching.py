"""A small part of `make faults`, by the same code: a database in trouble, walks side by side, odd updates; and that
what goes wrong there is seen."""

from pathlib import Path

import pytest

from bot.handlers import review
from qualify.services.authorization import Viewer
from tests.bench.company import assign, found
from tests.conftest import missing
from tests.driver import bot_on, sqlite_url
from tests.faults import clusters, storage
from tests.faults.drawn import pool
from tests.faults.fuzz import Tally, fuzzed
from tests.faults.scenes import SCENES
from tests.faults.table import Row

NOTE = [scene for scene in SCENES if scene.name == "note"]
POOL = pool(25, 1)


async def test_a_note_is_stored_once_or_refused_in_words_while_sqlite_is_in_trouble(tmp_path: Path) -> None:
    for row in await storage.on_sqlite(tmp_path, NOTE, (storage.LONG, storage.FULL)):
        assert row.told == []
        assert row.skipped or row.tries == 1


@pytest.mark.postgres
async def test_a_note_is_stored_once_though_postgresql_cuts_the_connection(tmp_path: Path) -> None:
    for row in await storage.on_postgresql(tmp_path, NOTE, (storage.CUT,), stride=7):
        if row.skipped:
            missing(row.skipped)
        assert row.told == []
        assert row.tries


async def test_people_side_by_side_have_each_answer_stored_once(tmp_path: Path) -> None:
    context = found(sqlite_url(tmp_path))
    assign(context, range(clusters.FIRST, clusters.FIRST + 3), levels=("3",))
    row = Row("servers", "none")
    async with bot_on(context, clusters.crowd_of(3)) as bot:
        await clusters.walked(bot, 3, _nothing, row)
    context.database.close()
    assert row.told == []
    assert row.tries == 3 * (clusters.ANSWERS + 1)


async def _nothing() -> None:
    """No trouble."""


def wrong(tally: Tally) -> dict[str, list[str]]:
    kinds = ("unhandled", "silent", "invalid", "beyond", "doubled")
    return {kind: lines for kind in kinds if (lines := getattr(tally, kind))}


async def test_odd_updates_are_answered_and_do_no_harm(tmp_path: Path) -> None:
    tally = await fuzzed(tmp_path, POOL, 1, 150)
    assert wrong(tally) == {}
    assert tally.tries >= 150


async def test_an_update_that_meets_silence_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def forgetful(*_: object) -> None:
        """Says nothing."""

    monkeypatch.setattr(review, "text", forgetful)
    assert "silent" in wrong(await fuzzed(tmp_path, POOL, 1, 60))


async def test_what_somebody_may_not_do_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Viewer, "require", lambda *_: None)
    assert "beyond" in wrong(await fuzzed(tmp_path, POOL, 2, 600))
