"""What the elements of HTML mean to a reader: blocks, what is not shown, what is not the text."""

from __future__ import annotations

import re

from rasad.documents.document import BlockKind
from rasad.documents.html_tokens import Tag

KINDS: dict[str, BlockKind] = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    "li": "list-item",
    "dt": "list-item",
    "dd": "list-item",
    "td": "table-cell",
    "th": "table-cell",
    "blockquote": "quote",
    "pre": "code",
    "caption": "caption",
    "figcaption": "caption",
}

BLOCKS = frozenset(
    {*KINDS, "address", "article", "aside", "body", "center", "details", "dialog", "div", "dl", "fieldset"}
    | {"figure", "footer", "form", "head", "header", "hgroup", "hr", "html", "legend", "main", "menu", "nav"}
    | {
        "noscript",
        "ol",
        "option",
        "p",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "template",
    }
    | {"tfoot", "thead", "tr", "ul"}
)

CLOSES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "td": (frozenset({"td", "th"}), frozenset({"table"})),
    "th": (frozenset({"td", "th"}), frozenset({"table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
}
"""Elements whose start ends another that was left open: which, and inside of which."""

SPANS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}

_UNSEEN = frozenset(
    {"audio", "button", "canvas", "datalist", "embed", "iframe", "math", "noembed", "noframes", "noscript"}
    | {"object", "script", "select", "style", "svg", "template", "textarea", "video", "xmp"}
)
_AROUND = frozenset({"nav", "aside", "footer", "search", "dialog"})
_AROUND_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "menu"}
)
_AROUND_WORDS = frozenset(
    {
        "nav",
        "navbar",
        "navigation",
        "menu",
        "sidebar",
        "breadcrumb",
        "breadcrumbs",
        "cookie",
        "cookies",
        "share",
    }
    | {
        "sharing",
        "social",
        "related",
        "advert",
        "ads",
        "banner",
        "newsletter",
        "subscribe",
        "comments",
        "footer",
    }
    | {"masthead", "skip-link", "skiplink", "pagination", "site-header", "site-footer", "toc"}
)
_NOTE_WORDS = re.compile(r"(?:foot|end)-?notes?|doc-(?:footnote|endnotes?)|mso-(?:foot|end)note")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def is_unseen(tag: Tag) -> bool:
    """Whether a browser shows nothing of it."""
    attributes = tag.attributes
    return (
        tag.name in _UNSEEN
        or "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or _HIDDEN_STYLE.search(attributes.get("style", "")) is not None
    )


def holds_notes(tag: Tag) -> bool:
    """Whether its class, id, role or style says that it holds notes."""
    names = ("class", "id", "role", "style", "epub:type")
    return any(_NOTE_WORDS.search(tag.attributes.get(name, "").lower()) is not None for name in names)


def is_around(tag: Tag, *, in_article: bool) -> bool:
    """Whether it is what pages have around their text: menus, footers, neighbours."""
    if tag.name not in BLOCKS or holds_notes(tag) or tag.name in {"html", "body", "main", "article"}:
        return False
    words = f"{tag.attributes.get('class', '')} {tag.attributes.get('id', '')}".lower().split()
    return (
        (tag.name in _AROUND and not (in_article and tag.name != "nav"))
        or tag.attributes.get("role", "") in _AROUND_ROLES
        or not _AROUND_WORDS.isdisjoint(words)
    )
