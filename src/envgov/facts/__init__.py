"""What happened: frozen values, no decisions."""
