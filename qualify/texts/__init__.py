"""Every sentence shown to people, one Fluent catalogue a language; the first language is the default.

Keys and values come from the domain; words are chosen here, at the edge.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from fluent.runtime import FluentBundle, FluentResource

from qualify.paths import CATALOGUES

LANGUAGES = ("zh-CN", "en")
DEFAULT_LANGUAGE = LANGUAGES[0]
LONGEST_VALUE = 1000  # Fluent refuses longer ones
# Controls, marks that turn the direction of writing, blanks without width, halves of characters. Joiners stay, which
# emoji and some scripts are written with.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_PLAIN = str.maketrans("\u2011\xa0", "- ")


def nearest_language(code: str | None) -> str:
    """The catalogue for a BCP 47 code such as "en-GB" or "zh-hans"; the default for anything else."""
    prefix = (code or "").split("-")[0].lower()
    return next((language for language in LANGUAGES if language.split("-")[0] == prefix), DEFAULT_LANGUAGE)


@cache
def catalogue(language: str) -> FluentBundle:
    """The loaded catalogue of `language`; isolation marks are off because chats and terminals show them."""
    bundle = FluentBundle([language], use_isolating=False)
    for file in sorted((CATALOGUES / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle


def keys(language: str) -> Iterator[str]:
    """All message keys of `language`, for the parity test."""
    return iter(sorted(catalogue(language)._messages))


def knows(key: str) -> bool:
    """Whether there is such a sentence, for what may go by its own name where there is none."""
    return bool(catalogue(DEFAULT_LANGUAGE).has_message(key))


@lru_cache(maxsize=4096)
def _format(language: str, key: str, values: tuple[tuple[str, object], ...]) -> str:
    bundle = catalogue(language)
    message = bundle.get_message(key)  # an unknown key raises LookupError: a bug, found by the tests
    if message.value is None:
        raise LookupError(f"text key {key!r} has no value in {language}")
    text, problems = bundle.format_pattern(message.value, dict(values))
    if problems:
        raise LookupError(f"text key {key!r} in {language}: {problems}")
    return str(text)


def say(language: str, key: str, /, **values: object) -> str:
    """The sentence `key` in `language`, filled with `values` (strings or numbers; anything else by `str`; a very
    long one is cut).

    Raises LookupError for an unknown key or a missing value: that is a bug, never a person's fault.
    """
    plain = (
        (name, value if isinstance(value, int) else shortened(str(value), LONGEST_VALUE))
        for name, value in values.items()
    )
    return _format(language, key, tuple(sorted(plain)))


def shortened(text: str, most: int) -> str:
    """The text, or its first characters and "…": at most `most` in all."""
    return text if len(text) <= most else text[: most - 1] + "…"


def one_line(text: str) -> str:
    """What somebody typed, in one line: every run of blanks and line ends is one blank."""
    return " ".join(text.split())


def staff_number(text: str) -> str:
    """A staff number as it is kept, however somebody wrote it: full-width, in small letters, with blanks or an
    apostrophe before it. Ｐ００１, p001 and 'P001 are P001."""
    wide = unicodedata.normalize("NFKC", visible(text))
    return "".join(wide.split()).lstrip("'\u2018\u2019").upper()


def visible(text: str) -> str:
    """What somebody gave, without the characters that nobody sees, that change how others look, or that a database
    can't hold: two names that look the same are the same. Tabs and line ends stay; hyphens and blanks that hold a line
    together, as in a date copied out of the chat, become plain ones."""
    return _INVISIBLE.sub("", text).translate(_PLAIN)


def letters_of(column: int) -> str:
    """What a spreadsheet calls the column with this index."""
    letters = ""
    while column >= 0:
        letters, column = chr(65 + column % 26) + letters, column // 26 - 1
    return letters
