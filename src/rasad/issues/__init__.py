"""What we say: manuscripts, measures, claims and the ledger that holds them."""
