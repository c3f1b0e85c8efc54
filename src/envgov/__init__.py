"""Rankings, boards and measures of living-environment campaigns (人居环境整治), decided exactly and explained."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from envgov.api import *  # noqa: F403
else:

    def __getattr__(name: str) -> object:
        """Load the public names when the first is asked for: `import envgov` alone costs next to nothing."""
        api = import_module("envgov.api")
        if name not in ("__all__", *api.__all__):
            near = import_module("difflib").get_close_matches(name, api.__all__, n=1)
            hint = f": did you mean {near[0]!r}?" if near else ""
            raise AttributeError(f"module 'envgov' has no attribute {name!r}{hint}")
        return getattr(api, name)

    def __dir__() -> list[str]:
        return [*globals(), *import_module("envgov.api").__all__]
