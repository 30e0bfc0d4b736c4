"""The small company on the database that the command line is told about, in English, in an empty directory."""

from pathlib import Path

import pytest

from tests.cli import OWN_VARIABLES
from tests.company import Company

pytest_plugins = ["tests.company_fixtures"]


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty directory, and of the environment only the language."""
    for name in OWN_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QUALIFY_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def hired(english: None, small_company: Company, monkeypatch: pytest.MonkeyPatch) -> Company:
    """Five people who have joined; the command line has their database and their clock."""
    monkeypatch.setenv("DATABASE_URL", small_company.url)
    monkeypatch.setattr("qualify.cli.database.utc_now", small_company.clock)
    return small_company
