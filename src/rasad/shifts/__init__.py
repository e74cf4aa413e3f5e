"""What changed: when, which way, for how long, and beyond what attention explains. Pure: no file, no clock."""
