"""What is wrong with an issue: one rule a file, each a function that gives back its findings."""
