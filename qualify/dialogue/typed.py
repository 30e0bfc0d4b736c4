"""Typed answers: marks, numbers, reasons, exam scores one by one or in one line, published cases as date and title.

Read as people type on a phone: full-width digits and signs count like plain ones, words stay as they were written.
Whatever is typed, the only error is InvalidInput, and what it quotes is short.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from qualify.errors import InvalidInput
from qualify.scoring import Case, Mark, check_score, read_date
from qualify.standard import CaseKind, Subject

MAX_REASON = 1000
MAX_TITLE = 200
_QUOTED = 60
_BEGINNING = 2

_NOT_TAKEN = re.compile(r"[-－–—]+|缺考|[没未]有?考|[没未]有?参加(?:考试)?|absent|none|not[ -]?taken", re.IGNORECASE)
_NONE_TAKEN = re.compile(r"(?:全部?|都|全都)(?:缺考|[没未]有?考|[没未]有?参加)|none taken|all absent", re.IGNORECASE)
_NAMED = re.compile(
    r"[\s,，;；、。]*(?P<name>.*?[\w)）])[\s:：=]*"
    rf"(?P<score>[\d.．。]{{1,20}}|{_NOT_TAKEN.pattern})\s*分?(?=[\s,，;；、。]|$)",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[\s,，;；、分]+")
_DECIMAL_COMMA = re.compile(r"(?:^|(?<=[\s;；、]))(\d{1,3})[,，](\d)(?=$|[\s;；、分])")
_DOTS = str.maketrans("．。", "..")  # a Chinese keyboard gives 。 for the full stop
_NUMBER = re.compile(r"\d{1,9}(\.\d{0,9})?|\.\d{1,9}")
_NUMERALS = frozenset("零〇一二两三四五六七八九十百点半分")
_DATES = (
    re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号](.*)"),
    re.compile(
        r"(\d{4})\s*[-－–./．。／]\s*(\d{1,2})\s*[-－–./．。／]\s*(\d{1,2})"
        r"(?![\dA-Za-z])(.*)"  # "2026-3-15G" may be the 1st or the 15th: ask again
    ),
)
_BETWEEN = " ,，:：、—–－-"

MARK_WORDS: Mapping[str, Mark] = {
    word: mark
    for mark, words in (
        (Mark.MET, "达到 已达到 达到了 已经达到 met"),
        (Mark.PARTLY, "部分 部分达到 部分达到了 partly partlymet partial partially partiallymet"),
        (Mark.NOT_MET, "未达到 没达到 没有达到 未达 不达到 notmet unmet"),
        (
            Mark.NOT_OBSERVED,
            "未观察到 没观察到 没有观察到 未观察 没遇到过 没有遇到过 notobserved unobserved",
        ),
    )
    for word in words.split()
}
"""Words, without spaces and signs, that are the answer to a criterion."""
_MENTIONS = re.compile(r"达到|观察到|^met|met$")
_MENTION = 6


def plain_words(text: str) -> str:
    """The letters and figures alone, in one width and case: what people type differently and mean alike."""
    return "".join(each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum())


def read_mark(text: str) -> Mark | None:
    """The mark that the text is, and nothing beside it: "达到", "✅ 达到。", "Not met"; None for anything else."""
    return MARK_WORDS.get(plain_words(text))


def is_like_mark(text: str) -> bool:
    """Whether the text is a mark, or so short and near to one ("基本达到") that it won't be a note."""
    words = plain_words(text)
    return words in MARK_WORDS or (len(words) <= _MENTION and _MENTIONS.search(words) is not None)


def is_like_number(text: str) -> bool:
    """Whether the text has figures or numerals and nothing else but signs: "5", "3,5", "-1", "五分"."""
    words = plain_words(text).removesuffix("points")
    return bool(words) and all(each.isnumeric() or each in _NUMERALS for each in words)


def is_number(text: str) -> bool:
    """Whether the text is one number as people type it: "4.5", "４．５", "4分"; no sign, no letters."""
    return _NUMBER.fullmatch(_bare(text)) is not None


def read_number(text: str, name: str) -> Decimal:
    """The number; `name` says in the refusal what it is for. Raises InvalidInput."""
    if not is_number(text):
        raise InvalidInput("error-number", name=name, given=quoted(text))
    return Decimal(_bare(text))


def _bare(text: str) -> str:
    return text.translate(_DOTS).strip().removesuffix("分").rstrip()


def read_reason(text: str) -> str:
    """The reason without the space around it. Raises InvalidInput for one without a word, one that is an answer to
    another question (a number, a mark), or too long."""
    reason = text.strip()
    if len(reason) > MAX_REASON or not has_words(reason) or is_like_number(reason) or read_mark(reason) is not None:
        raise InvalidInput("error-reason-length", maximum=str(MAX_REASON))
    return reason


def count_scores(text: str) -> int:
    """How many scores were typed, of whatever kind."""
    return len(_words(text))


def _words(text: str) -> list[str]:
    return [word for word in _SEPARATORS.split(text) if word]


def read_scores(text: str, subjects: tuple[Subject, ...]) -> list[Decimal | None]:
    """The scores of the first subjects, at least one, separated by spaces or commas; "-" or "没考" = not taken,
    "都没考" = none of them.

    Raises InvalidInput for anything else: none or too many, not a number, out of range, and where a comma may be a
    decimal point.
    """
    if _NONE_TAKEN.fullmatch(text.strip()):
        return [None] * len(subjects)
    if len(subjects) > 1 and (found := _DECIMAL_COMMA.search(text)):
        whole, tenth = found.groups()
        raise InvalidInput("error-scores-comma", given=found[0], one=f"{whole}.{tenth}", whole=whole, other=tenth)
    words = _words(text)
    if not 1 <= len(words) <= len(subjects):
        if len(subjects) == 1:
            raise InvalidInput("error-scores-one", subject=subjects[0].id, given=str(len(words)))
        raise InvalidInput("error-scores-count", given=str(len(words)), expected=str(len(subjects)))
    return [_score(word, subject) for word, subject in zip(words, subjects, strict=False)]


def read_named_scores(text: str, subjects: tuple[Subject, ...]) -> dict[str, Decimal | None]:
    """The scores by subject, where each stands behind a subject's name, or at least two letters that it begins with, in
    either language: "企业概况 70"; {} where some name is no subject's.

    Raises InvalidInput for a beginning that several share, and a score out of range.
    """
    found: dict[str, Decimal | None] = {}
    end, text = 0, text.strip(" \n,，;；、")
    while end < len(text):
        pair = _NAMED.match(text, end)
        subject = pair and _named(pair["name"], subjects)
        if pair is None or subject is None:
            return {}
        found[subject.id], end = _score(pair["score"], subject), pair.end()
    return found


def _named(text: str, subjects: tuple[Subject, ...]) -> Subject | None:
    words = plain_words(text)
    names = [(subject, (plain_words(subject.name.zh), plain_words(subject.name.en))) for subject in subjects]
    whole = [subject for subject, both in names if words in both]
    found = whole or [subject for subject, both in names if any(name.startswith(words) for name in both)]
    if len(words) < _BEGINNING or not found:
        return None
    if len(found) > 1:
        raise InvalidInput("error-score-subject", given=quoted(text))
    return found[0]


def _score(word: str, subject: Subject) -> Decimal | None:
    if _NOT_TAKEN.fullmatch(word):
        return None
    score = read_number(word, subject.id)
    check_score(subject, score)
    return score


def read_kind(text: str, kinds: Iterable[CaseKind]) -> CaseKind | None:
    """The kind that the text names, in either language, and nothing beside it; None for anything else."""
    words = plain_words(text)
    return next((kind for kind in kinds if words in map(plain_words, (kind.name.zh, kind.name.en))), None)


def read_cases(text: str, today: date, kinds: tuple[CaseKind, ...] = ()) -> list[Case]:
    """One case a line (at least one), each "2026-03-01 title", before or behind the title its kind if that is said: all
    of them or, with the wrong line named, none."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise InvalidInput("error-case-none")
    return [_case(line, today, kinds) for line in lines]


def _case(line: str, today: date, kinds: tuple[CaseKind, ...]) -> Case:
    found = next(filter(None, (pattern.fullmatch(line) for pattern in _DATES)), None)
    if found is None:
        raise InvalidInput("error-case-shape", given=quoted(line))
    year, month, day = (int(digits) for digits in found.groups()[:3])
    adopted = read_date(f"{year:04}-{month:02}-{day:02}")  # by the rule that reads it back from storage
    if adopted > today:
        raise InvalidInput("error-case-future", date=adopted.isoformat())
    title, kind = _apart(found[4], kinds)
    return Case(adopted, _title(title, adopted), kind)


def _apart(text: str, kinds: tuple[CaseKind, ...]) -> tuple[str, str]:
    """The title without the kind that stands before or behind it, and that kind's id; "" where none does."""
    bare = text.strip(_BETWEEN)
    for kind in kinds:
        for name in map(re.escape, (kind.name.zh, kind.name.en)):
            before = re.fullmatch(rf"[（(]?{name}[）)]?[\s,，:：、—–－)）-]+(.*\w.*)", bare, re.IGNORECASE)
            behind = re.fullmatch(rf"(.*\w.*?)(?:[\s,，:：、—–－-]+{name}|\s*[（(]{name}[）)])", bare, re.IGNORECASE)
            if found := before or behind:
                return found[1], kind.id
    return text, ""


def _title(text: str, adopted: date) -> str:
    title = " ".join(text.split()).lstrip(_BETWEEN)
    if not has_words(title):
        raise InvalidInput("error-case-title", date=adopted.isoformat())
    if len(title) > MAX_TITLE:
        raise InvalidInput("error-case-title-long", maximum=str(MAX_TITLE))
    return title


def has_words(text: str) -> bool:
    """Whether it says something: a letter or a figure at least, not only signs."""
    return any(character.isalnum() for character in text)


def quoted(text: str) -> str:
    """What was typed, as much as a refusal says again."""
    return text.strip()[:_QUOTED]
