"""The planted mutants: each stands in the library as it is, and in one place."""

import ast
from pathlib import Path

import pytest

import envgov
from mutants import ROOT
from planted import MUTANTS
from planted.mutant import Mutant

SOURCE = Path(envgov.__file__).parent


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.invariant}: {mutant.becomes}")
def test_the_line_of_a_mutant_stands_once_and_its_test_exists(mutant: Mutant) -> None:
    assert (SOURCE / mutant.file).read_text(encoding="utf-8").count(mutant.line) == 1
    file, name = mutant.node.split("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
