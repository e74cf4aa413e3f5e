"""Write which letters the fonts of the editions hold, so that a text can be checked before it is set.

Run by hand after a font has changed; needs fontTools, which nothing else does.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path("src/rasad/editions/fonts")
OUT = Path("src/rasad/languages/letters.txt")
HEADER = """\
# Code points that the fonts of the editions hold, in ranges: Amiri, Source Serif 4 and Vazirmatn together.
# Made by tools/coverage.py.
"""


def main() -> None:
    """Write the union of the fonts' character maps as ranges, one a line."""
    points = sorted({point for font in FONTS.glob("*.ttf") for point in TTFont(font).getBestCmap()})
    ranges: list[list[int]] = []
    for point in points:
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    OUT.write_text(HEADER + "".join(f"{first:04X}-{last:04X}\n" for first, last in ranges), "utf-8")


if __name__ == "__main__":
    main()
