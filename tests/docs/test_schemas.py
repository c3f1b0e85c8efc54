"""The schemas beside the pages are those of the code, and find each other."""

import json

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

import envgov as eg
from docs.schemas import FOLDER, schemas


def test_the_schemas_are_those_of_the_code() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert written == schemas(), "rewrite them: python tests/docs/schemas.py"


def test_a_value_is_checked_by_its_file_and_the_parts_beside_it() -> None:
    files = {name: json.loads(text) for name, text in schemas().items()}
    registry: Registry = Registry().with_resources(
        (name, Resource.from_contents(content)) for name, content in files.items()
    )
    validator = Draft202012Validator(files["Scheme.json"], registry=registry)
    scheme = eg.to_dict(eg.read_scheme(FOLDER.parent / "examples" / "louxing" / "townships.toml"))
    validator.validate(scheme)
    assert not validator.is_valid({**scheme, "cadence": {"kind": "bottom", "n": 1, "ties": "decide"}})


def test_no_two_files_differ_in_capitals_alone() -> None:
    names = list(schemas())
    assert len({name.casefold() for name in names}) == len(names) == 64
