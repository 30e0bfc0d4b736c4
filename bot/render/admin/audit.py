"""The audit log in the chat: when, who, what, about whom, and what was before and after."""

import json
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.render.admin.menu import admin, back, brief
from bot.render.message import Message, bold, esc, short
from qualify.services.assessments.sign_off import NOT_GRANTED
from qualify.services.audit_log import AuditLine, AuditPage
from qualify.standard import Catalogue, Standard
from qualify.storage.tables import CAREER, FACTS, Audit
from qualify.texts import say

PAGE = 6
VALUE = 40  # characters of a value before or after; of all the values of a line
DETAILS = 200
Values = Mapping[str, object]
Standards = Mapping[str, Standard]
"""The newest version of each standard, by id."""
FIELDS = (
    "state",
    "staff_no",
    "name",
    "standard",
    "version",
    "settings",
    "valid_from",
    *FACTS,
    *CAREER,
    "manager",
    "roles",
    "active",
    "application_date",
    "due",
    "assessors",
    "assessor",
    "sign_off",
    "exception",
    "grade",
    "reason",
    "answer",
    "examination",
    "score",
    "cases",
    "same",
    "file",
)
"""The values before and after that are shown; all others are keys of the database."""


def audit_message(page: AuditPage, standards: Catalogue, zone: ZoneInfo, language: str, *, newest: bool) -> Message:
    """A page of the audit log. Times are in the company's `zone`; `standards` name what they define; `newest` says that
    it is the first page."""
    known = {each.id: each for each in standards.all()}
    blocks = ["\n".join(_line(line, known, zone, language)) for line in page.lines]
    blocks = blocks or [esc(say(language, "audit-none"))]
    turns = [] if newest else [admin(say(language, "audit-newest"), "audit")]
    if page.older:
        turns.append(admin(say(language, "audit-older"), "audit", page.lines[-1].audit.id))
    rows = [*([turns] if turns else []), [back(language)]]
    return Message("\n\n".join([bold(say(language, "admin-menu-audit")), *blocks]), rows)


def _line(line: AuditLine, known: Standards, zone: ZoneInfo, language: str) -> list[str]:
    kept = line.audit
    when = f"{kept.at.astimezone(zone):%Y-%m-%d %H:%M}"
    who = brief(line.who) or say(language, "audit-operator", operator=brief(kept.operator))
    what = say(language, f"audit-{kept.record}-{kept.action}".replace("_", "-"))
    about = brief(line.about)
    if about and kept.record == "assessment":
        about = say(language, "audit-assessment", name=about, id=str(kept.record_id))
    details = _details(kept, known, language)
    lines = [f"{esc(when)} · {bold(who)}", esc(" · ".join(filter(None, (what, about)))), esc(details)]
    return list(filter(None, lines))


def _details(kept: Audit, known: Standards, language: str) -> str:
    before, after = json.loads(kept.before), json.loads(kept.after)
    changes = [
        say(language, "audit-change", field=say(language, f"audit-field-{name}".replace("_", "-")), change=change)
        for name in FIELDS
        if (change := _change(name, before, after, known, language))
    ]
    return short(say(language, "explain-gain-separator").join(changes), DETAILS)


def _change(name: str, before: Values, after: Values, known: Standards, language: str) -> str:
    """The value before → the value after; only one where the other is missing; empty when nothing changed."""
    given = [each for each in (before, after) if each.get(name) not in (None, "", [])]
    values = [_value(name, each, known, language) for each in given]
    return "" if before.get(name) == after.get(name) else " → ".join(values)


def _value(name: str, values: Values, known: Standards, language: str) -> str:
    value = values[name]
    if (name, value) == ("grade", NOT_GRANTED):
        return say(language, "result-not-granted")
    if name == "state":
        return say(language, "life-state", state=str(value))
    if isinstance(value, bool):
        return say(language, "audit-yes" if value else "audit-no")
    if isinstance(value, list):
        words = [_word(name, each, language) for each in value]
        return short(say(language, "explain-separator").join(words), VALUE)
    return short(_defined(name, values, known, language) or str(value), VALUE)


def _defined(name: str, values: Values, known: Standards, language: str) -> str:
    """What a standard calls this; empty for what no standard defines, and for a grade that two standards name
    differently."""
    own = [known[str(values["standard"])]] if values.get("standard") in known else []
    named = {
        "standard": [(each.id, each.name) for each in own],
        "level": [(level.id, level.name) for each in own for level in each.levels],
        "grade": [(band.id, band.name) for each in known.values() if each.grades for band in each.grades.bands],
    }
    found = {words.in_language(language) for key, words in named.get(name, ()) if key == values[name]}
    return found.pop() if len(found) == 1 else ""


def _word(name: str, value: object, language: str) -> str:
    """One item of a list in words: a role, or an assessor without the weight."""
    if name == "roles":
        return say(language, f"cli-role-{value}")
    return str(value[0] if isinstance(value, list) else value)
