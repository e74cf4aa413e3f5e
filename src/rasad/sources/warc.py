"""Records of web archives (WARC 1.1): written as they came, read within the bounds of a page."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Any, BinaryIO, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from rasad import __version__
from rasad.errors import SourceError
from rasad.sources.seen import Headers, Seen

LARGEST_PAGE: Final = 20_000_000
"""Bytes of one page; a longer one is not kept, since half a page is no evidence."""

LARGEST_RECORD: Final = LARGEST_PAGE + 1_000_000
_NOT_AS_SENT = ("transfer-encoding",)
"""Headers that speak of the way over the line, which a body that is kept has behind it."""


def begin_file(file: BinaryIO, name: str) -> None:
    """Write the record that says who wrote a file."""
    writer = _writer(file)
    told = {"software": f"rasad/{__version__}", "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record(name, told))


def write_page(
    file: BinaryIO, seen: Seen, date: str, digest: str, *, same_as: tuple[str, str] | None = None
) -> int:
    """Write the redirects to a page, and the page.

    Args:
        file: The file, at its end.
        seen: The page.
        date: When it came, as WARC has it.
        digest: The SHA-256 of its body, in hexadecimal.
        same_as: The address and date of an earlier record with this body, which then is not written again.

    Returns:
        Where the record of the page begins.
    """
    writer = _writer(file)
    for hop in seen.hops:
        http = _http(hop.status, hop.reason, hop.headers)
        writer.write_record(_response(writer, hop.address, b"", http, {"WARC-Date": date}))
    offset = file.tell()
    http = _http(seen.status, seen.reason, seen.headers)
    told = f"sha256:{digest}"
    if same_as is None:
        headers = {"WARC-Date": date, "WARC-Payload-Digest": told}
        record = _response(writer, seen.address, seen.body, http, headers)
    else:
        record = writer.create_revisit_record(
            seen.address, told, *same_as, http_headers=http, warc_headers_dict={"WARC-Date": date}
        )
    writer.write_record(record)
    return offset


def _writer(file: BinaryIO) -> WARCWriter:
    return WARCWriter(file, gzip=True, warc_version="1.1")


def _response(
    writer: WARCWriter, address: str, body: bytes, http: StatusAndHeaders, told: dict[str, str]
) -> Any:  # noqa: ANN401  (the library has no types)
    return writer.create_warc_record(
        address,
        "response",
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=http,
        warc_headers_dict=told,
    )


def _http(status: int, reason: str, headers: Headers) -> StatusAndHeaders:
    kept = [(name, value) for name, value in headers if name.lower() not in _NOT_AS_SENT]
    return StatusAndHeaders(f"{status} {reason}".strip(), kept, protocol="HTTP/1.1")


def read_record(path: Path, offset: int) -> bytes:
    """The body of the record at an offset; the file may be anybody's."""
    try:
        for record in ArchiveIterator(io.BytesIO(_unpacked(path, offset))):
            body: bytes = record.raw_stream.read(LARGEST_PAGE + 1)
            return _all_of(record.raw_stream, body)
    except (OSError, ValueError, OverflowError, ArchiveLoadFailed, EOFError, zlib.error) as error:
        raise SourceError(f"it can't be read at {offset:,} ({error})", at=path) from error
    raise SourceError(f"there is no record at {offset:,}", at=path)


def _unpacked(path: Path, offset: int) -> bytes:
    """A record, which is packed by itself; no more of it than a page can have."""
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    record = bytearray()
    with path.open("rb") as file:
        file.seek(offset)
        while not unpacking.eof and (chunk := file.read(65536)):
            record += unpacking.decompress(chunk, LARGEST_RECORD + 1 - len(record))
            if len(record) > LARGEST_RECORD:
                raise ValueError("it is larger than any page that is kept")
    if not unpacking.eof:
        raise EOFError("it breaks off")
    return bytes(record)


def _all_of(stream: Any, body: bytes) -> bytes:  # noqa: ANN401
    """A body to its end; what a stream gives at a time may be less than asked for."""
    parts, size = [body], len(body)
    while size <= LARGEST_PAGE and (more := stream.read(LARGEST_PAGE + 1 - size)):
        parts.append(more)
        size += len(more)
    return b"".join(parts)
