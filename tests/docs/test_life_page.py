"""docs/ledger/life.md names every rule by which something is refused, each with a test that is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "ledger" / "life.md").read_text(encoding="utf-8")
FACTS = ROOT / "src" / "envgov" / "facts"
TESTS = ("life", "paper", "publication", "roster")


def rules() -> set[str]:
    """What refusals in the source name as their rule."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in sorted(FACTS.glob("*.py"))]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "RefusedError"]
    return {str(rule.value) for rule in named if isinstance(rule, ast.Constant)}


def rows() -> list[tuple[str, str]]:
    return re.findall(r"^\| ([^|]+) \| [^|]+ \| `(test_\w+)` \|$", PAGE, flags=re.MULTILINE)


def test_every_rule_of_a_refusal_has_a_row_and_every_row_a_rule() -> None:
    assert {rule for rule, _ in rows()} == rules()


def test_every_test_that_the_page_names_is_there() -> None:
    files = [(ROOT / "tests" / f"test_{name}.py").read_text(encoding="utf-8") for name in TESTS]
    defined = {name for text in files for name in re.findall(r"^def (test_\w+)", text, flags=re.MULTILINE)}
    assert {name for _, name in rows()} <= defined
