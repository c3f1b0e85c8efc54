"""The hooks that a plugin implements. Each is asked once, when a registry is loaded, and never while deciding."""

from __future__ import annotations

from collections.abc import Iterable

import pluggy

from envgov.locality import Locality

GROUP = "envgov"
"""The entry-point group under which a distribution names its plugin, and the name of the project in pluggy."""
API = 1
"""The version of the hooks and of what they return; a plugin says in `ENVGOV_API` for which one it was written."""

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


@hookspec
def envgov_localities() -> Iterable[Locality]:  # type: ignore[empty-body] # a specification has none
    """The localities that the plugin describes, each with its schemes: scoring, tiers and escalation policies."""


@hookspec
def envgov_kinds() -> Iterable[type]:  # type: ignore[empty-body] # a specification has none
    """The plugin's own kinds of rule: frozen attrs classes named with `term`, in a namespace of the plugin's own.

    They are stored, compared and explained like the core's. A kind that only nests in a scheme of the plugin must be
    among them too, or the scheme could not be read back.
    """
