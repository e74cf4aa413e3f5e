"""What actors do to one another: selections, the ladder, the index. Pure: no file, no clock."""
