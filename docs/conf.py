"""Sphinx settings of rasad's documentation: furo, Markdown by MyST, nothing from the network."""

import tomllib
from pathlib import Path

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
