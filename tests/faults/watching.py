"""What a bot must not do whatever it is sent: break, say nothing, ask Telegram for what can't be, or do and tell more
than the table of access allows."""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, text

from bot.sandbox.core import Sandbox
from bot.sandbox.errors import ApiError
from qualify.access import Permission, Relation, Role, may
from qualify.services.sample_company import COLLEAGUES
from tests.faults.drawn import Json

REFUSALS = (
    *("message is not modified", "message to edit not found", "message to delete not found", "chat not found"),
    *("query is too old", "there is no ", "message can't be", "bot was blocked", "bot can't initiate", "wrong file"),
    *("invalid file", "file is too big"),
)
"""What Telegram may well say to a request that is none the less as it should be."""
PERMISSIONS: Mapping[tuple[str, str], Permission] = {
    ("sign_off", "assessment"): Permission.SIGN_OFF,
    ("return", "assessment"): Permission.RETURN,
    ("publish", "assessment"): Permission.PUBLISH,
    ("acknowledge", "assessment"): Permission.ACKNOWLEDGE,
    ("appeal", "assessment"): Permission.APPEAL,
    ("answer", "assessment"): Permission.ANSWER_APPEAL,
    ("reopen", "assessment"): Permission.ANSWER_APPEAL,
    ("open", "assessment"): Permission.OPEN,
    ("extend", "assessment"): Permission.CHANGE,
    ("reassign", "assessment"): Permission.CHANGE,
    ("withdraw", "assessment"): Permission.CHANGE,
    ("export", "company"): Permission.EXPORT,
    ("export", "person"): Permission.EXPORT_PERSON,
    ("erase", "person"): Permission.ERASE_PERSON,
    ("import", "person"): Permission.CHANGE_PEOPLE,
    ("import", "scores"): Permission.IMPORT_SCORES,
    ("invite", "person"): Permission.CHANGE_PEOPLE,
    ("active", "person"): Permission.CHANGE_PEOPLE,
    ("roles", "person"): Permission.CHANGE_PEOPLE,
    ("invite-move", "person"): Permission.CHANGE_PEOPLE,
    ("add", "person"): Permission.CHANGE_PEOPLE,
    ("change", "person"): Permission.CHANGE_PEOPLE,
    ("renumber", "person"): Permission.CHANGE_PEOPLE,
    ("manager", "person"): Permission.CHANGE_PEOPLE,
    ("keep-on", "assessment"): Permission.CHANGE,
    ("settle", "assessment"): Permission.SIGN_OFF,
    ("rescore", "assessment"): Permission.IMPORT_SCORES,
    ("correct", "assessment"): Permission.IMPORT_SCORES,
    ("import", "standard"): Permission.KEEP_STANDARDS,
    ("ask", "standard"): Permission.KEEP_STANDARDS,
    ("release", "standard"): Permission.KEEP_STANDARDS,
    ("drop", "standard"): Permission.KEEP_STANDARDS,
    ("set", "standard"): Permission.KEEP_STANDARDS,
    ("adopt", "standard"): Permission.KEEP_STANDARDS,
    ("convert", "assessment"): Permission.KEEP_STANDARDS,
}
"""What each line of the audit log takes. Reviews are another matter: see `Access.check`."""
NAMES = [colleague.name for colleague in COLLEAGUES]


class Unhandled(logging.Handler):
    """Errors that nobody handled: whatever is logged with a traceback, or as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it, with its traceback; but not what SQLAlchemy says of a cut connection that it throws away."""
        if not record.name.startswith("sqlalchemy.pool"):
            self.lines.append(logging.Formatter().format(record))

    def listen(self) -> None:
        """Begin to look at what is logged."""
        logging.getLogger().addHandler(self)

    def stop(self) -> None:
        """Look no more."""
        logging.getLogger().removeHandler(self)

    def taken(self) -> list[str]:
        """What was logged since the last look."""
        lines, self.lines = self.lines, []
        return lines


class Refusals:
    """What the sandbox refused of the bot's requests, as far as no person's deed explains it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._call = sandbox.call
        self.lines: list[str] = []
        sandbox.call = self._watched  # type: ignore[method-assign]

    def _watched(self, token: str, method: str, *given: Any) -> Any:
        try:
            return self._call(token, method, *given)
        except ApiError as error:
            if not any(known in str(error) for known in REFUSALS):
                self.lines.append(f"{method}: {error}: {given!r:.500}")
            raise

    def taken(self) -> list[str]:
        """What was refused since the last look."""
        lines, self.lines = self.lines, []
        return lines


def answered(update: Any, requests: Iterable[tuple[str, Json]]) -> bool:
    """Whether somebody who pressed, or wrote in the private chat, hears something."""
    if (query := update.callback_query) is not None:
        return any(
            method == "answerCallbackQuery" and given["callback_query_id"] == query.id for method, given in requests
        )
    message = update.message
    if message is None or message.chat.type != "private" or message.from_user is None:
        return True
    return any(given.get("chat_id") == message.from_user.id for _, given in requests)


class Access:
    """Who did what, by the audit log and the tables, and who was told what, by the requests."""

    def __init__(self, connection: Connection) -> None:
        self._last = self._newest(connection)
        self._roles = self._all_roles(connection)
        self._accounts = self._all_accounts(connection)
        self._revisions = self._all_revisions(connection)

    @staticmethod
    def _newest(connection: Connection) -> int:
        return connection.execute(text("SELECT coalesce(max(id), 0) FROM audit")).scalar_one()

    @staticmethod
    def _all_roles(connection: Connection) -> dict[int, set[Role]]:
        rows = connection.execute(text("SELECT person_id, role FROM person_role"))
        found: dict[int, set[Role]] = {}
        for person, role in rows:
            found.setdefault(person, set()).add(Role(role))
        return found

    @staticmethod
    def _all_accounts(connection: Connection) -> dict[int, int]:
        rows = connection.execute(text("SELECT telegram_id, person_id FROM account WHERE person_id IS NOT NULL"))
        return {row.telegram_id: row.person_id for row in rows}

    @staticmethod
    def _all_revisions(connection: Connection) -> dict[int, tuple[Any, ...]]:
        given = text(
            "SELECT review.id, assessor_id, "
            "(SELECT count(*) FROM entry WHERE review_id = review.id), "
            "(SELECT count(*) FROM evidence WHERE review_id = review.id) FROM review"
        )
        return {row[0]: tuple(row[1:]) for row in connection.execute(given)}

    def check(self, connection: Connection, senders: Iterable[int], requests: Iterable[tuple[str, Json]]) -> list[str]:
        """What was beyond the table of access since the last look, when these people acted."""
        before, self._roles = self._roles, self._all_roles(connection)
        self._accounts |= self._all_accounts(connection)
        acting = {self._accounts[sender] for sender in senders if sender in self._accounts}
        lines = connection.execute(
            text("SELECT id, person_id, action, record, record_id FROM audit WHERE id > :last"), {"last": self._last}
        ).all()
        found = [wrong for line in lines if (wrong := self._line(connection, line, before, acting))]
        self._last = max([self._last, *(line.id for line in lines)])
        revisions, self._revisions = self._revisions, self._all_revisions(connection)
        for review, (assessor, entries, notes) in self._revisions.items():
            earlier, *old = revisions.get(review, (assessor, 0, 0))
            if (entries > old[0] or notes > old[1]) and not {assessor, earlier} & acting:
                found.append(f"review {review} of person {assessor} was answered by one of {acting}")
        return found + self._told(requests)

    def _line(self, connection: Connection, line: Any, before: Mapping[int, set[Role]], acting: set[int]) -> str | None:
        action = PERMISSIONS.get((line.action, line.record))
        if action is None:
            return None if (line.action, line.record) in ASSESSORS else f"unknown in the audit log: {line}"
        if line.person_id not in acting:
            return f"{line} is by nobody who acted"
        roles = before.get(line.person_id, set()) | self._roles.get(line.person_id, set())
        if may(action, roles, self._relation(connection, line)):
            return None
        return f"{line} by somebody with {sorted(roles)}"

    @staticmethod
    def _relation(connection: Connection, line: Any) -> Relation:
        if line.record == "person" and line.action != "import":
            return Relation.SUBJECT if line.record_id == line.person_id else Relation.OTHER
        if line.record != "assessment":
            return Relation.OTHER
        values = {"id": line.record_id}
        subject = connection.execute(text("SELECT subject_id FROM assessment WHERE id = :id"), values).scalar_one()
        rating = connection.execute(text("SELECT assessor_id FROM review WHERE assessment_id = :id"), values).scalars()
        if subject == line.person_id:
            return Relation.SUBJECT
        return Relation.ASSESSOR if line.person_id in rating else Relation.OTHER

    def _told(self, requests: Iterable[tuple[str, Json]]) -> list[str]:
        """A stranger hears no name, and only an administrator gets a file that the bot made."""
        found = []
        for method, given in requests:
            chat = given.get("chat_id")
            if not isinstance(chat, int) or chat < 0:
                continue
            person = self._accounts.get(chat)
            words = f"{given.get('text', '')}{given.get('caption', '')}{given.get('reply_markup', '')}"
            if person is None and (method == "sendPhoto" or any(name in words for name in NAMES)):
                found.append(f"{method} tells a stranger: {words:.300}")
            made = str(given.get("document", "")).startswith("attach://")
            if method == "sendDocument" and made and Role.ADMIN not in self._roles.get(person or 0, ()):
                found.append(f"a file for {chat}, who is no administrator")
        return found


ASSESSORS = {
    *(("complete", "assessment"), ("begin", "assessment"), ("submit", "review"), ("expire", "assessment")),
    *(("take_back", "assessment"), ("move", "person")),
}
"""What assessors' own work, time, or a link that was given brings about: held against the reviews themselves."""


def common(lines: Iterable[str], most: int = 3) -> list[str]:
    """The commonest kinds of what went wrong, each with how often it did."""
    kinds = Counter(line.strip().splitlines()[-1][:300] for line in lines if line.strip())
    return [f"{count} × {kind}" for kind, count in kinds.most_common(most)]
