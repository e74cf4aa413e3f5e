"""From one language to four: paragraphs as units, their catalogues, and who has reviewed them."""
