"""Where the project's data files lie: in a checkout at the top level, in an installed wheel inside the package; and
how files come into being that hold what isn't for everybody."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    bundled = PACKAGE / f"_{name}"
    return bundled if bundled.is_dir() else PACKAGE.parent / name


STANDARDS = _shipped("standards")
MIGRATIONS = _shipped("migrations")
FONTS = PACKAGE / "fonts"
CATALOGUES = PACKAGE / "texts"


def private(file: str, flags: int) -> int:
    """Opens a file for `open(…, opener=private)`: a new one can be read by its owner alone, whatever the umask says."""
    return os.open(file, flags, 0o600)
