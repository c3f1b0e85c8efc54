"""Hand facts on to programs of others, and take theirs: calendars (`ical`, an extra), maps (`geojson`), service requests
(`open311`).
"""
