"""Where the project's data files lie: in a checkout at the top level, in an installed wheel inside the package."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    bundled = PACKAGE / f"_{name}"
    return bundled if bundled.is_dir() else PACKAGE.parent / name


STANDARDS = _shipped("standards")
MIGRATIONS = _shipped("migrations")
FONTS = PACKAGE / "fonts"
CATALOGUES = PACKAGE / "texts"
