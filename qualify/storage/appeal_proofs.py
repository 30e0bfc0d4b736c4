"""What an appeal is written from: words and files, kept one by one as they come. Until it is handed in they are its
draft; then its words are the appeal's, and the files stay."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete
from sqlmodel import col

from qualify.storage.rows import rows, store
from qualify.storage.tables import AppealProof


def of(connection: Connection, result_ids: Iterable[int]) -> list[AppealProof]:
    """What is kept for appeals against these results, in the order in which it came."""
    return rows(connection, AppealProof, col(AppealProof.result_id).in_(sorted(set(result_ids))))


def add(connection: Connection, kept: AppealProof) -> None:
    """Keep one more."""
    store(connection, AppealProof, kept.model_dump(exclude={"id"}))


def drop(connection: Connection, result_id: int, *, words_only: bool = False) -> None:
    """Delete what is kept for an appeal against the result; `words_only` leaves the files."""
    which = [col(AppealProof.result_id) == result_id]
    if words_only:
        which.append(col(AppealProof.file_id) == "")
    connection.execute(delete(AppealProof).where(*which))
