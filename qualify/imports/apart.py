"""Reading in a process of its own: whatever a file does there, it ends with it, and its memory too."""

import multiprocessing
from multiprocessing.connection import Connection

from qualify.errors import InvalidInput, QualifyError
from qualify.imports import WORKBOOKS, read
from qualify.imports.sheets import Sheets

MOST_SECONDS = 30


def read_apart(name: str, content: bytes) -> Sheets:
    """What `read` returns and raises; text is read at once, for it takes no more than it has. Raises InvalidInput also
    where the process dies or takes too long."""
    if name.lower().rpartition(".")[2] not in WORKBOOKS:
        return read(name, content)
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_answer, args=(theirs, name, content), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(MOST_SECONDS):
            raise InvalidInput("error-file-slow", file=name, seconds=str(MOST_SECONDS))
        answer = ours.recv()
    except EOFError:
        raise InvalidInput("error-file-heavy", file=name) from None
    finally:
        process.kill()
        process.join()
        ours.close()
    if isinstance(answer, QualifyError):
        raise answer
    assert isinstance(answer, Sheets)
    return answer


def _answer(pipe: "Connection[object, object]", name: str, content: bytes) -> None:
    try:
        pipe.send(read(name, content))
    except QualifyError as refusal:
        pipe.send(refusal)
