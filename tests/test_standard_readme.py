"""standards/README.md keeps its promises: the example is legal, and every field is explained in both languages."""

import re
from pathlib import Path

import pytest

from qualify.paths import STANDARDS
from qualify.standard import StandardSettings, check, model, parse, read_settings, shipped

README = (STANDARDS / "README.md").read_text(encoding="utf-8")
EXAMPLE, IN_CHINESE, OWN, IN_ENGLISH, OWN_IN_ENGLISH = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
CHINESE, _, ENGLISH = README.partition("\n## English\n")


def fields() -> set[str]:
    """Every field an author can write; `zh` and `en` are explained together."""
    models = [each for each in vars(model).values() if isinstance(each, type) and issubclass(each, model.Model)]
    return {field.alias or name for each in models for name, field in each.model_fields.items()} - {"zh", "en"}


def test_the_readme_begins_with_a_legal_standard_of_ten_lines() -> None:
    assert README.index("```yaml") < 100
    assert len(EXAMPLE.splitlines()) == 10
    assert parse(EXAMPLE, "reception/v1.yaml").id == "reception"


def test_the_example_passes_the_check_where_the_readme_says_to_put_it(tmp_path: Path) -> None:
    path = tmp_path / "my-standards" / "reception" / "v1.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(EXAMPLE, encoding="utf-8")
    assert [problem.note for problem in check([path])] == [True]
    assert README.count("my-standards/reception/v1.yaml") >= 4


def test_each_language_has_the_example_of_every_optional_field_and_it_is_legal() -> None:
    standard = parse(IN_CHINESE, "support/v1.yaml")
    assert parse(IN_ENGLISH, "support/v1.yaml") == standard
    assert IN_CHINESE in CHINESE
    assert IN_ENGLISH in ENGLISH
    optional = (
        "definition lost eligibility line minimum restored inherited regulation kinds adopted_by prepares_for unmet"
    )
    assert [field for field in optional.split() if f"{field}:" not in IN_ENGLISH] == []
    assert {rule.kind for rule in standard.eligibility} == {"service-years", "appraisals", "level-held"}
    assert isinstance(standard.exams[0].subjects[1].weight, dict)


def test_each_language_has_an_example_of_settings_and_it_is_legal() -> None:
    catalogue = shipped(STANDARDS)
    settings = read_settings(OWN, "own.yaml", catalogue.get("client-manager"))
    assert read_settings(OWN_IN_ENGLISH, "own.yaml", catalogue.get("client-manager")) == settings
    (grades,) = re.findall(r"# (grades: .*)", OWN)
    assert read_settings(f"from: 2027-01-01\n{grades}", "own.yaml", catalogue.get("service-manager")).grades
    assert set(StandardSettings.model_fields) - settings.model_fields_set == {"exam_bands", "grades"}
    assert "# exam_bands: " in OWN


@pytest.mark.parametrize("part", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_every_field_is_explained(part: str) -> None:
    named = set(re.findall(r"[`{]([a-z_]+)[:`]", part))
    assert fields() - named == set()
