"""Hand facts on to programs of others, and take theirs: calendars, maps, service requests."""
