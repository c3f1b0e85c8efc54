"""The claims of the conformance kit: each a function that checks one, named by it."""
