"""The rules of a ledger have Chinese words."""

import ast
from pathlib import Path

import pytest

import envgov
from envgov.wording.rules import rule_word

SOURCE = Path(envgov.__file__).parent


def rules_of(tree: ast.AST) -> set[str]:
    """The first argument of each refusal."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "RefusedError"
        if isinstance(call.args[0], ast.Constant)
        if isinstance(call.args[0].value, str)
    }


RULES = sorted(
    {rule for file in SOURCE.rglob("*.py") for rule in rules_of(ast.parse(file.read_text(encoding="utf-8")))}
    | {"what was seen is what is changed"}  # of a StaleError
)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_chinese_words(rule: str) -> None:
    word = rule_word(rule, "zh")
    assert not word.isascii(), f"write the words of this rule in wording/rules.py: {rule}"
    assert rule_word(rule, "en") == rule


def test_no_two_rules_have_the_same_words() -> None:
    assert len({rule_word(rule, "zh") for rule in RULES}) == len(RULES)


def test_a_rule_that_an_older_ledger_kept_stands_as_it_is() -> None:
    assert rule_word("a rule of another edition", "zh") == "a rule of another edition"
