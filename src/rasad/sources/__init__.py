"""Where records come from: each source reads its own format into events."""
