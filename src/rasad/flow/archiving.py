"""From the references of a desk to its archive: which pages, fetched, kept, and told again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from rasad.errors import DocumentError, FetchError, ManuscriptError, SourceError, did_you_mean
from rasad.flow.link_checking import ALWAYS_THERE, ENOUGH, has_names, has_route
from rasad.issues.ledger import cited_keys, evidence_keys
from rasad.issues.manuscript import ORIGINAL, Manuscript
from rasad.issues.references import References, read_references
from rasad.model.event import Event
from rasad.model.issue import EVENT, ClaimMark, issue_inlines
from rasad.settings import Desk
from rasad.sources import manners
from rasad.sources.addresses import NoHostError, NoNetworkError
from rasad.sources.archive import Archive
from rasad.sources.archive_index import Kept, same_page
from rasad.sources.by_host import by_host
from rasad.sources.chronology import read_chronology
from rasad.sources.http import Door
from rasad.sources.page_text import read_page_text, text_of, title_of
from rasad.sources.pages import fetch_page
from rasad.sources.seen import Seen

Result = Literal["new", "same", "changed", "failed"]
RESULTS: Final[tuple[Result, ...]] = ("new", "changed", "same", "failed")
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Source:
    """A page that a desk names: by a reference, or by an event of its chronology that no reference records."""

    key: str
    url: str
    outlet: str
    grade: str


@dataclass(frozen=True)
class Archived:
    """What became of one source; ``why`` it failed, ``kept`` what of it was kept."""

    source: Source
    result: Result
    why: str = ""
    kept: Kept | None = None


def sources_of(desk: Desk, names: Sequence[str] = ()) -> list[Source]:
    """The sources that have an address, each page once, in the order of the references.

    Args:
        desk: The desk.
        names: Numbers of issues, keys of references, ids of events, or addresses of them; all where none is named.

    Raises:
        RasadError: If a name is none of these, or a file of the desk can't be read.
    """
    references = read_references(desk.references)
    events = _events(desk)
    every = _every(references, events)
    if not names:
        return list(every.values())
    found: dict[str, Source] = {}
    for name in names:
        for url in _urls(desk, name, references, events):
            found.setdefault(same_page(url), every[same_page(url)])
    return list(found.values())


def archive(
    desk: Desk,
    sources: Sequence[Source],
    *,
    trusted: AbstractSet[str] = frozenset(),
    progress: Told | None = None,
) -> Iterator[Archived]:
    """Fetch the pages of sources and keep them, giving what became of each as soon as it is known.

    Args:
        desk: The desk.
        sources: Each page once.
        trusted: Hosts that the user named, which may be anywhere, as ``127.0.0.1:8000``.
        progress: Hears how far it is.

    Raises:
        FetchError: If there is no network.
        SourceError: If the archive can't be read or written.
    """
    of_url = {source.url: source for source in sources}
    if of_url and not trusted and not has_route():
        raise _no_network()
    silent: list[tuple[str, datetime, Seen | FetchError]] = []
    answered = False
    with Door(manners.KEEPING, trusted=trusted) as door, Archive(desk.root) as kept:
        if progress is not None:
            progress(0, len(of_url))
        pages = by_host(of_url, lambda url: _page(door, url), at_once=door.manners.connections)
        for done, (url, (at, page)) in enumerate(pages, start=1):
            if progress is not None:
                progress(done, len(of_url))
            if not answered and isinstance(page, (NoHostError, NoNetworkError)):
                silent.append((url, at, page))
                if len(silent) == ENOUGH and not trusted and not has_names():
                    raise _no_network() from page
                continue
            answered = True
            yield _keep(kept, of_url[url], at, page)
        if silent and not answered and not has_names():
            raise _no_network()
        for url, at, page in silent:
            yield _keep(kept, of_url[url], at, page)


def page_text(archive_of_desk: Archive, kept: Kept) -> str:
    """The text of a page that is kept.

    Raises:
        SourceError: If it is not there, or is not what was kept.
        DocumentError: If it has no text that can be read.
    """
    return text_of(read_page_text(archive_of_desk.body(kept), kept.type))


def kept_of(desk: Desk, archive_of_desk: Archive, name: str) -> tuple[Source, list[Kept]]:
    """The source of a key, an event or an address, and what is kept of it, the oldest first.

    Raises:
        RasadError: If the desk names no such source.
    """
    (source, *_) = sources_of(desk, [name])
    return source, archive_of_desk.of(source.url)


def _page(door: Door, url: str) -> tuple[datetime, Seen | FetchError]:
    at = datetime.now(UTC).replace(microsecond=0)
    try:
        return at, fetch_page(door, url)
    except FetchError as error:
        return at, error


def _keep(archive_of_desk: Archive, source: Source, at: datetime, page: Seen | FetchError) -> Archived:
    if isinstance(page, FetchError):
        return Archived(source, "failed", page.what.removeprefix(f"{source.url}: "))
    before = archive_of_desk.of(source.url)
    title, length = _title_and_length(page)
    kept = archive_of_desk.add(source.key, page, at, title=title, text_length=length)
    result: Result = "same" if kept.record == "revisit" else "changed" if before else "new"
    return Archived(source, result, "" if length else "kept, but no text can be read in it", kept)


def _title_and_length(page: Seen) -> tuple[str, int]:
    try:
        document = read_page_text(page.body, page.header("Content-Type"), page.header("Content-Encoding"))
    except DocumentError:
        return "", 0
    return title_of(document), len(text_of(document))


def _no_network() -> FetchError:
    return FetchError(
        f"no page could be fetched: there is no network here ({ALWAYS_THERE} is not known)",
        do="Run it again where there is one.",
    )


def _every(references: References, events: dict[str, Event]) -> dict[str, Source]:
    every: dict[str, Source] = {}
    for key in references.keys():  # noqa: SIM118  (they are no mapping)
        one = references[key]
        if one.url:
            every.setdefault(
                same_page(one.url), Source(key, one.url, one.outlet or one.domain, one.reliability)
            )
    for name, event in events.items():
        reference = references.of_url(event.source_url)
        if reference is not None and _is_page(event.source_url):
            source = Source(
                name, event.source_url, reference.outlet or reference.domain, event.source_grade[:1]
            )
            every.setdefault(same_page(event.source_url), source)
    return every


def _is_page(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def _events(desk: Desk) -> dict[str, Event]:
    if not desk.chronology.is_file():
        return {}
    events = read_chronology(desk.chronology.read_bytes(), desk.chronology, desk.actors, "")
    return {event.dataset_event_id: event for event in events}


def _urls(desk: Desk, name: str, references: References, events: dict[str, Event]) -> Iterator[str]:
    """The addresses that a name stands for."""
    if name.isascii() and name.isdigit() and int(name) in desk.issues():
        for key in _cited(desk, int(name), references):
            yield from _urls_of(key, references, events)
        return
    found = list(_urls_of(name, references, events))
    known = [*references.keys(), *events]
    if not found and name in known:
        raise SourceError(f"'{name}' has no address", at=desk.references)
    if not found:
        do = f"{did_you_mean(name, known)} Or the number of an issue."
        raise SourceError(f"'{name}' is no reference and no event of this desk", do=do)
    yield from found


def _urls_of(key: str, references: References, events: dict[str, Event]) -> Iterator[str]:
    name = key.removeprefix(EVENT)
    if key in references:
        url = references[key].url
    elif name in events:
        url = events[name].source_url
    else:
        every = _every(references, events)
        url = every[same_page(key)].url if same_page(key) in every else ""
    if _is_page(url):
        yield url


def _cited(desk: Desk, number: int, references: References) -> list[str]:
    """What an issue cites, and what its claims rest on."""
    issue = Manuscript(desk.issue(number) / "issue.md").issue(ORIGINAL)
    keys = list(cited_keys(issue))
    for mark in issue_inlines(issue):
        if isinstance(mark, ClaimMark):
            keys += evidence_keys(mark, references)
    if not keys:
        raise ManuscriptError(f"issue {number} cites nothing", at=desk.issue(number) / "issue.md")
    return list(dict.fromkeys(keys))
