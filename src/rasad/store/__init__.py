"""Where tables live: Parquet parts, raw snapshots, and one manifest that is the only truth."""
