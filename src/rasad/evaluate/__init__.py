"""How right the methods are: each on labelled data, with a figure to publish."""
