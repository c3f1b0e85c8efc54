"""What a locality decides from facts: frozen terms that compose."""
