"""Files that commands read and write: not more than a list may be, and for nobody else's eyes."""

import os
import stat
from pathlib import Path

from qualify.cli import files
from qualify.imports import MOST_MEGABYTES
from tests.company import refused


def test_a_table_is_read_no_further_than_a_table_may_be_long(tmp_path: Path) -> None:
    with (tmp_path / "large.csv").open("wb") as large:
        large.truncate(1 << 40)  # more than any memory has
    with refused("error-file-big") as refusal:
        files.table(tmp_path / "large.csv")
    assert refusal.value.values == {"most": str(MOST_MEGABYTES)}


def test_what_is_written_can_be_read_by_its_owner_alone_and_a_file_that_is_there_keeps_its_rights(
    tmp_path: Path,
) -> None:
    shared = tmp_path / "shared.xlsx"
    shared.touch(0o644)
    usual = os.umask(0)
    try:
        for file in (tmp_path / "all.xlsx", shared):
            files.write(file, b"names")
    finally:
        os.umask(usual)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert modes == {"all.xlsx": 0o600, "shared.xlsx": 0o644}
