"""Findings as SARIF 2.1.0, which code hosts show beside the lines of a change."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from rasad import __version__
from rasad.check.ignores import known_rules
from rasad.check.pages import pages
from rasad.documents.document import Place
from rasad.flow.checking import Located

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(findings: Sequence[Located], root: Path, unread: Sequence[str] = ()) -> str:
    """The findings of a run.

    In Word a line is a paragraph and a column a character in it, as everywhere in ``rasad check``.

    Args:
        findings: Of all files.
        root: The folder that files are told from, as a rule the working directory.
        unread: What was said of files that could not be read.
    """
    families = known_rules()
    rules = sorted(families)
    seen: Counter[tuple[str, ...]] = Counter()
    results = []
    for located in findings:
        result = _result(located, root, rules)
        key = (result["ruleId"], _uri(located.file, root), located.finding.text)
        told = "\0".join((*key, str(seen[key])))
        seen[key] += 1
        result["partialFingerprints"] = {"rasad/v1": sha256(told.encode("utf-8", "replace")).hexdigest()}
        results.append(result)
    run = {
        "tool": {
            "driver": {
                "name": "rasad",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(rule, families[rule]) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not unread,
                "toolExecutionNotifications": [
                    {"level": "error", "message": {"text": message}} for message in unread
                ],
            }
        ],
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _rule(rule: str, family: str) -> dict[str, Any]:
    page = pages()[rule]
    return {
        "id": rule, "name": rule, "shortDescription": {"text": page.what}, "fullDescription": {"text": page.why},
        "help": {"text": f"{page.mend} When it may stand: {page.leave}"}, "properties": {"tags": [family]},
    }  # fmt: skip


def _result(located: Located, root: Path, rules: Sequence[str]) -> dict[str, Any]:
    one = located.finding
    region: dict[str, Any] = {"startLine": located.line, "startColumn": located.column}
    if _is_after(located.end, located):
        region |= {"endLine": located.end.line, "endColumn": located.end.column}  # type: ignore[union-attr]
    if one.text:
        region["snippet"] = {"text": one.text}
    result = {
        "ruleId": one.rule,
        "ruleIndex": rules.index(one.rule),
        "level": one.severity,
        "message": {"text": one.message},
        "locations": [_location(located.file, root, region)],
    }
    if located.other_lines:
        result["relatedLocations"] = [
            {"id": number, **_location(located.file, root, {"startLine": line})}
            for number, line in enumerate(located.other_lines, start=1)
        ]
    return result


def _is_after(end: Place | None, located: Located) -> bool:
    return end is not None and (end.line, end.column) > (located.line, located.column)


def _location(path: Path, root: Path, region: dict[str, Any]) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(path, root)}, "region": region}}


def _uri(path: Path, root: Path) -> str:
    whole = path.absolute()
    if whole.is_relative_to(root):
        return quote(whole.relative_to(root).as_posix())
    return whole.as_uri()
