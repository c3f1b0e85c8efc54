"""Conditions: what holds of one unit's place, or of one issue. Boards, rungs, counters and rates all ask them."""
