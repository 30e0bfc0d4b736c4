"""A standard's file to a `Standard`, or to every problem it has: reading, shape, rules, and what is released.

A directory of standards holds `<id>/v<version>.yaml` and, for released versions, `released.lock`.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from qualify.errors import InvalidStandard, NotFound
from qualify.standard.model import Standard
from qualify.standard.problems import Problem, invalid, problem, problems_of
from qualify.standard.rules import findings
from qualify.standard.shape import shaped
from qualify.standard.structure import LOCK, Version, release_problems, released
from qualify.standard.tree import MAX_CHARACTERS, Tree, read


def parse(text: str, file: str) -> Standard:
    """The standard in `text`; `file` is only its name in sentences. Raises InvalidStandard with all problems."""
    return _parse(text, file)[0]


def load(path: Path) -> Standard:
    """The standard in the file at `path`, which must be named `<id>/v<version>.yaml`.

    Raises InvalidStandard with all problems; whether the version is released is not looked at.
    """
    return _load(path)[0]


def find(directory: Path) -> dict[Version, Standard]:
    """Every standard in `directory`, by id and version in order.

    Raises InvalidStandard with the problems of all files, among them a released version that changed or is gone;
    a directory without any standard is refused as a wrong path.
    """
    standards, problems = _find(directory)
    if refusals := [each for each in problems if not each.note]:
        raise invalid(str(directory), refusals)
    return standards


def check(paths: Iterable[Path]) -> list[Problem]:
    """All problems of the files and directories named, and a note for each version that is not released yet."""
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            problems += _find(path)[1]
        else:
            locked, broken = _locked(path.parent.resolve().parent)
            problems += _check_file(path, locked)[1] + broken
    return problems


class Catalogue:
    """The standards of one directory, read once, and those that join them. Raises InvalidStandard like `find`."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.in_files: Mapping[Version, Standard] = find(directory)
        self._standards = dict(self.in_files)

    def join(self, others: Iterable[Standard]) -> None:
        """Have these, which lie elsewhere, beside the directory's. Raises InvalidStandard, and has what it had, where
        two contents go by one id and version."""
        found = {(each.id, each.version): each for each in others}
        clashing = [each for key, each in found.items() if self.in_files.get(key, each) != each]
        if clashing:
            path = {each: str(self.directory / each.id / f"v{each.version}.yaml") for each in clashing}
            problems = [problem(path[each], 1, "in-both", id=each.id, version=each.version) for each in clashing]
            raise invalid(str(self.directory), problems)
        self._standards = dict(sorted({**found, **self.in_files}.items()))

    def get(self, standard_id: str, version: int | None = None) -> Standard:
        """The standard in that version, the latest by default; NotFound when there is none."""
        versions = {number: each for (name, number), each in self._standards.items() if name == standard_id}
        if not versions:
            known = ", ".join(sorted({name for name, _ in self._standards})) or "—"
            raise NotFound("error-standard-unknown", id=standard_id, known=known)
        wanted = max(versions) if version is None else version
        if wanted not in versions:
            known = ", ".join(f"v{number}" for number in versions)
            raise NotFound("error-standard-version-unknown", id=standard_id, version=str(version), known=known)
        return versions[wanted]

    def usual(self, standard_id: str) -> Standard:
        """The version that holds where none was adopted: the latest that lies in a file, where one does. NotFound when
        there is none at all."""
        filed = [number for name, number in self.in_files if name == standard_id]
        return self.get(standard_id, max(filed, default=None))

    def all(self) -> tuple[Standard, ...]:
        """Every version of every standard, by id and version."""
        return tuple(self._standards.values())


@cache
def shipped(directory: Path) -> Catalogue:
    """The catalogue of `directory`, read at the first call only."""
    return Catalogue(directory)


def _find(directory: Path) -> tuple[dict[Version, Standard], list[Problem]]:
    locked, problems = _locked(directory)
    file = str(directory / LOCK)
    gone = [each for each in locked if not (directory / each[0] / f"v{each[1]}.yaml").is_file()]
    problems += [problem(file, 1, "released-gone", id=name, version=version) for name, version in gone]
    standards: dict[Version, Standard] = {}
    paths = sorted(directory.glob("*/*.y*ml"))
    if not paths:
        problems.append(problem(str(directory), 1, "none-here"))
    for path in paths:
        standard, found = _check_file(path, locked)
        problems += found
        if standard:
            standards[standard.id, standard.version] = standard
    return dict(sorted(standards.items())), problems


def _locked(directory: Path) -> tuple[dict[Version, str], list[Problem]]:
    try:
        return released(directory), []
    except InvalidStandard as error:
        return {}, list(problems_of(error))


def _check_file(path: Path, locked: dict[Version, str]) -> tuple[Standard | None, list[Problem]]:
    try:
        standard, tree = _load(path)
    except InvalidStandard as error:
        return None, list(problems_of(error))
    return standard, release_problems(standard, str(path), tree.line(("version",)), locked)


def _load(path: Path) -> tuple[Standard, Tree]:
    standard, tree = _parse(text_of(path), str(path))
    right = f"{standard.id}/v{standard.version}.yaml"
    if f"{path.parent.resolve().name}/{path.name}" != right:
        raise invalid(str(path), [problem(str(path), tree.line(("id",)), "misplaced", right=right)])
    return standard, tree


def text_of(path: Path) -> str:
    """The file's text; one that is far too large is refused without being read."""
    file = str(path)
    try:
        if path.stat().st_size > 4 * MAX_CHARACTERS:
            raise invalid(file, [problem(file, 1, "too-large", limit=MAX_CHARACTERS)])
        data = path.read_bytes()
    except OSError as error:
        raise invalid(file, [problem(file, 1, "unreadable", detail=error.strerror)]) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise invalid(file, [problem(file, line, "encoding")]) from error


def _parse(text: str, file: str) -> tuple[Standard, Tree]:
    tree = read(text, file)
    shape = shaped(tree.data, Standard)
    faults = findings(shape) if isinstance(shape, Standard) else shape
    problems = [*tree.problems, *(Problem(file, tree.line(path), key, values) for path, key, values in faults)]
    if problems or not isinstance(shape, Standard):
        raise invalid(file, problems)
    return shape, tree
