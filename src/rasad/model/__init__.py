"""The words of the desk: what an event, a dyad, a rung, a claim and an issue are."""
