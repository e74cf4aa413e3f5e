"""Blocks and inlines as HTML: every text is escaped here, and nowhere else is HTML made of text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup, escape

from rasad.editions.charts.drawing import Drawing
from rasad.editions.edition import Edition
from rasad.editions.web.analysis import analysis_html
from rasad.model.claim import Quote
from rasad.model.event import Event
from rasad.model.issue import (
    EVENT,
    ActorMark,
    Analysis,
    Block,
    Box,
    Citation,
    ClaimMark,
    DateMark,
    Emphasis,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Link,
    Listing,
    MeasureMark,
    Note,
    Paragraph,
    Part,
    Recommendation,
    Strong,
    Table,
    Text,
    Verbatim,
)

SAFE_LINKS = ("http://", "https://", "mailto:", "#")


class Html:
    """Renders the blocks of one edition; notes are gathered on the way."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.notes: list[Markup] = []
        self._figure_numbers = edition.figures()
        self._begins = _begins(edition)
        self._on_first_page = False

    # ---- blocks -------------------------------------------------------------

    def blocks(self, blocks: Sequence[Block]) -> Markup:
        """A run of blocks."""
        return Markup("\n").join(self.block(block) for block in blocks)

    def block(self, block: Block) -> Markup:
        """One block."""
        renderers: dict[type, Callable[..., Markup]] = {
            Heading: self._heading,
            Paragraph: self._paragraph,
            Listing: self._listing,
            Table: self._table,
            Figure: self._figure,
            Recommendation: self._recommendation,
            Box: self._box,
            Analysis: lambda block: analysis_html(block, self),
        }
        return renderers[type(block)](block)

    def _heading(self, block: Heading) -> Markup:
        level = min(block.level + 1, 6)
        text = self.inlines(block.children)
        return Markup('<h{0} id="{1}">{2}</h{0}>').format(level, block.section, text)

    def _paragraph(self, block: Paragraph) -> Markup:
        return Markup("<p>{}</p>").format(self.inlines(block.children))

    def _listing(self, block: Listing) -> Markup:
        entries = (Markup("<li>{}</li>").format(self._entry(entry)) for entry in block.entries)
        whole = Markup("<ol>{}</ol>") if block.numbered else Markup("<ul>{}</ul>")
        return whole.format(Markup("\n").join(entries))

    def _entry(self, blocks: Sequence[Block]) -> Markup:
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            return self.inlines(blocks[0].children)
        return self.blocks(blocks)

    def _table(self, block: Table) -> Markup:
        head = Markup("").join(
            Markup('<th scope="col">{}</th>').format(self.inlines(cell)) for cell in block.header
        )
        rows = Markup("\n").join(self._row(row) for row in block.rows)
        return Markup(
            '<div class="scroll" tabindex="0"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
        ).format(head, rows)

    def _row(self, cells: tuple[tuple[Inline, ...], ...]) -> Markup:
        first, *others = cells
        written = [Markup('<th scope="row">{}</th>').format(self.inlines(first))]
        written += [Markup("<td>{}</td>").format(self.inlines(cell)) for cell in others]
        return Markup("<tr>{}</tr>").format(Markup("").join(written))

    def _figure(self, block: Figure) -> Markup:
        drawing = self.edition.drawings[block.figure_id]
        number = self.edition.number(self._figure_numbers[block.figure_id])
        body = self._chart(drawing) if block.kind == "figure" else self._computed_table(drawing)
        return Markup(
            '<figure id="{}">{}<figcaption><b>{}.</b> {} <a class="data" href="../data/{}.csv">{}</a>'
            "</figcaption></figure>"
        ).format(
            block.figure_id,
            body,
            self.edition.words(block.kind, n=number),
            self.inlines(block.caption),
            block.figure_id,
            self.edition.words("data_csv"),
        )

    def _chart(self, drawing: Drawing) -> Markup:
        """The SVG is our own drawing; its texts were escaped when it was drawn."""
        if not drawing.svg:
            return Markup('<p class="empty">{}</p>').format(self.edition.words("no_step_yet"))
        svg = drawing.svg[drawing.svg.index("<svg") :]
        return Markup('<div class="chart" role="img" aria-label="{}">{}</div>').format(
            drawing.alt,
            Markup(svg),  # noqa: S704
        )

    def _computed_table(self, drawing: Drawing) -> Markup:
        words = self.edition.words
        names = (drawing.first_column, "col_date", "col_event", "col_source")
        head = Markup("").join(Markup('<th scope="col">{}</th>').format(words(name)) for name in names)
        rows = Markup("\n").join(self._step_row(name, event) for name, event in drawing.table)
        return Markup(
            '<div class="scroll" tabindex="0"><table class="steps"><thead><tr>{}</tr></thead>'
            "<tbody>{}</tbody></table></div>"
        ).format(head, rows)

    def _step_row(self, name: str, event: Event | None) -> Markup:
        if event is None:
            none = self.edition.words("no_step_yet")
            return Markup('<tr class="none"><th scope="row">{}</th><td colspan="3">{}</td></tr>').format(
                name, none
            )
        return Markup('<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>').format(
            name,
            self.edition.event_date(event),
            self.event_text(event),
            self._citation(Citation((EVENT + event.dataset_event_id,), None)),  # type: ignore[arg-type]
        )

    def _recommendation(self, block: Recommendation) -> Markup:
        return Markup('<div class="recommendation" id="{0}">{1}<p class="rests">{2}: {3}</p></div>').format(
            block.recommendation_id,
            self.blocks(block.blocks),
            self.edition.words("rests_on"),
            Markup(" ").join(self.claim_link(finding) for finding in block.findings),
        )

    def _box(self, block: Box) -> Markup:
        if block.kind == "quote":
            return Markup("<blockquote>{}</blockquote>").format(self.blocks(block.blocks))
        self._on_first_page = True
        inside = self.blocks(block.blocks)
        self._on_first_page = False
        return Markup('<div class="box {}">{}</div>').format(block.kind, inside)

    # ---- inlines ------------------------------------------------------------

    def inlines(self, inlines: Sequence[Inline]) -> Markup:
        """A run of inlines."""
        return Markup("").join(self._inline(inline) for inline in inlines)

    def _inline(self, inline: Inline) -> Markup:
        """One inline, with a mark before each sentence that begins in it and is no claim."""
        begun = self._begins.get(id(inline), [])
        if not begun:
            return self._rendered(inline)
        if not isinstance(inline, Text):
            return Markup("").join([*(_begin(name) for _, name in begun), self._rendered(inline)])
        parts, at = [], 0
        for offset, name in begun:
            parts += [escape(inline.text[at:offset]), _begin(name)]
            at = offset
        return Markup("").join([*parts, escape(inline.text[at:])])

    def _rendered(self, inline: Inline) -> Markup:
        renderers: dict[type, Callable[..., Markup]] = {
            Text: lambda text: escape(text.text),
            LineBreak: lambda _: Markup("<br>"),
            Strong: lambda strong: Markup("<strong>{}</strong>").format(self.inlines(strong.children)),
            Emphasis: lambda em: Markup("<em>{}</em>").format(self.inlines(em.children)),
            Verbatim: lambda words: Markup("<bdi>{}</bdi>").format(self.inlines(words.children)),
            Link: self._link,
            Citation: self._citation,
            Note: self._note,
            DateMark: self._date,
            ActorMark: lambda mark: escape(self.edition.numbers.write_actor(mark, self.edition.lang.code)),
            MeasureMark: self._measure,
            ClaimMark: self._claim,
            Part: lambda part: self.inlines(part.children),
        }
        return renderers[type(inline)](inline)

    def _link(self, link: Link) -> Markup:
        text = self.inlines(link.children)
        if not link.href.startswith(SAFE_LINKS):
            return text
        return Markup('<a href="{}" rel="noopener">{}</a>').format(link.href, text)

    def _date(self, mark: DateMark) -> Markup:
        iso = mark.day.isoformat()[: 7 if mark.form == "month" else 10]
        text = self.edition.numbers.write_date(mark, self.edition.lang.code)
        return Markup('<time datetime="{}">{}</time>').format(iso, self._own(text))

    def _measure(self, mark: MeasureMark) -> Markup:
        claim = self.edition.measure_of(mark)
        text: Markup | str = self.inlines(mark.children)
        if not mark.children:
            text = self._own(self.edition.numbers.print(mark, self.edition.lang.code))
        return Markup('<a class="measure" href="#{0}" data-opens="{0}">{1}</a>').format(
            claim.measure_id, text
        )

    def _citation(self, citation: Citation) -> Markup:
        marks = []
        for key in dict.fromkeys(citation.keys):
            number = self.edition.citation_number(key)
            opens = f"event-{key.removeprefix(EVENT)}" if key.startswith(EVENT) else f"ref-{number}"
            marks.append(
                Markup('<a href="#{0}" data-opens="{0}">{1}</a>').format(opens, self.edition.number(number))
            )
        separator = Markup("{}").format(self.edition.lang.comma)
        return Markup('<span class="cite">{}</span>').format(
            self._own(Markup("[{}]").format(separator.join(marks)))
        )

    def _note(self, note: Note) -> Markup:
        number = len(self.notes) + 1
        self.notes.append(Markup(""))
        self.notes[number - 1] = self.inlines(note.children)
        return Markup(
            '<sup class="note" id="note-mark-{0}"><a href="#note-{0}" role="doc-noteref">{1}</a></sup>'
        ).format(number, self.edition.number(number))

    def _claim(self, mark: ClaimMark) -> Markup:
        claim = self.edition.ledger.claim(mark.claim_id)
        tags = [self._tag(claim.claim_id, "kind", self.edition.words(f"kind_{claim.kind}"))]
        if claim.likelihood:
            tags = [self._tag(claim.claim_id, "likelihood", self.edition.likelihood_range(claim))]
        if claim.confidence and self._on_first_page:
            tags.append(self._tag(claim.claim_id, "confidence", self.edition.confidence_line(claim)))
        return Markup('<span class="claim {0}" id="{1}" data-opens="claim-{1}">{2}</span>{3}').format(
            mark.kind, mark.claim_id, self.inlines(mark.children), Markup("").join(tags)
        )

    def _tag(self, claim_id: str, kind: str, text: str) -> Markup:
        return Markup(' <a class="tag {1}" href="#claim-{0}" data-opens="claim-{0}">{2}</a>').format(
            claim_id, kind, self._own(text)
        )

    def _own(self, text: Markup | str) -> Markup:
        """What the edition itself writes, in its own direction: digits alone would count as left to right."""
        return Markup('<bdi dir="{}">{}</bdi>').format(self.edition.lang.direction, text)

    # ---- what cards share ---------------------------------------------------

    def claim_link(self, claim_id: str) -> Markup:
        """A short link to the card of a claim."""
        return Markup('<a class="ref" href="#claim-{0}" data-opens="claim-{0}"><bdi>{1}</bdi></a>').format(
            claim_id, claim_id.upper()
        )

    def event_link(self, name: str) -> Markup:
        """A short link to the card of an event."""
        return Markup('<a class="ref" href="#event-{0}" data-opens="event-{0}"><bdi>{0}</bdi></a>').format(
            name
        )

    def event_text(self, event: Event) -> Markup:
        """The sentence of an event, marked as English where it is not translated."""
        text, translated = self.edition.event_text(event)
        if translated:
            return escape(text)
        return Markup('<span lang="en" dir="ltr">{}</span>').format(text)

    def quote(self, quote: Quote) -> Markup:
        """The words of a source, with what stands before and after them."""
        before, after = (
            f"{quote.prefix} " if quote.prefix else "",
            f" {quote.suffix}" if quote.suffix else "",
        )
        return Markup('<q><span class="hint">{}</span>{}<span class="hint">{}</span></q>').format(
            before, quote.exact, after
        )

    def sentence(self, texts: Mapping[str, str]) -> Markup:
        """A sentence in the language of the edition, or as the original has it where the translation leaves it out."""
        lang = self.edition.lang.code
        if texts.get(lang):
            return escape(texts[lang])
        return Markup('<span lang="en" dir="ltr">{}</span>').format(texts.get(self.edition.original, ""))


def _begins(edition: Edition) -> dict[int, list[tuple[int, str]]]:
    """Where sentences begin that are no claims: by the identity of an inline, letters of it and the sentence's id."""
    found: dict[int, list[tuple[int, str]]] = {}
    for told in edition.ledger.told:
        own = told.by_language[edition.lang.code]
        if own and told.claim is None:
            found.setdefault(id(own[0].begins), []).append((own[0].offset, told.sentence_id))
    return found


def _begin(name: str) -> Markup:
    return Markup('<span class="begins" id="{}"></span>').format(name)
