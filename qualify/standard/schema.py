"""The format as a JSON schema, for editors that complete and check YAML while it is typed."""

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from qualify.standard.model import Standard

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Editor(GenerateJsonSchema):
    """Lets numbers be numbers, and an id such as 3 stand without quotes, as `load` does."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        number: JsonSchemaValue = {"type": "number"}
        self.update_with_validations(number, schema, self.ValidationsMapping.numeric)
        return {name: _plain(value) for name, value in number.items()}

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        text = super().str_schema(schema)
        return {**text, "type": ["string", "integer"]} if "pattern" in schema else text

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        described = super().default_schema(schema)
        if isinstance(described.get("default"), str) and described.get("type") == "number":
            described["default"] = float(described["default"])
        return described


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else float(value)


def schema_text() -> str:
    """The content of `standards/schema.json`."""
    schema = Standard.model_json_schema(schema_generator=_Editor)
    return json.dumps({"$schema": DIALECT, **schema}, ensure_ascii=False, indent=2) + "\n"
