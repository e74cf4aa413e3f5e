"""What several tests share: the worked example, built once, and a browser."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from example import ISSUE, ROOT, Example, copy_example
from rasad import flow
from rasad.settings import Desk


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """The worked example as it stands in the project."""
    root = copy_example(tmp_path_factory.mktemp("example"))
    desk = Desk(root)
    flow.load(desk)
    return Example(root, flow.build(desk, ISSUE).folder)


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """The worked example after one act of the dyad is recoded as an act toward somebody else."""
    root = copy_example(tmp_path_factory.mktemp("changed"))
    chronology = root / "chronology.csv"
    text = chronology.read_text("utf-8")
    row = next(line for line in text.splitlines() if line.startswith("C248,"))
    chronology.write_text(text.replace(row, row.replace(",RUS,AFG,", ",RUS,PAK,", 1)), "utf-8")
    desk = Desk(root)
    flow.load(desk)
    return Example(root, flow.build(desk, ISSUE).folder)


def _tool(name: str) -> ModuleType:
    """Import a script of tools/, which is no package."""
    spec = importlib.util.spec_from_file_location(f"rasad_tools_{name}", ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser without a screen; `make test` has fetched it."""
    tool = _tool("browser")
    try:
        path = tool.launcher()
    except tool.BrowserUnavailable as error:
        pytest.skip(f"no browser: {error}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(tool.ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that can reach no network."""
    context = chromium.new_context(offline=True)
    yield context.new_page()
    context.close()
