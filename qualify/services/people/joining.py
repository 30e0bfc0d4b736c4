"""How people join: the account that writes, invitations, and the person an account belongs to."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from qualify.access import Permission
from qualify.errors import InvalidInput, NotFound
from qualify.services.authorization import Actor, UnitOfWork, acting
from qualify.services.context import Context, once_more, reads, repeatable
from qualify.storage import people
from qualify.storage.people import Who
from qualify.storage.tables import Person
from qualify.texts import nearest_language

INVITE_VALID = timedelta(days=14)


@repeatable
@once_more
def meet(context: Context, telegram_id: int, language_code: str | None) -> Who:
    """The account that writes; a new one is stored with the language its Telegram speaks. Somebody who writes has
    unblocked the bot.

    An account that is known and hasn't blocked the bot needs no more than `find`, which waits for no writer.
    """
    with context.database.transaction() as connection:
        known = people.who(connection, telegram_id)
        if known is None:
            people.add_account(connection, telegram_id, nearest_language(language_code))
            known = people.who(connection, telegram_id)
            assert known is not None
        if known.blocked:
            people.set_blocked(connection, telegram_id, None)
        return known._replace(blocked=False)


@reads
def find(context: Context, telegram_id: int) -> Who | None:
    """The account, if it ever wrote."""
    with context.database.reading() as connection:
        return people.who(connection, telegram_id)


class Joined(NamedTuple):
    """Who has joined, and the account that was theirs until now, if there was one."""

    who: Who
    left: Who | None


@once_more
def accept(context: Context, telegram_id: int, token: str) -> Joined:
    """Tie the account to the invited person; where the invitation moves them, everything of their account so far goes
    to this one, and that one is a stranger's at once.

    Raises NotFound for an account that never wrote, and InvalidInput when the invitation is used, expired or unknown,
    when the account or the person is taken already, or the person was deactivated; nothing is used up then.
    """
    with context.database.transaction() as connection:
        account = people.who(connection, telegram_id)
        if account is None:
            raise NotFound("error-account-unknown")
        if account.person_id is not None:
            raise InvalidInput("error-already-joined", name=account.name)
        used = people.use_invite(connection, _hash(token), context.now())
        left = people.accounts_of(connection, [used.person_id]).get(used.person_id) if used else None
        if used is None or (left is not None and not used.moves):
            raise InvalidInput("error-invite-unusable")
        if left is not None:
            people.leave(connection, left, telegram_id)
        is_free = people.join(connection, telegram_id, used.person_id)
        joined = people.who(connection, telegram_id)
        if not is_free or joined is None or not joined.active:
            raise InvalidInput("error-invite-unusable")
        if left is not None:
            UnitOfWork(context, connection, Actor(used.person_id)).keep("move", "person", used.person_id)
        return Joined(joined, left)


@repeatable
def invite(context: Context, actor: Actor, staff_no: str, *, moves: bool = False) -> str:
    """Make a single-use token for the deep link, valid for 14 days; only its hash is stored. Earlier ones of the person
    end. With `moves` it is for somebody who has joined, and brings them to another account.

    Raises Forbidden, NotFound for an unknown or deactivated person, InvalidInput for one who has joined already, or
    with `moves` for one who hasn't.
    """
    token = secrets.token_urlsafe(16)
    with acting(context, actor) as work:
        work.authorize(Permission.CHANGE_PEOPLE)
        person = people.by_staff_no(work.connection, staff_no)
        if person is None or not person.active:
            raise NotFound("error-person-unknown", staff_no=staff_no)
        if person.joined != moves:
            raise InvalidInput("error-person-not-joined" if moves else "error-person-joined", name=person.name)
        _store(work, [(person, token)], moves=moves)
        work.keep("invite-move" if moves else "invite", "person", person.id)
    return token


@repeatable
def invite_everybody(context: Context, actor: Actor, department: str = "") -> list[tuple[Person, str]]:
    """Make a token, as `invite` does, for each active person who hasn't joined, in the department if one is given.

    Raises Forbidden, or InvalidInput where there is nobody to invite.
    """
    with acting(context, actor) as work:
        work.authorize(Permission.CHANGE_PEOPLE)
        invited = [(person, secrets.token_urlsafe(16)) for person in people.not_joined(work.connection, department)]
        if not invited:
            raise InvalidInput(
                "error-invite-nobody-there" if department else "error-invite-nobody", department=department
            )
        _store(work, invited)
        work.keep("invite", "person", after={"staff_no": [person.staff_no for person, _ in invited]})
    return invited


def _store(work: UnitOfWork, invited: Sequence[tuple[Person, str]], *, moves: bool = False) -> None:
    """Store one live invitation a person; those made before are no longer worth anything to anybody."""
    now = work.context.now()
    people.end_invites(work.connection, [person.id for person, _ in invited], now)
    for person, token in invited:
        people.add_invite(work.connection, _hash(token), person.id, now + INVITE_VALID, moves=moves)


def invitation_link(username: str, token: str) -> str:
    """The link that opens the bot of this username and hands it the token."""
    return f"https://t.me/{username}?start={token}"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@repeatable
def set_blocked(context: Context, telegram_id: int, *, blocked: bool) -> None:
    """Remember that the person blocked the bot, or came back: notices stop and start accordingly."""
    with context.database.transaction() as connection:
        people.set_blocked(connection, telegram_id, context.now() if blocked else None)
