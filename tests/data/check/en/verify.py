# ruff: noqa: ANN001, C901, PERF401, PLR0912, SIM905, T201
"""Verify the corpus: labels stand on their lines, dates are as claimed, clean texts hold no date fault.

Run:  python verify.py   (needs persiantools and hijridate)
"""

import collections
import csv
import datetime as dt
import pathlib
import re
import sys

from hijridate import Hijri
from persiantools.jdatetime import JalaliDate

HERE = pathlib.Path(__file__).resolve().parent
G = "January February March April May June July August September October November December".split()
S = "Hamal Sawr Jawza Saratan Asad Sunbula Mizan Aqrab Qaws Jadi Dalw Hut".split()
IR = "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand".split()
LUNAR = [
    "Muharram",
    "Safar",
    "Rabi al-Awwal",
    "Rabi al-Thani",
    "Jumada al-Ula",
    "Jumada al-Thani",
    "Rajab",
    "Shaban",
    "Ramadan",
    "Shawwal",
    "Dhu al-Qadah",
    "Dhu al-Hijjah",
]
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
FAMILIES = ("dates", "sources", "names", "likelihood", "structure", "figures")

gm, sm, lm = "|".join(G), "|".join(S + IR), "|".join(LUNAR)
GREG = rf"(?:(?P<d1>\d{{1,2}}) (?P<m1>{gm})|(?P<m2>{gm}) (?P<d2>\d{{1,2}}),) (?P<y>\d{{4}})\b"
R_G = re.compile(GREG)
R_W = re.compile(rf"(?P<w>{'|'.join(DAYS)}), {GREG}")
R_GW = re.compile(rf"{GREG}, (?:a|on a) (?P<w>{'|'.join(DAYS)})")
R_S = re.compile(rf"(\d{{1,2}}) ({sm}) (\d{{4}})")
R_L = re.compile(rf"(\d{{1,2}}) ({lm}) (\d{{4}})")


def greg(m):
    d, mon = m["d1"] or m["d2"], m["m1"] or m["m2"]
    try:
        return dt.date(int(m["y"]), G.index(mon) + 1, int(d))
    except ValueError:
        return None


def solar(d, mon, y):
    month = (S.index(mon) if mon in S else IR.index(mon)) + 1
    try:
        return JalaliDate(int(y), month, int(d)).to_gregorian()
    except ValueError:
        return None


def lunar(d, mon, y):
    try:
        h = Hijri(int(y), LUNAR.index(mon) + 1, int(d)).to_gregorian()
        return dt.date(h.year, h.month, h.day)
    except (ValueError, OverflowError):
        return None


def faults(line):
    """Date faults that can be worked out within one line: (column, words, why)."""
    out = []
    for m in R_G.finditer(line):
        if greg(m) is None:
            out.append((m.start(), m[0], "no such day"))
    for rx in (R_W, R_GW):
        for m in rx.finditer(line):
            d = greg(m)
            if d and DAYS[d.weekday()] != m["w"]:
                out.append((m.start(), m[0], DAYS[d.weekday()]))
    for m in R_S.finditer(line):
        if solar(*m.groups()) is None:
            out.append((m.start(), m[0], "no such day"))
    # a pair: a Gregorian date, then in brackets (or as table cells) the other calendars
    for m in R_G.finditer(line):
        d = greg(m)
        if d is None:
            continue
        rest = line[m.end() :]
        tail = re.match(r"(?:</td><td>| )\(?([^()]*?)(?:\)|</tr>)", rest)
        if not tail or tail[1].startswith("to "):
            continue
        body = tail[1]
        off = m.end() + tail.start(1)
        found = list(R_S.finditer(body))
        # "20 to 26 April (31 Hamal to 6 Sawr)": the last of a range belongs to the date in front
        s = found[-1] if found and " to " in body else (found[0] if found else None)
        h = R_L.search(body)
        if s and (s.start() < 16 or " to " in body) and solar(*s.groups()) not in (d, None):
            out.append((off + s.start(), s[0], f"{d} is {JalaliDate(d)}"))
        if h and h.start() < 40:
            x = lunar(*h.groups())
            if x and abs((x - d).days) > 1:
                out.append((off + h.start(), h[0], f"{d}, not {x}"))
    for m in re.finditer(rf"(\d{{1,2}} (?:{sm}) \d{{4}}) \({GREG}", line):
        a = R_S.match(m[1])
        d = dt.date(int(m["y"]), G.index(m["m1"] or m["m2"]) + 1, int(m["d1"] or m["d2"]))
        if solar(*a.groups()) != d:
            out.append((m.start() + m[0].index("(") + 1, m[0].split("(")[1], f"{solar(*a.groups())}"))
    return out


def touches(line, text, col, w):
    """Whether the labelled words stand where the fault was found."""
    at = line.find(text)
    return at >= 0 and at <= col + len(w) and col <= at + len(text)


def words(text):
    text = re.sub(r"<[^>]+>|https?://\S+", " ", text)
    return len(re.findall(r"\b[\w'’-]+", text))


def main():
    bad = []
    rows = list(csv.DictReader((HERE / "labels.csv").open(encoding="utf-8", newline="")))
    lines, by_line = {}, collections.defaultdict(list)
    for p in sorted(HERE.glob("*/*")):
        lines[p.relative_to(HERE).as_posix()] = p.read_text(encoding="utf-8").split("\n")
    halves = collections.defaultdict(set)
    seen = set()
    for r in rows:
        where = f"{r['file']}:{r['line']}"
        if not r["file"].startswith("planted/"):
            bad.append(f"{where}: a label outside planted/")
        n = int(r["line"])
        if r["file"] not in lines or n > len(lines[r["file"]]) or r["text"] not in lines[r["file"]][n - 1]:
            bad.append(f"{where}: {r['text']!r} does not stand on the line")
        if r["family"] not in FAMILIES or r["half"] not in ("dev", "held") or not r["right"] or not r["kind"]:
            bad.append(f"{where}: a column is wrong")
        key = (r["file"], r["line"], r["text"], r["kind"])
        if key in seen:
            bad.append(f"{where}: labelled twice")
        seen.add(key)
        halves[r["file"]].add(r["half"])
        by_line[r["file"], n].append(r)
        # what is claimed to be right must be right
        if r["family"] == "dates":
            for _, w, why in faults(r["right"]):
                bad.append(f"{where}: right column has {w!r}: {why}")
        if r["kind"].startswith("calendars-disagree") or r["kind"] == "weekday":
            line = lines[r["file"]][n - 1]
            fixed = line.replace(r["text"], r["right"], 1)
            left = [f for f in faults(fixed) if f[1] in r["right"]]
            if left:
                bad.append(f"{where}: still wrong when mended: {left}")
    for f, h in halves.items():
        if len(h) != 1:
            bad.append(f"{f}: in both halves")
    for f, ls in lines.items():
        if f.startswith("planted/") and f not in halves:
            bad.append(f"{f}: no label")
        for n, line in enumerate(ls, 1):
            for col, w, why in faults(line):
                hit = any(r["family"] == "dates" and touches(line, r["text"], col, w) for r in by_line[f, n])
                if not hit:
                    bad.append(f"{f}:{n}: unlabelled date fault {w!r}: {why}")
    checked = sum(
        len(R_G.findall(x)) + len(R_S.findall(x)) + len(R_L.findall(x)) for ls in lines.values() for x in ls
    )
    count = collections.Counter((r["family"], r["half"]) for r in rows)
    for fam in FAMILIES:
        print(f"{fam:10} dev {count[fam, 'dev']:3}  held {count[fam, 'held']:3}")
    for sub in ("clean", "planted"):
        n = {f: words("\n".join(ls)) for f, ls in lines.items() if f.startswith(sub)}
        print(f"{sub}: {len(n)} documents, {sum(n.values())} words")
    print(f"{checked} dates looked at; {len(rows)} labels; {len(bad)} complaints")
    for b in bad:
        print(" ", b)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
