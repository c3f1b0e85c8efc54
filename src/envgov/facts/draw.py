"""Spot checks (随机抽查): which units are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from envgov.errors import Fault, InputError


def random_draw(frame: Iterable[str], n: int, seed: str, must: Iterable[str] = ()) -> tuple[str, ...]:
    """`n` of the codes in `frame`: first those that must be drawn (必评) in code order, then the rest as they are drawn.

    The rest is drawn in the order of the SHA-256 of "seed:code" in UTF-8: whoever has the seed and the frame can
    repeat the draw, in any program, and the order in which the codes are given never matters. With a larger `n` the
    same units come first, and more after them. A code that is given twice is one. To draw some from each parent,
    draw once for each.

    Raises:
        InputError: `n` is more than the frame has, or fewer than must be drawn; or the frame lacks one of those.
    """
    drawable, required = frozenset(frame), frozenset(must)
    if faults := list(_faults(drawable, n, required)):
        raise InputError(faults)
    rest = sorted(drawable - required, key=lambda code: sha256(f"{seed}:{code}".encode()).digest())
    return (*sorted(required), *rest[: n - len(required)])


def _faults(frame: frozenset[str], n: int, must: frozenset[str]) -> Iterator[Fault]:
    if n > len(frame):
        yield Fault(f"the frame has {len(frame)} units", "draw no more, or widen the frame", "n", value=str(n))
    if n < len(must):
        yield Fault(f"{len(must)} units must be drawn", "draw at least as many", "n", value=str(n))
    for code in sorted(must - frame):
        yield Fault("the frame has no such unit", "add it to the frame, or correct the code", "must", value=code)
