"""The schema for editors: fresh, accepting what the loader accepts, complaining about misspelt fields."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from qualify.paths import STANDARDS
from qualify.standard import schema_text

FIXTURES = Path(__file__).parent / "fixtures" / "standards"
VALIDATOR = Draft202012Validator(json.loads(schema_text()))


def as_json(file: Path) -> object:
    """The file as an editor sees it: JSON, with texts for keys."""
    return json.loads(json.dumps(yaml.safe_load(file.read_text(encoding="utf-8")), default=str))


def test_the_schema_in_the_repository_is_fresh() -> None:
    """Else `python -c "from qualify.standard import schema_text as s; print(s(), end='')" > standards/schema.json`"""
    assert (STANDARDS / "schema.json").read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(schema_text()))


@pytest.mark.parametrize(
    "file",
    [FIXTURES / "good-scale.yaml", FIXTURES / "good-everything.yaml", *STANDARDS.glob("*/*.yaml")],
    ids=lambda file: f"{file.parent.name}-{file.stem}",
)
def test_editors_accept_what_the_loader_accepts(file: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(as_json(file))] == []


@pytest.mark.parametrize(
    "name",
    [
        "field-misspelt",
        "language-missing",
        "exam-band-above-100",
        "id-with-capitals",
        "weight-at-a-level-is-0",
        "weight-is-a-word",
        "eligibility-field-misspelt",
        "eligibility-kind-unknown",
        "counted-grades-with-totals",
        "line-is-0",
    ],
)
def test_editors_complain_about_what_the_loader_refuses(name: str) -> None:
    assert not VALIDATOR.is_valid(as_json(FIXTURES / f"{name}.yaml"))
