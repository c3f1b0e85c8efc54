"""Scoring rules: how the facts of a round become each unit's exact score."""
