"""``python -m rasad`` is the command ``rasad``."""

from rasad.cli import main

main()
