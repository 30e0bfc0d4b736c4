"""A small part of `make faults`, by the same code: the real program killed in the middle of a deed, and broken calls."""

from pathlib import Path

from tests.faults import calls, kills
from tests.faults.calls import Fault
from tests.faults.ground import SqliteGround
from tests.faults.program import lives
from tests.faults.scenes import SCENES
from tests.faults.table import Row


async def test_a_note_is_kept_once_and_confirmed_wherever_the_program_is_killed(tmp_path: Path) -> None:
    (note,) = [scene for scene in SCENES if scene.name == "note"]
    row = Row("kills", note.name)
    async with lives() as program:
        stage = kills.Stage(SqliteGround(tmp_path), program, tmp_path)
        await kills.at_every_point(stage, note, row, stride=3)
    assert row.told == []
    assert row.tries >= 3


async def test_news_and_answers_arrive_though_the_first_call_breaks(tmp_path: Path) -> None:
    kinds = ("error", "page", "reset-after", "wait-short")
    rows = [
        (what, (calls.ROWS[what][0], [Fault(kind, method) for kind in kinds]))
        for what, method in (("sendMessage (submit)", "sendMessage"), ("editMessageText (mark)", "editMessageText"))
    ]
    for row in await calls.tried(tmp_path, rows):
        assert row.told == []
        assert row.tries == len(kinds)
