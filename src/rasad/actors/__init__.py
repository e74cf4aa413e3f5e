"""Who is who, and when: actors with names in four languages and dated roles."""
