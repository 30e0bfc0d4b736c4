"""The rules that hold the rooms together: imports, sizes, synchronous domain, and texts that fit their catalogues."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from qualify.paths import CATALOGUES
from qualify.texts import DEFAULT_LANGUAGE, LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(file for package in ("qualify", "bot") for file in (ROOT / package).rglob("*.py"))
WRITTEN_BY_US = {"", ".py", ".ftl", ".yaml", ".yml", ".md", ".toml", ".html", ".css", ".js", ".ini", ".mako"}
INDEX_NAMES = ("pypi", "pythonhosted", "npmjs", "anaconda", "jfrog", "devpi")
KEY = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")


@cache
def parsed(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), str(module))


@cache
def walked(module: Path) -> list[tuple[str, ast.AST]]:
    name = module.relative_to(ROOT)
    return [(f"{name}:{getattr(node, 'lineno', 1)}", node) for node in ast.walk(parsed(module))]


def nodes(modules: list[Path]) -> Iterator[tuple[str, ast.AST]]:
    """Every syntax node with the place a person would look for it."""
    return chain.from_iterable(map(walked, modules))


def tracked_files() -> list[Path]:
    """What git holds or would take in; skips where there is no checkout."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout: no list of the project's own files")
    return [file for name in listing.stdout.split("\0") if name and (file := ROOT / name).is_file()]


def test_imports_run_downwards_only() -> None:
    linter = "from importlinter.cli import lint_imports_command as lint; lint()"
    command = [sys.executable, "-c", linter, "--no-logo", "--no-cache"]
    report = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert report.returncode == 0, report.stdout + report.stderr


def test_the_domain_never_waits() -> None:
    waiting = ast.Await | ast.AsyncFunctionDef | ast.AsyncFor | ast.AsyncWith
    domain = [module for module in MODULES if module.is_relative_to(ROOT / "qualify")]
    assert [place for place, node in nodes(domain) if isinstance(node, waiting)] == []


def test_a_module_says_what_it_is_for() -> None:
    assert [str(module.relative_to(ROOT)) for module in MODULES if not ast.get_docstring(parsed(module))] == []


def test_no_class_name_stands_in_two_modules_for_two_things() -> None:
    places: dict[str, list[str]] = {}
    for module in MODULES:
        for _, node in walked(module):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(str(module))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_no_fixture_of_a_plugin_takes_the_place_of_anothers() -> None:
    names: Counter[str] = Counter()
    for file in (ROOT / "tests").glob("*_fixtures.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        of_file = (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
        names.update(node.name for node in of_file if node.decorator_list and not node.name.startswith("_"))
    assert [name for name, count in names.items() if count > 1] == []


def test_no_file_names_a_package_index() -> None:
    address = re.compile(rf"(?:{'|'.join(INDEX_NAMES)})\.(?:org|com|io|net|cn)|://[^\s\\]+/simple\b", re.IGNORECASE)
    texts = ((file, file.read_bytes().decode("utf-8", "ignore")) for file in tracked_files())
    assert [(str(file), found[0]) for file, content in texts if (found := address.search(content))] == []


def test_lines_end_where_their_words_end() -> None:
    ours = [file for file in tracked_files() if file.suffix in WRITTEN_BY_US]
    careless = re.compile(rb"[ \t]+$|\r|[^\n]\Z|\n\n\Z", re.MULTILINE)
    assert [str(file.relative_to(ROOT)) for file in ours if careless.search(file.read_bytes())] == []


# Texts. A catalogue is read as Fluent's own parser reads it; code is read as syntax, never by searching lines.


class Variables(Visitor):
    """Collects the `{ $names }` of one message and the messages it refers to."""

    def __init__(self, message: ftl.Message) -> None:
        self.names: set[str] = set()
        self.references: set[str] = set()
        self.visit(message)

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802, the visitor's own naming
        self.names.add(node.id.name)

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:  # noqa: N802
        self.references.add(node.id.name)


def entries(language: str) -> list[tuple[str, ftl.EntryType]]:
    """Everything in the catalogue of `language`, each with the name of its file."""
    files = sorted((CATALOGUES / language).glob("*.ftl"))
    read = FluentParser(with_spans=False).parse
    return [(file.name, entry) for file in files for entry in read(file.read_text(encoding="utf-8")).body]


@cache
def messages(language: str) -> dict[str, Variables]:
    return {entry.id.name: Variables(entry) for _, entry in entries(language) if isinstance(entry, ftl.Message)}


def values_needed(language: str, key: str) -> set[str]:
    """The variables of `key`, with those of the messages it refers to."""
    message = messages(language)[key]
    return message.names.union(*(values_needed(language, other) for other in message.references))


def literal(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def choices(node: ast.expr) -> list[str]:
    """The words that an expression may come to, such as `"a" if … else "b"`; none where only running it can tell."""
    if isinstance(node, ast.IfExp):
        return choices(node.body) + choices(node.orelse)
    word = literal(node)
    return [] if word is None else [word]


@cache
def error_names() -> frozenset[str]:
    """`QualifyError` and every class in the code that descends from it."""
    classes = [node for _, node in nodes(MODULES) if isinstance(node, ast.ClassDef)]
    family = {"QualifyError"}
    while more := {c.name for c in classes if family & {ast.unparse(base).split(".")[-1] for base in c.bases}} - family:
        family |= more
    return frozenset(family)


def spoken() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call that names a sentence outright: `say(language, "key", …)` and `SomeError("key", …)`,
    with each of the keys that it may choose from."""
    for place, node in nodes(MODULES):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        position = 1 if name == "say" else 0 if name in error_names() else None
        if position is not None and len(node.args) > position:
            for key in choices(node.args[position]):
                yield place, key, node


def composed_keys() -> set[str]:
    """Patterns of the keys put together in code, such as `role-[a-z0-9-]+` for `f"role-{role}"`."""
    patterns = set()
    for _, node in nodes(MODULES):
        if isinstance(node, ast.JoinedStr) and re.match(r"[a-z]+-", literal(node.values[0]) or ""):
            patterns.add("".join(re.escape(literal(part) or "") or "[a-z0-9-]+" for part in node.values))
    return patterns


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_parses_and_says_nothing_twice(language: str) -> None:
    everything = entries(language)
    assert [(file, entry.content) for file, entry in everything if isinstance(entry, ftl.Junk)] == []
    counted = Counter(entry.id.name for _, entry in everything if isinstance(entry, ftl.Message | ftl.Term))
    assert [key for key, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != DEFAULT_LANGUAGE])
def test_catalogues_say_the_same_things_with_the_same_values(language: str) -> None:
    def outline(of: str) -> set[tuple[str, str, frozenset[str]]]:
        named = ((file, entry) for file, entry in entries(of) if isinstance(entry, ftl.Message))
        return {(file, entry.id.name, frozenset(values_needed(of, entry.id.name))) for file, entry in named}

    assert outline(language) ^ outline(DEFAULT_LANGUAGE) == set()


def test_every_sentence_the_code_names_is_written_and_gets_its_values() -> None:
    known = messages(DEFAULT_LANGUAGE)
    assert [(place, key) for place, key, _ in spoken() if key not in known] == []
    starved = [
        (place, key, lacking)
        for place, key, call in spoken()
        if all(keyword.arg for keyword in call.keywords)  # with **values only running it can tell
        if (lacking := values_needed(DEFAULT_LANGUAGE, key) - {keyword.arg for keyword in call.keywords})
    ]
    assert starved == []


def test_no_sentence_is_left_unused() -> None:
    named = {node.value for _, node in nodes(MODULES) if isinstance(node, ast.Constant)}
    named |= {other for message in messages(DEFAULT_LANGUAGE).values() for other in message.references}
    composed = re.compile("|".join(composed_keys()) or r"(?!)")
    assert [key for key in messages(DEFAULT_LANGUAGE) if key not in named and not composed.fullmatch(key)] == []


def test_keys_are_words_joined_by_hyphens() -> None:
    assert [key for key in messages(DEFAULT_LANGUAGE) if not KEY.fullmatch(key)] == []
