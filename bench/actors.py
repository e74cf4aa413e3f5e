"""How fast names are found: short sentences and running text, in four scripts' worth of names, on one core (seconds of processor time).

The sentences are made from the table's own names and plain words with a fixed seed; the first round, which
folds every word for the first time, is not counted.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import date

from rasad.actors.actors import ActorTable
from rasad.actors.matcher import Matcher

LANGS = ("en", "prs", "ps", "ar", "ru")
SENTENCES = 20_000
NAMED = 0.7
ROUNDS = 3
LEAST_SENTENCES, LEAST_MEGABYTES = 20_000.0, 1.0
ON = date(2024, 5, 1)
WORDS = {
    "en": "the talks on trade and border security were held in a cordial mood after weeks of silence officials said",
    "prs": "در این دیدار دو طرف درباره تجارت و امنیت مرزها گفتگو کردند و بر ادامه همکاری تاکید شد",
    "ps": "په دې لیدنه کې دواړو لورو د سوداګرۍ او د پولو د امنیت په اړه خبرې وکړې او ټینګار یې وکړ",
    "ar": "بحث الجانبان في هذا اللقاء العلاقات التجارية وأمن الحدود وأكدا استمرار التعاون بعد أسابيع من الصمت",
    "ru": "стороны обсудили торговлю и безопасность границ после недель молчания сообщили в ведомстве на этой неделе",
}


def main() -> int:
    """Print sentences and megabytes a second and the size of the table; exit 1 below the project's bounds."""
    table = ActorTable.built_in()
    began = time.process_time()
    matcher = Matcher(table)
    for lang in LANGS:
        matcher.find("", ON, lang)
    ready = time.process_time() - began
    told: dict[str, object] = {
        "actors": len(list(table.actors())),
        "spellings": matcher.size(),
        "ready_seconds": round(ready, 2),
    }
    kept = True
    for lang in LANGS:
        sentences = _sentences(table, lang)
        text = "\n".join(sentences)
        mentions = sum(len(matcher.find(sentence, ON, lang)) for sentence in sentences)
        a_second = SENTENCES / _seconds(lambda: [matcher.find(one, ON, lang) for one in sentences])  # noqa: B023
        megabytes = len(text.encode()) / 1e6 / _seconds(lambda: matcher.find(text, ON, lang))  # noqa: B023
        told[lang] = {
            "sentences_a_second": round(a_second),
            "megabytes_a_second": round(megabytes, 2),
            "mentions_a_sentence": round(mentions / SENTENCES, 2),
        }
        kept = kept and a_second >= LEAST_SENTENCES and megabytes >= LEAST_MEGABYTES
    print(json.dumps(told))
    return 0 if kept else 1


def _sentences(table: ActorTable, lang: str) -> list[str]:
    """Sentences of 5 to 10 words, seven of ten with one or two names among them."""
    chance = random.Random(5)  # noqa: S311
    names = [name for actor in table.actors() for name in actor.spellings(lang)]
    words = WORDS[lang].split()
    made = []
    for _ in range(SENTENCES):
        sentence = chance.choices(words, k=chance.randint(5, 10))
        if chance.random() < NAMED:
            for name in chance.sample(names, chance.randint(1, 2)):
                sentence.insert(chance.randrange(len(sentence)), name)
        made.append(" ".join(sentence) + ".")
    return made


def _seconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


if __name__ == "__main__":
    sys.exit(main())
