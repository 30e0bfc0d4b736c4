"""Reading in a process of its own: whatever a file does there, it ends with it, and its memory too."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

from qualify.errors import InvalidInput, QualifyError
from qualify.imports import WORKBOOKS, read
from qualify.imports.sheets import Sheets

MOST_SECONDS = 30
T = TypeVar("T")


def read_apart(name: str, content: bytes) -> Sheets:
    """What `read` returns and raises; text is read at once, for it takes no more than it has. Raises InvalidInput also
    where the process dies or takes too long."""
    if name.lower().rpartition(".")[2] not in WORKBOOKS:
        return read(name, content)
    return apart(read, name, content)


def apart(reader: Callable[[str, bytes], T], name: str, content: bytes) -> T:
    """What the reader makes of a file in a process of its own; it is found there by its module and name. Raises what it
    refuses, and InvalidInput where the process dies or takes too long."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    work = (theirs, reader, name, content)
    process = multiprocessing.get_context("spawn").Process(target=_answer, args=work, daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(MOST_SECONDS):
            raise InvalidInput("error-file-slow", file=name, seconds=str(MOST_SECONDS))
        answer, refusal = ours.recv()
    except EOFError:
        raise InvalidInput("error-file-heavy", file=name) from None
    finally:
        process.kill()
        process.join()
        ours.close()
    if refusal is not None:
        raise refusal
    found: T = answer
    return found


def _answer(
    pipe: "Connection[object, object]", reader: Callable[[str, bytes], object], name: str, content: bytes
) -> None:
    try:
        pipe.send((reader(name, content), None))
    except QualifyError as refusal:
        pipe.send((None, refusal))
