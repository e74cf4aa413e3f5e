"""Any Markdown, Word, HTML, PDF or plain-text file into paragraphs with their places."""

from rasad.documents.document import (
    Block,
    BlockKind,
    Document,
    DocumentKind,
    Note,
    Piece,
    Place,
    Problem,
    Property,
    Span,
    SpanKind,
    page_of,
    place_of,
    source_range,
)
from rasad.documents.reading import read_document

__all__ = [
    "Block",
    "BlockKind",
    "Document",
    "DocumentKind",
    "Note",
    "Piece",
    "Place",
    "Problem",
    "Property",
    "Span",
    "SpanKind",
    "page_of",
    "place_of",
    "read_document",
    "source_range",
]
