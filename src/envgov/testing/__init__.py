"""For those who test rules and localities of their own (extra `envgov[testing]`).

`envgov.testing.conformance` checks what a plugin must keep, `envgov.testing.strategies` draws facts and rules, and the
pytest plugin runs the worked cases of a `cases.toml`.
"""
