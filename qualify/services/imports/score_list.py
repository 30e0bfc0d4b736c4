"""A list of examination scores: every row checked, then stored at once, or nothing."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission
from qualify.errors import InvalidInput, NotFound
from qualify.scoring import check_score, number, plain
from qualify.services.assessments import corrections
from qualify.services.assessments.candidate_standings import settle
from qualify.services.authorization import Actor, UnitOfWork, Viewer, acting, authorize
from qualify.services.context import Context
from qualify.services.imports.preview import Difference, ListChanged, Named, Preview, fingerprint
from qualify.services.imports.tables import (
    STAFF_NO,
    Cells,
    Column,
    Table,
    TableFile,
    TableRow,
    read_day,
    read_table,
    refuse_repeated,
)
from qualify.standard import Subject, Text, all_subjects
from qualify.storage import assessments, people
from qualify.storage import candidates as standings
from qualify.storage.tables import ExamScore
from qualify.texts import staff_number

SCORE_COLUMNS = (
    Column("staff_no", "工号", required=True, also=STAFF_NO),
    Column("standard", "标准", required=True, also=("评审标准", "資格標準", "標準")),
    Column("subject", "科目", required=True, also=("考试科目", "科目名称")),
    Column("score", "成绩", required=True, also=("分数", "得分", "考试成绩", "成績")),
    Column("taken_on", "考试日期", required=True, also=("日期", "考试时间", "考試日期", "date", "exam date")),
    Column("level", "级别", also=("试卷级别", "考试级别", "級別", "等级", "paper level")),
)


EARLIEST = date(1980, 1, 1)


class PlannedScores(NamedTuple):
    """How many scores a list would store, and what is shown of it before."""

    scores: int
    preview: Preview


def plan_scores(context: Context, actor: Actor, file: TableFile | Cells) -> PlannedScores:
    """What `import_scores` would do; raises what it raises, and stores nothing."""
    table = _table(context, file)
    with context.database.reading() as connection:
        viewer = authorize(connection, actor, Permission.IMPORT_SCORES)
        stands = people.standing(connection, _numbers(table)).people
        checked = _checked_scores(context, viewer, table, stands)
        known = _known(connection, checked)
        published = _published(context, connection, checked, known)
    return PlannedScores(len(checked), _shown(context, table, checked, stands, known, published))


def import_scores(
    context: Context, actor: Actor, file: TableFile | Cells, *, dry_run: bool = False, expected: int | None = None
) -> int:
    """Take in exam scores from a CSV or XLSX file; returns how many. All rows, or with every fault named, none. A score
    of the actor's own is such a fault. Standards and subjects are named by id, or in Chinese or English.

    With `dry_run` nothing is stored; `expected` is the fingerprint of the preview that somebody agreed to. Raises
    Forbidden, InvalidInput, InvalidTable, or ListChanged.
    """
    if dry_run:
        return plan_scores(context, actor, file).scores
    table = _table(context, file)
    with context.database.reading() as connection:
        viewer = authorize(connection, actor, Permission.IMPORT_SCORES)
        stands = people.standing(connection, _numbers(table)).people
    checked = _checked_scores(context, viewer, table, stands)
    with acting(context, actor) as work:
        work.authorize(Permission.IMPORT_SCORES)
        standings.take_turns(work.connection)  # what another list, or somebody's erasure, changes meanwhile is seen
        now = people.standing(work.connection, _numbers(table)).people
        if now != stands:  # somebody may have left since
            checked = _checked_scores(context, work.viewer, table, now)
        if expected is not None:
            known = _known(work.connection, checked)
            published = _published(context, work.connection, checked, known)
            if _shown(context, table, checked, now, known, published).fingerprint != expected:
                raise ListChanged("error-list-changed")
        _store_scores(work, file.name, checked)
    return len(checked)


def _table(context: Context, file: TableFile | Cells) -> Table:
    readers = {
        "staff_no": staff_number,
        "score": _read_score,
        "taken_on": lambda text: _examined(read_day(text), context.today()),
    }
    table = read_table(file, SCORE_COLUMNS, readers)
    named = _by_name((each.id, each.name) for each in context.standards.all())
    known: dict[str, _Names] = {}
    for row in table.rows:
        values = row.values
        values["standard"] = standard = named.get(name_of(values["standard"]), values["standard"])
        if standard not in known:
            known[standard] = _names(context, standard)
        values["subject"] = known[standard].subjects.get(name_of(values["subject"]), values["subject"])
        if "level" in values:
            values["level"] = known[standard].levels.get(name_of(values["level"]), values["level"])
    refuse_repeated(table, ("staff_no", "standard", "subject", "taken_on"))
    return table


def name_of(text: str) -> str:
    """The name of a standard or subject, as such names are compared."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def _by_name(named: Iterable[tuple[str, Text]]) -> dict[str, str]:
    """The ids by their names in each language, and by themselves; a name that several have stands for none."""
    found: dict[str, set[str]] = {}
    for identity, name in named:
        for word in (identity, name.zh, name.en):
            found.setdefault(name_of(word), set()).add(identity)
    return {word: next(iter(ids)) for word, ids in found.items() if len(ids) == 1}


class _Names(NamedTuple):
    """The ids of a standard's subjects and levels by their names."""

    subjects: dict[str, str]
    levels: dict[str, str]


def _names(context: Context, standard_id: str) -> _Names:
    """None of either where there is no such standard."""
    with suppress(NotFound):
        standard = context.standards.get(standard_id)
        subjects = _by_name((each.id, each.name) for each in all_subjects(standard))
        return _Names(subjects, _by_name((each.id, each.name) for each in standard.levels))
    return _Names({}, {})


def _numbers(table: Table) -> set[str]:
    return {row.values["staff_no"] for row in table.rows}


def _read_score(text: str) -> Decimal:
    """Raises InvalidInput in the words of a list, whose cell is named beside them as its heading has it."""
    try:
        return number(text, "score")
    except InvalidInput as refusal:
        raise InvalidInput("error-cell-number", given=text) from refusal


def _refuse_impossible(subject: Subject, score: Decimal) -> None:
    """As `_read_score`: the subject's name stands in the row, and its id tells nobody anything."""
    try:
        check_score(subject, score)
    except InvalidInput as refusal:
        raise InvalidInput("error-cell-range", given=plain(score), maximum=plain(subject.max)) from refusal


def _examined(day: date, today: date) -> date:
    """Raises InvalidInput for a day on which nobody can have been examined: a slip, or a date that a spreadsheet made
    of something else."""
    last = today + timedelta(days=366)
    if not EARLIEST <= day <= last:
        values = {"given": day.isoformat(), "first": EARLIEST.isoformat(), "last": last.isoformat()}
        raise InvalidInput("error-date-far", **values)
    return day


Scored = tuple[dict[str, Any], ExamScore]
"""A row's values, and the score that they are."""
Key = tuple[int, str, str, date]
"""What a score is of: person, standard, subject and day. A second list of the day corrects the first."""


def _key(score: ExamScore) -> Key:
    return score.person_id, score.standard, score.subject, score.taken_on


def _known(connection: Connection, checked: Sequence[Scored]) -> dict[Key, ExamScore]:
    """All the scores of these people that lists gave before, the earliest day first."""
    return {_key(each): each for each in assessments.exam_scores(connection, {score.person_id for _, score in checked})}


def _checked_scores(
    context: Context, viewer: Viewer, table: Table, stands: Mapping[str, people.ListedPerson]
) -> list[Scored]:
    """The rows with the scores that they are. Raises InvalidTable with every fault; the table itself stays as it was
    read."""
    checked = replace(table, faults=list(table.faults))
    for row in table.rows:
        _check_score(context, viewer, stands, checked, row)
    checked.refuse_faults()
    return [(row.values, _exam_score(stands, **row.values)) for row in table.rows]


def _check_score(
    context: Context, viewer: Viewer, stands: Mapping[str, people.ListedPerson], table: Table, row: TableRow
) -> None:
    values = row.values
    subjects: dict[str, Subject] = {}
    levels: list[str] = []
    with table.naming(row, "staff_no"):
        whose = stands.get(values["staff_no"])
        if whose is None or not whose.active:
            raise NotFound("error-person-unknown", staff_no=values["staff_no"])
        if whose.id == viewer.person_id:  # who may import at all was asked once, for everybody else
            viewer.require(Permission.IMPORT_SCORES, viewer.relation(whose.id), refusal="error-own-score")
    with table.naming(row, "standard"):
        standard = context.standards.get(values["standard"])
        subjects = {subject.id: subject for subject in all_subjects(standard)}
        levels = [level.id for level in standard.levels]
    if subjects:
        with table.naming(row, "subject"):
            if values["subject"] not in subjects:
                raise InvalidInput("error-answers-subject", id=values["subject"], subjects=", ".join(subjects))
    if values["subject"] in subjects:
        with table.naming(row, "score"):
            _refuse_impossible(subjects[values["subject"]], values["score"])
    if levels and (given := values.get("level")):
        with table.naming(row, "level"):
            if given not in levels:
                raise InvalidInput("error-level-unknown", given=given, levels=", ".join(levels))


def _what(context: Context, score: ExamScore) -> Named:
    """What the score is of, as people call it."""
    standard = context.standards.get(score.standard)
    subject = next(each for each in all_subjects(standard) if each.id == score.subject)
    day = score.taken_on.isoformat()
    return Named(f"{subject.name.zh} {day}", f"{subject.name.en} {day}")


def _published(
    context: Context, connection: Connection, checked: Sequence[Scored], known: Mapping[Key, ExamScore]
) -> int:
    """How many published results the list says something else about."""
    scores = [score for _, score in checked]
    merged = {**known, **{_key(score): score for score in scores}}
    after = sorted(merged.values(), key=lambda score: score.taken_on)
    concerned = corrections.concerned_by(connection, scores, lock=False)
    return corrections.published_among(context, concerned, known.values(), after)


def _shown(  # noqa: PLR0917
    context: Context,
    table: Table,
    checked: Sequence[Scored],
    stands: Mapping[str, people.ListedPerson],
    known: Mapping[Key, ExamScore],
    published: int,
) -> Preview:
    """What the scores come to, compared with those that are known."""
    latest = {(*whose, each.level): day for (*whose, day), each in known.items()}  # the earliest day comes first
    differences, older = [], []
    for values, score in checked:
        key = _key(score)
        name = str(stands[values["staff_no"]].columns["name"])
        what = _what(context, score)
        before = known.get(key)
        fields = _differing(what, before, score)
        if fields:
            differences.append(Difference(values["staff_no"], name, before is None, fields))
        if latest.get((*key[:-1], score.level), score.taken_on) > score.taken_on:
            older.append((values["staff_no"], name, what))
    said = fingerprint([(each.staff_no, repr(each.fields)) for each in differences], older, published)
    left_aside = table.ignored, len(table.skipped), table.guess
    return Preview(len(table.rows), differences, *left_aside, said, older=older, published=published)


def _differing(what: Named, before: ExamScore | None, score: ExamScore) -> dict[str | Named, tuple[Any, Any]]:
    """What the list says about the score that wasn't known."""
    fields: dict[str | Named, tuple[Any, Any]] = {}
    if before is None or before.score != score.score:
        fields[what] = ("" if before is None else before.score, score.score)
    level = "" if before is None else before.level
    if level != score.level:
        fields["level"] = (level, score.level)
    return fields


def _exam_score(stands: Mapping[str, people.ListedPerson], *, staff_no: str, **values: Any) -> ExamScore:
    return ExamScore(person_id=stands[staff_no].id, **values)


def _store_scores(work: UnitOfWork, file: str, checked: Sequence[Scored]) -> None:
    """Store the rows; the audit log keeps them with what each one replaced."""
    scores = [score for _, score in checked]
    concerned = corrections.concerned_by(work.connection, scores)
    before = _known(work.connection, checked)
    earlier = [before.get(_key(score)) for score in scores]
    replaced = [
        row | {name: getattr(was, name) for name in ("score", "level") if name in row}
        for (row, _), was in zip(checked, earlier, strict=True)
        if was is not None
    ]
    assessments.save_exam_scores(work.connection, scores)
    for standard, person_ids in _by_standard(scores).items():
        standings.forget_places(work.connection, person_ids, standard)
    settle(work.context, work.connection)
    after = {"file": file, "rows": [row for row, _ in checked]}
    line = work.keep("import", "scores", before={"rows": replaced}, after=after)
    corrections.follow_lists(work, concerned, before.values(), line)


def _by_standard(scores: Iterable[ExamScore]) -> dict[str, set[int]]:
    """Whose scores of which standard these are."""
    people_of: dict[str, set[int]] = {}
    for score in scores:
        people_of.setdefault(score.standard, set()).add(score.person_id)
    return people_of
