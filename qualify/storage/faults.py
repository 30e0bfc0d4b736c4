"""What doesn't get through by itself, counted for administrators."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select
from sqlmodel import col

from qualify.storage.columns import fixed
from qualify.storage.tables import Inbox, Notice, NoticeKind, Rescoring


class FaultCounts(NamedTuple):
    """Notices that failed again and again and are still tried, those that Telegram refused for good, messages of people
    that were set aside, and assessments that could not be scored again after a list."""

    failing: int = 0
    refused: int = 0
    set_aside: int = 0
    rescoring: int = 0


def count(connection: Connection, failed: int, within: datetime, since: datetime) -> FaultCounts:
    """How many notices that failed at least `failed` times are tried again by the moment `within`, and how much was
    refused and set aside after `since`; and how many assessments failed as often. Messages about faults are none
    themselves."""
    others = select(func.count()).select_from(Notice).where(col(Notice.kind) != NoticeKind.FAULT.value)
    aside = select(func.count()).select_from(Inbox).where(col(Inbox.set_aside_at) > since)
    counts = (
        others.where(col(Notice.look_at) <= within, col(Notice.faults) >= failed),
        others.where(col(Notice.outcome) == fixed("refused"), col(Notice.sent_at) > since),
        aside,
        select(func.count()).select_from(Rescoring).where(col(Rescoring.failed) >= failed),
    )
    return FaultCounts(*(connection.execute(each).scalar_one() for each in counts))
