"""What stands under the project: the locks, the wheel, and a Makefile that works or says in a sentence why not."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from datetime import date
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUNTIME, DEVELOPMENT = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
PIN = re.compile(r"^([a-z0-9._-]+)==(\S+) \\((?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+)", re.MULTILINE)
PLATFORMS = [
    {"python_version": python, "sys_platform": system, "platform_machine": machine}
    for python in ("3.11", "3.12", "3.13")
    for system, machine in (("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64"))
]


def pins(lock: Path) -> dict[str, str]:
    """The version of every package in `lock` that carries at least one hash."""
    return {canonicalize_name(name): version for name, version, _ in PIN.findall(lock.read_text(encoding="utf-8"))}


def wanted(lock: Path) -> list[Requirement]:
    """What pyproject.toml asks of `lock`."""
    extra = PROJECT["optional-dependencies"]["dev"] if lock == DEVELOPMENT else []
    return [Requirement(line) for line in PROJECT["dependencies"] + extra]


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT], ids=lambda lock: lock.name)
class TestLock:
    def test_it_pins_all_that_the_project_asks_for(self, lock: Path) -> None:
        pinned = pins(lock)
        assert [str(need) for need in wanted(lock) if pinned.get(canonicalize_name(need.name)) is None] == []
        assert [str(need) for need in wanted(lock) if pinned[canonicalize_name(need.name)] not in need.specifier] == []

    @pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: "-".join(platform.values()))
    def test_it_is_complete_on_every_supported_python_and_platform(self, lock: Path, platform: dict[str, str]) -> None:
        pinned, waiting, missing = pins(lock), wanted(lock), set()
        seen: set[tuple[str, str]] = set()
        while waiting:
            need = waiting.pop()
            name = canonicalize_name(need.name)
            if name not in pinned:
                missing.add(str(need))
                continue
            for extra in {"", *need.extras} - {extra for known, extra in seen if known == name}:
                seen.add((name, extra))
                further = map(Requirement, distribution(name).requires or [])
                here = {**platform, "extra": extra}
                waiting += [other for other in further if other.marker is None or other.marker.evaluate(here)]
        assert missing == set()

    def test_it_holds_nothing_but_hashed_pins(self, lock: Path) -> None:
        rest = PIN.sub("", lock.read_text(encoding="utf-8"))
        assert [line for line in rest.splitlines() if line and not line.lstrip().startswith("#")] == []

    def test_it_names_no_place_of_the_machine_that_made_it(self, lock: Path) -> None:
        assert re.findall(r".*(?:://|/home/|/root|/opt/|/tmp/|/work/).*", lock.read_text(encoding="utf-8")) == []


def test_the_changelog_has_a_dated_entry_for_each_version_and_the_newest_is_the_projects() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    entries = re.findall(r"^## \[(.+)\](?: - (\S+))?$", changelog, re.MULTILINE)
    released = [(version, day) for version, day in entries if version != "Unreleased"]
    assert released[0][0] == PROJECT["version"]
    days = [date.fromisoformat(day) for _, day in released]
    assert days == sorted(days, reverse=True)
    numbers = [Version(version) for version, _ in released]
    assert numbers == sorted(set(numbers), reverse=True)


def test_both_locks_pin_the_same_versions() -> None:
    runtime, development = pins(RUNTIME), pins(DEVELOPMENT)
    assert runtime.items() <= development.items()
    assert runtime.keys() != development.keys()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built here and without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_every_file_the_program_reads(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    needed = {
        (Path(moved or folder) / file.relative_to(ROOT / folder)).as_posix()
        for folder, moved, kind in (
            ("standards", "qualify/_standards", "*.*"),
            ("migrations", "qualify/_migrations", "*.*"),
            ("qualify/texts", "", "*.ftl"),
            ("qualify/fonts", "", "*.*"),
            ("bot/sandbox", "", "*.*"),
        )
        for file in (ROOT / folder).rglob(kind)
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert {Path(name).parts[1] for name in needed} >= {"_standards", "_migrations", "texts", "fonts", "sandbox"}
    assert needed - inside == set()
    assert [name for name in inside if name.startswith(("tests/", "standards/", "migrations/"))] == []
    assert [name for name in inside if name.endswith(".pyc")] == []


def test_the_installed_wheel_runs_far_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)

    def python(code: str, *arguments: str) -> str:
        env = {**os.environ, "PYTHONPATH": str(site)}
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True).stdout

    folders = python("from qualify.paths import *; print(STANDARDS, MIGRATIONS, FONTS, CATALOGUES, sep='\\n')").split(
        "\n"
    )
    assert all(Path(folder).is_dir() and Path(folder).is_relative_to(site) for folder in folders if folder)
    for script in PROJECT["scripts"].values():
        module, _, function = script.partition(":")
        python(f"from {module} import {function}")
    assert "Usage" in python("import sys; sys.argv[0] = 'qualify'; from qualify.cli import main; main()", "--help")


# The Makefile, tried in a folder of its own whose path has a space, with only the programs a test lays into it.


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "a checkout"
    folder.mkdir()
    for name in ("Makefile", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, folder)
    return folder


def make(checkout: Path, *arguments: str, python: str = "") -> subprocess.CompletedProcess[str]:
    """Runs make in `checkout`, where the one interpreter to be found is the shell script `python`, if any."""
    programs = checkout / "programs"
    programs.mkdir(exist_ok=True)
    for tool in ("sh", "sed", "expand", "rm", "touch"):
        (programs / tool).symlink_to(str(shutil.which(tool)))
    if python:
        (programs / "python3").write_text(f"#!/bin/sh\n{python}\n")
        (programs / "python3").chmod(0o755)
    command = [str(shutil.which("make")), *arguments]
    env = {"PATH": str(programs)}
    return subprocess.run(command, cwd=checkout, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("python", "sentence"),
    [
        ("", "Python 3.11 or newer is needed; none was found."),
        ("exit 127", "Python 3.11 or newer is needed; none was found."),
        ('case "$2" in *version_info*) exit 1;; esac', "Python 3.11 or newer is needed; python3 is too old."),
        ('case "$2" in *ensurepip*) exit 1;; esac', "python3 cannot make a virtual environment."),
    ],
    ids=["no python", "a shim that leads nowhere", "an old python", "a python without ensurepip"],
)
def test_make_says_what_is_missing(checkout: Path, python: str, sentence: str) -> None:
    outcome = make(checkout, "venv", python=python)
    assert outcome.returncode != 0
    assert sentence in outcome.stderr
    assert not (checkout / ".venv").exists()


def test_make_does_nothing_a_second_time(checkout: Path) -> None:
    (checkout / ".venv/bin").mkdir(parents=True)
    (checkout / ".venv/bin/python").symlink_to(sys.executable)
    (checkout / ".venv/.installed").touch()
    assert "Nothing to be done" in make(checkout, "venv").stdout


def test_make_installs_again_when_the_lock_has_changed(checkout: Path) -> None:
    (checkout / ".venv/bin").mkdir(parents=True)
    (checkout / ".venv/bin/python").symlink_to(sys.executable)
    (checkout / ".venv/.installed").touch()
    os.utime(checkout / ".venv/.installed", (0, 0))
    assert "--require-hashes -r requirements.lock" in make(checkout, "--dry-run", "venv").stdout


def test_make_alone_lists_every_target(checkout: Path) -> None:
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony
    assert [line.split()[0] for line in make(checkout).stdout.splitlines()] == phony[1].split()
