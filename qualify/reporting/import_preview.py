"""What a list would change, in words: line by line for a file or a terminal, and the notes that stand on top."""

from collections.abc import Iterable
from decimal import Decimal

from qualify.scoring import plain
from qualify.services.imports.people_list import COLUMNS
from qualify.services.imports.preview import Difference, Named, Preview
from qualify.services.imports.score_list import SCORE_COLUMNS
from qualify.texts import say

MOST_NAMES = 10
_NOTHING: tuple[object, ...] = (None, "", [], ())
CHINESE = {column.name: column.chinese for column in (*COLUMNS, *SCORE_COLUMNS)}


def column_name(name: str | Named, language: str) -> str:
    """What people call a column, or what a score is of."""
    if isinstance(name, Named):
        return name.zh if language.startswith("zh") else name.en
    if name == "active":
        name = "status"
    return CHINESE.get(name, name) if language.startswith("zh") else name


def notes(preview: Preview, language: str, most: int = MOST_NAMES) -> list[str]:
    """What of the list is left aside, or needs an eye: each list of names cut after `most`."""
    found = []
    if preview.published:
        found.append(say(language, "preview-published", count=preview.published))
    if preview.skipped:
        found.append(say(language, "preview-skipped", count=str(preview.skipped)))
    if preview.ignored:
        found.append(say(language, "preview-ignored", columns=joined(preview.ignored, language, most)))
    if preview.leavers:
        found.append(say(language, "preview-leavers", names=joined(preview.leavers, language, most)))
    if preview.away:
        away = [person(name, staff_no, language) for staff_no, name in preview.away]
        found.append(say(language, "preview-away", names=joined(away, language, most)))
    if preview.older:
        older = [
            f"{person(name, staff_no, language)} {column_name(what, language)}"
            for staff_no, name, what in preview.older
        ]
        found.append(say(language, "preview-older", names=joined(older, language, most)))
    if preview.guess:
        found.append(say(language, "preview-guess", encoding=preview.guess))
    return found


def changes(differences: Iterable[Difference], language: str) -> list[str]:
    """A line for each person: who is new with everything that is known, who changes with before and after."""
    return [_line(each, language) for each in differences]


def whole(preview: Preview, language: str) -> str:
    """All of it, for a file or a terminal."""
    read = say(language, "preview-read", rows=str(preview.rows))
    lines = [read, *notes(preview, language, most=1 << 31), *changes(preview.differences, language)]
    return "\n".join(lines) + "\n"


def person(name: str, staff_no: str, language: str) -> str:
    """Somebody with the staff number, for namesakes are told apart by it."""
    return say(language, "preview-person", name=name, staff_no=staff_no)


def _line(difference: Difference, language: str) -> str:
    who = person(difference.name, difference.staff_no, language)
    if not difference.is_new:
        fields = [
            say(
                language,
                "preview-field",
                column=column_name(name, language),
                before=_word(name, before, language),
                after=_word(name, after, language),
            )
            for name, (before, after) in difference.fields.items()
        ]
        return f"{who}  {_apart(language).join(fields)}"
    facts = [
        f"{column_name(name, language)} {_word(name, after, language)}"
        for name, (_, after) in difference.fields.items()
        if name not in ("staff_no", "name") and after not in _NOTHING
    ]
    return "  ".join([say(language, "preview-new", person=who), _apart(language).join(facts)]).rstrip()


def _word(name: str | Named, value: object, language: str) -> str:
    if name == "active":
        return say(language, "preview-active" if value else "preview-away-state")
    if value in _NOTHING:
        return say(language, "preview-none")
    if isinstance(value, list):
        return joined([say(language, f"cli-role-{role}") for role in value], language)
    if isinstance(value, tuple):
        return joined(list(value), language)
    return plain(value) if isinstance(value, Decimal) else str(value)


def _apart(language: str) -> str:
    return "；" if language.startswith("zh") else "; "


def joined(names: list[str], language: str, most: int = MOST_NAMES) -> str:
    """The names, and that there are more."""
    more = [say(language, "file-and-more")] if len(names) > most else []
    return say(language, "explain-separator").join([*names[:most], *more])
