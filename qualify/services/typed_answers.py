"""The question that somebody's next typed message answers. One at a time; anything else they do takes it back."""

from qualify.services.context import Context
from qualify.storage import people


def ask(context: Context, telegram_id: int, question: str) -> None:
    """Remember what was asked, words separated by spaces. A review in hand is paused; everything given in it stays."""
    with context.database.transaction() as connection:
        people.change_account(connection, telegram_id, asked=question, review_id=None)


def settle(context: Context, telegram_id: int, question: str) -> bool:
    """Take the question back if it is still this one that waits for its answer; returns whether it was."""
    with context.database.transaction() as connection:
        return people.settle(connection, telegram_id, question)


def take_back(context: Context, telegram_id: int) -> None:
    """Take back whatever was asked: the next typed message answers nothing any more."""
    with context.database.transaction() as connection:
        people.change_account(connection, telegram_id, asked="")
