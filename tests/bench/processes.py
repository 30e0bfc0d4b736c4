"""Child processes of the measurement: each with its own log, ended with the block that started it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def module(name: str, *arguments: str, folder: Path, log: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Run `python -m name arguments` in `folder`, with its stderr in the file `log`; gives the process and ends it
    afterwards."""
    with (folder / log).open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", name, *arguments],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
