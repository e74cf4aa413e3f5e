"""How right and how fast `rasad check` is beside checkers of prose: proselint, write-good and markdownlint on the same texts.

Every checker is judged by the labels alike: any complaint that touches the words of a fault finds it, of whatever
kind. write-good has the rules of Vale's style of that name (Vale itself comes as a binary that no registry holds);
markdownlint runs without its rule on the length of lines. The three know English, so their recall is told on the
English texts; markdownlint reads the Markdown of all.

Speed is of whole commands over the same files (English, copied until there are words enough), and for rasad also of the
checking alone, in seconds of processor time.

Usage: python bench/check.py [CORPUS]
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rasad.evaluate.check import checked, complaints, words_in
from rasad.evaluate.check_corpus import Complaint, Corpus, read_corpora
from rasad.evaluate.check_scores import Checker, judge

ROOT = Path(__file__).parent.parent
PINS, PACKAGES = Path(__file__).parent / "check_peers.txt", Path(__file__).parent / "check_peers.json"
FOLDER = ROOT / "build" / "check-peers"
ENOUGH = 200_000
LEAST_WORDS_A_SECOND = 50_000.0
_WRITE_GOOD = re.compile(r"^(?P<file>.+?):(?P<line>\d+):(?P<column>\d+):\"(?P<words>[^\"]*)\"", re.MULTILINE)
_MARKDOWNLINT = re.compile(r"^(?P<file>.+?):(?P<line>\d+)(?::(?P<column>\d+))? error ", re.MULTILINE)


def main() -> int:
    """Print shares and speeds; exit 1 where rasad is slower than the project's bound."""
    corpora = read_corpora(
        Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "tests" / "data" / "check_unseen", "held"
    )
    peers = _peers()
    told: dict[str, object] = {"correctness": {
        corpus.lang: _judged(corpus, {"rasad": _rasad} | {
            name: peer for name, peer in peers.items() if corpus.lang == "en" or name == "markdownlint"
        })
        for corpus in corpora
    }}  # fmt: skip
    english = next(corpus for corpus in corpora if corpus.lang == "en")
    speed, kept = _speeds(english)
    told["speed"] = speed
    print(json.dumps(told, indent=1))
    return 0 if kept else 1


def _judged(corpus: Corpus, checkers: dict[str, Checker]) -> dict[str, dict[str, object]]:
    words = words_in([checked(path) for path in corpus.clean()])
    found = {}
    for name, checker in checkers.items():
        score = judge(corpus, checker, words).all_of_any()
        found[name] = {
            "faults": score.in_words.n, "recall": score.in_words.told()["value"], "complaints": score.precision.n,
            "precision": score.precision.told()["value"], "alarms": score.alarms, "per_1000": round(score.per_1000, 2),
        }  # fmt: skip
    return found


def _rasad(path: Path) -> list[Complaint]:
    return [
        Complaint(one.line, one.first, one.last, one.rule, "", one.others)
        for one in complaints(checked(path))
    ]


def _peers() -> dict[str, Checker]:
    """The peers, installed below build/ where they are not yet."""
    python, node = FOLDER / "python" / "bin" / "python", FOLDER / "node_modules" / ".bin"
    if not python.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        _run([sys.executable, "-m", "venv", str(FOLDER / "python")])
        _run([str(python), "-m", "pip", "install", "-q", "--no-deps", "-r", str(PINS)])
    if not (node / "write-good").exists():
        shutil.copy(PACKAGES, FOLDER / "package.json")
        _run(["npm", "install", "--silent", "--ignore-scripts", "--prefix", str(FOLDER)])
    rules = FOLDER / ".markdownlint-cli2.jsonc"
    rules.write_text('{"config": {"MD013": false}, "noProgress": true}', "utf-8")
    return {"proselint": _proselint, "write-good": _write_good, "markdownlint": _markdownlint}


def _commands(files: Sequence[Path]) -> dict[str, list[str]]:
    names = [str(path) for path in files]
    node = FOLDER / "node_modules" / ".bin"
    return {
        "rasad": [sys.executable, "-m", "rasad", "check", "--json", "--no-desk", *names],
        "proselint": [str(FOLDER / "python" / "bin" / "proselint"), "check", "-o", "json", *names],
        "write-good": [str(node / "write-good"), "--parse", *names],
        "markdownlint": [str(node / "markdownlint-cli2"), "--config", str(FOLDER / ".markdownlint-cli2.jsonc"),
                         *(f":{name}" for name in names)],
    }  # fmt: skip


def _proselint(path: Path) -> list[Complaint]:
    said = json.loads(_said(_commands([path])["proselint"]))
    found = []
    for document in said["result"].values():
        for one in document["diagnostics"]:
            (line, column), (begin, end) = one["pos"], one["span"]
            found.append(Complaint(line, column, column + end - begin))
    return found


def _write_good(path: Path) -> list[Complaint]:
    said = _said(_commands([path])["write-good"])
    return [
        Complaint(int(one["line"]), int(one["column"]) + 1, int(one["column"]) + 1 + len(one["words"]))
        for one in _WRITE_GOOD.finditer(said)
    ]


def _markdownlint(path: Path) -> list[Complaint]:
    if path.suffix != ".md":
        return []
    lines = path.read_text("utf-8").split("\n")
    found = []
    for one in _MARKDOWNLINT.finditer(_said(_commands([path])["markdownlint"])):
        line, column = int(one["line"]), int(one["column"] or 1)
        found.append(Complaint(line, column, len(lines[line - 1]) + 1))
    return found


def _speeds(corpus: Corpus) -> tuple[dict[str, object], bool]:
    files = [path for path in (*corpus.clean(), *corpus.planted()) if path.suffix == ".md"]
    words = words_in([checked(path) for path in files])
    with tempfile.TemporaryDirectory(prefix="check-") as folder:
        copies = []
        for number in range(-(-ENOUGH // words)):
            for path in files:
                copies.append(Path(folder) / f"{number}-{path.name}")
                shutil.copy(path, copies[-1])
        count = words * (len(copies) // len(files))
        walls = {name: _wall(command) for name, command in _commands(copies).items()}
        checked(copies[0])
        began = time.process_time()
        for path in copies:
            checked(path)
        alone = count / (time.process_time() - began)
    told: dict[str, object] = {"words": count, "checking_alone_words_a_second": round(alone)}
    for name, wall in walls.items():
        told[name] = {
            "words_a_second": round(count / wall),
            "ratio_to_rasad": round(wall / walls["rasad"], 2),
        }
    return told, alone >= LEAST_WORDS_A_SECOND


def _wall(command: Sequence[str]) -> float:
    began = time.perf_counter()
    _said(command)
    return time.perf_counter() - began


def _said(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + (done.stderr if "markdownlint" in command[0] else "")


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"bench/check.py: '{' '.join(command[:3])} …' failed: {done.stderr.strip()[-300:]}")


if __name__ == "__main__":
    sys.exit(main())
