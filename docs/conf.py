"""Sphinx settings of rasad's documentation: furo, Markdown by MyST, nothing from the network."""

import tomllib
from itertools import groupby
from pathlib import Path

from rasad.check.ignores import known_rules
from rasad.check.pages import as_markdown, pages

ROOT = Path(__file__).parent.parent

project = "rasad"
author = "The rasad authors"
project_copyright = "the rasad authors, Apache-2.0"
version = release = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["build"]
nitpicky = True

myst_enable_extensions = ["attrs_inline", "deflist"]
myst_heading_anchors = 3
smartquotes = False

html_theme = "furo"
html_title = "rasad"
html_extra_path = ["ledger.schema.json"]
html_theme_options = {"source_repository": "", "navigation_with_keys": True}
html_show_sourcelink = False
html_copy_source = False


def write_rules(_: object) -> None:
    """The pages of the rules, written from the texts that `rasad check --explain` prints."""
    families = known_rules()
    parts = [
        "# The rules",
        "",
        "What `rasad check --explain RULE` prints of each. The examples are run as tests.",
        "",
    ]
    for family, rules in groupby(pages(), key=lambda rule: families[rule]):
        parts += [f"## {family.capitalize()}", "", *(as_markdown(pages()[rule]) for rule in rules)]
    (ROOT / "docs" / "rules.md").write_text("\n".join(parts), "utf-8")


def setup(app: object) -> None:
    """Called by Sphinx."""
    app.connect("builder-inited", write_rules)  # type: ignore[attr-defined]
