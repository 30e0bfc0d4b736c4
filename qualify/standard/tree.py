"""YAML text to plain data, knowing the line of every value.

The text is read as a stream of parser events rather than with a YAML loader, because a standard is written by people:
every scalar keeps its own text (`3`, `on` and `2001-01-01` stay what was typed; the model decides what is a number),
a key that is given twice is a problem instead of a silent loss, and anchors, tags and bottomless nesting never expand.
"""

from collections.abc import Iterator
from typing import NamedTuple

import yaml
from yaml.reader import Reader

from qualify.errors import InvalidStandard
from qualify.standard.problems import Path, Problem, invalid, problem

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 20
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null"})

_HINTS = {  # what libyaml says -> the sentence that tells a person without YAML what to do
    "cannot start any token": "yaml-character",
    "tab character": "yaml-character",
    "mapping values are not allowed": "yaml-colon",
    "could not find expected ':'": "yaml-colon",
    "did not find expected key": "yaml-indentation",
    "did not find expected '-' indicator": "yaml-indentation",
    "block sequence entries are not allowed": "yaml-indentation",
    "unexpected end of stream": "yaml-quote",
    "did not find expected ',' or": "yaml-bracket",
}
_LEFT_OPEN = frozenset({"yaml-quote", "yaml-bracket"})  # the mistake is where it began, not where the parser gave up


class Tree(NamedTuple):
    """A document as dict, list, str and None; `lines` has the line of every path (of the key, where there is one)."""

    data: object
    lines: dict[Path, int]
    problems: list[Problem]

    def line(self, path: Path) -> int:
        """The line of the value at `path`, or of the nearest thing around it that the file has."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]


def read(text: str, file: str) -> Tree:
    """The document in `text`; raises InvalidStandard where the text is no usable YAML at all.

    Keys given twice are left in `problems`, so that they are reported together with everything else.
    """
    if len(text) > MAX_CHARACTERS:
        raise _refusal(file, 1, "too-large", limit=MAX_CHARACTERS)
    if stray := Reader.NON_PRINTABLE.search(text):
        line = text.count("\n", 0, stray.start()) + 1
        raise _refusal(file, line, "character", code=f"U+{ord(stray.group()):04X}")
    try:
        return _Reader(text.removeprefix("\ufeff"), file).document()
    except (yaml.YAMLError, ValueError) as error:
        raise _syntax(error, file) from error


class _Reader:
    """One pass over the events of one text."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
        self.lines: dict[Path, int] = {(): 1}
        self.problems: list[Problem] = []

    def document(self) -> Tree:
        next(self.events)  # the start of the stream
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise _refusal(self.file, 1, "empty")
        data = self.value(next(self.events), ())
        next(self.events)  # the end of the document
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise _refusal(self.file, _line(after), "second-document")
        return Tree(data, self.lines, self.problems)

    def value(self, event: yaml.Event, path: Path) -> object:
        self.refuse_cleverness(event, path)
        if isinstance(event, yaml.ScalarEvent):
            plain = event.implicit[0]  # not quoted: only then can it mean "nothing"
            return None if plain and event.value in _NULLS else event.value
        return self.sequence(path) if isinstance(event, yaml.SequenceStartEvent) else self.mapping(path)

    def sequence(self, path: Path) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            place = (*path, len(items))
            self.lines[place] = _line(event)
            items.append(self.value(event, place))
        return items

    def mapping(self, path: Path) -> dict[str, object]:
        items: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            self.refuse_cleverness(event, path)
            if not isinstance(event, yaml.ScalarEvent):
                raise _refusal(self.file, _line(event), "key")
            name: str = event.value
            if name in items:
                first = self.lines[(*path, name)]
                self.problems.append(problem(self.file, _line(event), "key-twice", name=name, first=first))
            place = (*path, name)
            self.lines[place] = _line(event)
            items[name] = self.value(next(self.events), place)
        return items

    def refuse_cleverness(self, event: yaml.Event, path: Path) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise _refusal(self.file, _line(event), "alias", name=event.anchor)
        if getattr(event, "tag", None) is not None:
            raise _refusal(self.file, _line(event), "tag")
        if len(path) > MAX_DEPTH:
            raise _refusal(self.file, _line(event), "too-deep")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _refusal(file: str, line: int, name: str, /, **values: object) -> InvalidStandard:
    return invalid(file, [problem(file, line, name, **values)])


def _syntax(error: Exception, file: str) -> InvalidStandard:
    """A syntax error in the words of the catalogue, the parser's own words added."""
    said = getattr(error, "problem", None) or str(error)
    hint = next((hint for words, hint in _HINTS.items() if words in said), "yaml")
    mark = getattr(error, "context_mark" if hint in _LEFT_OPEN else "problem_mark", None)
    return _refusal(file, mark.line + 1 if mark else 1, hint, detail=said)
