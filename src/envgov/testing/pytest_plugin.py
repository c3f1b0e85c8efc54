"""For pytest: one test for each worked case of a file `cases.toml` or `*.cases.toml`, and the fixture `registry`.

pytest imports this wherever envgov is installed, so it imports nothing of envgov before it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from envgov.registry import Registry


@pytest.fixture(scope="session")
def registry() -> Registry:
    """The installed localities, as users load them; a plugin that fails is an error here."""
    from envgov.api import load_registry

    return load_registry(strict=True)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CasesFile | None:
    if file_path.name == "cases.toml" or file_path.name.endswith(".cases.toml"):
        return CasesFile.from_parent(parent, path=file_path)
    return None


class CasesFile(pytest.File):
    """A file of worked cases; one that cannot be read is a test that fails, and those beside it run."""

    def collect(self) -> Iterator[CaseItem]:
        from envgov.api import EnvGovError, load_registry
        from envgov.testing.case_files import FILE, cases_in, document_of

        try:
            plugin = document_of(self.path).get("plugin")
            files = [self.path.parent / str(plugin)] if plugin else []
            cases = cases_in(self.path, load_registry(only=() if files else None, files=files, strict=True))
        except (EnvGovError, OSError) as error:
            yield CaseItem.from_parent(self, name=FILE, verify=partial(_fail, str(error)))
            return
        for case in cases:
            yield CaseItem.from_parent(self, name=case.name, verify=case.verify)


def _fail(text: str) -> None:
    from envgov.api import EnvGovError

    raise EnvGovError(text)


class CaseItem(pytest.Item):
    """One worked case."""

    def __init__(self, *, verify: Callable[[], None], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.verify = verify

    def runtest(self) -> None:
        self.verify()

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from envgov.api import EnvGovError

        return str(excinfo.value) if isinstance(excinfo.value, EnvGovError) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, self.name
