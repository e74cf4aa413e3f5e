"""Any document into paragraphs with places: the same words from every form, and never a traceback."""

import io
import re
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import docx
import docx.document
import pytest
import typst
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from rasad.documents import Block, Document, page_of, place_of, read_document, source_range
from rasad.documents.building import Lines
from rasad.documents.html import read_page
from rasad.documents.markdown import read_markdown
from rasad.documents.plain import text_blocks
from rasad.documents.word_comments import Comment, write_comments
from rasad.errors import DocumentError

HEADING = "Trade with the neighbours"
PARAGRAPHS = [
    "The minister arrived in the capital on 12 March 2025 and left it two days later without an agreement.",
    "A second paragraph follows. It says that exports of coal fell by 14 percent, and that nobody explained why.",
]
NOTES = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read(folder: Path, name: str, content: str | bytes) -> Document:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_document(path)


def word_bytes(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(word: bytes, name: str, content: str, *, relation: str = "") -> bytes:
    """A Word file with one more part, or one that takes the place of what it had."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if relation and part.filename == "word/_rels/document.xml.rels":
                kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{relation}"
                link = f'<Relationship Id="rId900" Type="{kind}" Target="{name.removeprefix("word/")}"/>'
                data = data.replace(b"</Relationships>", f"{link}</Relationships>".encode())
            if part.filename != name:
                new.writestr(part.filename, data)
        new.writestr(name, content)
    return out.getvalue()


def add_runs(paragraph: Paragraph, *elements: BaseOxmlElement) -> None:
    for element in elements:
        run = OxmlElement("w:r")
        run.append(element)
        paragraph._p.append(run)


def element(tag: str, text: str = "", **attributes: str):
    made = OxmlElement(tag)
    if text:
        made.text = text
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def pdf_bytes(source: str) -> bytes:
    return typst.compile(source.encode())


def words_of(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in document.blocks]


def everything() -> dict[str, str | bytes]:
    word = docx.Document()
    word.add_heading(HEADING, 1)
    for text in PARAGRAPHS:
        word.add_paragraph(text)
    body = "\n\n".join(PARAGRAPHS)
    html = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return {
        "a.md": f"# {HEADING}\n\n{body}\n",
        "a.docx": word_bytes(word),
        "a.html": f"<html><nav>Home | About</nav><h1>{HEADING}</h1>{html}<footer>Us</footer></html>",
        "a.pdf": pdf_bytes(f'#set page(width: 12cm, height: 16cm, numbering: "1")\n= {HEADING}\n{body}'),
    }


# The same words from every form


@pytest.mark.parametrize("name", ["a.md", "a.docx", "a.html", "a.pdf"])
def test_every_reader_gives_the_same_paragraphs(tmp_path: Path, name: str):
    document = read(tmp_path, name, everything()[name])
    assert words_of(document) == [("heading", HEADING), *(("paragraph", text) for text in PARAGRAPHS)]
    assert document.blocks[1].section == (HEADING,)
    assert document.problems == ()


def test_plain_text_joins_lines_and_parts_at_empty_ones(tmp_path: Path):
    wrapped = "\n\n".join(text.replace(" and ", "\nand ") for text in PARAGRAPHS)
    assert words_of(read(tmp_path, "a.txt", wrapped)) == [("paragraph", text) for text in PARAGRAPHS]
    long = "\n".join(text * 2 for text in PARAGRAPHS)
    assert [text for _, text in words_of(read(tmp_path, "b.txt", long))] == [text * 2 for text in PARAGRAPHS]


def test_direction_marks_and_joiners_are_kept(tmp_path: Path):
    text = "وزیر می\u200cخواهد \u2067(\u06f1\u06f4\u06f0\u06f4)\u2069 بیاید."
    for name, content in {"a.md": text, "a.html": f"<p>{text}</p>", "a.txt": text}.items():
        assert read(tmp_path, name, content).blocks[0].text == text


# Places

SOURCE_WORDS = st.text(
    alphabet=st.sampled_from("abزe \n\r\t*_`[]()!<>&;#-|\\^:~{}1.\u200c\u00a0"), max_size=120
)


@settings(max_examples=150, deadline=None)
@given(SOURCE_WORDS)
def test_every_character_of_markdown_stands_where_its_place_says(source: str):
    read = read_markdown(source)
    check_places(source, [*read.blocks, *(block for note in read.notes for block in note.blocks)])


@settings(max_examples=100, deadline=None)
@given(SOURCE_WORDS)
def test_every_character_of_text_stands_where_its_place_says(source: str):
    check_places(source, text_blocks(source))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<b>", "<a href=''>", "</a>", "<li>", "&amp;", "w x", "\n", "<"])
    )
)
def test_every_character_of_html_stands_where_its_place_says(parts: list[str]):
    source = "".join(parts)
    check_places(source, read_page(source).blocks)


def check_places(source: str, blocks: Iterable[Block]):
    lines = source.replace("\r\n", "\n\0").replace("\r", "\n").replace("\n\0", "\r\n").split("\n")
    for block in blocks:
        for piece in block.pieces:
            words = block.text[piece.start : piece.end]
            if piece.is_verbatim and words.strip():
                line, column = place_of(block, piece.start)
                # A reader sees every kind of space as a space.
                seen = re.sub(r"\s", " ", lines[line - 1][column - 1 :])
                assert seen.startswith(re.sub(r"\s", " ", words.rstrip()))
                assert Lines(source).offset(place_of(block, piece.start)) == piece.offset


WORDS = st.lists(
    st.sampled_from(["kabul", "**bold**", "[x](y)", "`code`", "&amp;", "the", "\\*"]), min_size=1
)


@settings(max_examples=80, deadline=None)
@given(WORDS, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "> ", "- ", "# "]), WORDS)
def test_a_fix_written_at_its_place_changes_just_those_words(
    before: list[str], end: str, mark: str, after: list[str]
):
    source = f"Intro.{end}{end}{mark}{' '.join([*before, 'wrongdate', *after])}{end}"
    block = read_markdown(source).blocks[1]
    start = block.text.index("wrongdate")
    begin, stop = source_range(block, start, start + len("wrongdate"))
    fixed = read_markdown(source[:begin] + "right" + source[stop:]).blocks[1]
    assert fixed.text == block.text.replace("wrongdate", "right")


def test_a_place_is_the_line_and_column_of_the_file(tmp_path: Path):
    document = read(tmp_path, "a.md", "---\ntitle: T\n---\n\n# One\n\n> first\n> on **12 March** 2025\n")
    quote = document.blocks[1]
    assert place_of(quote, quote.text.index("12")) == (8, 8)
    assert source_range(quote, quote.text.index("12"), len(quote.text)) is None, "the stars stand between"


def test_a_range_over_an_entity_is_all_of_it_or_nothing():
    block = read_markdown("Trade &amp; aid").blocks[0]
    assert source_range(block, 6, 7) == (6, 11)
    assert source_range(block, 0, 8) == (0, 12)


# Links and notes


def test_links_that_lead_nowhere_are_links_without_a_target(tmp_path: Path):
    md = 'See [x](), [](), [good](http://a.org/ب) <a href="">y</a> and <a>z</a>.'
    links = [span for span in read(tmp_path, "a.md", md).blocks[0].spans if span.kind == "link"]
    assert [(one.target, one.written) for one in links] == [
        ("", "[x]()"),
        ("", "[]()"),
        ("http://a.org/ب", "[good](http://a.org/ب)"),
        ("", '<a href="">y</a>'),
        ("", "<a>z</a>"),
    ]
    html = read(tmp_path, "a.html", '<p><a href="">x</a> <a>y</a> <a name="top"></a><a href="#s">z</a></p>')
    assert [span.target for span in html.blocks[0].spans] == ["", "", "#s"]


def test_markdown_tells_notes_without_text_and_marks_without_notes(tmp_path: Path):
    document = read(
        tmp_path, "a.md", "One[^1] two[^1] three[^9].\n\n[^1]: On 3 April.\n[^2]:\n[^3]: Unused.\n"
    )
    assert document.blocks[0].text == "One two three."
    marks = [span for span in document.blocks[0].spans if span.kind == "footnote-ref"]
    assert [(span.target, span.written, span.start) for span in marks] == [
        ("1", "[^1]", 3),
        ("1", "[^1]", 7),
        ("9", "[^9]", 13),
    ]
    assert [(note.id, note.text, note.marks) for note in document.notes] == [
        ("1", "On 3 April.", 2),
        ("2", "", 0),
        ("3", "Unused.", 0),
    ]
    assert place_of(document.notes[0].blocks[0], 3) == (3, 10)


def test_html_notes_are_found_from_their_raised_links(tmp_path: Path):
    html = (
        '<p>One<sup id="r1"><a href="#n1">1</a></sup> and 5 km<sup>2</sup> two<sup>7</sup>.</p>'
        '<footer class="footnotes"><ol><li id="n1">On 3 April. <a href="#r1">↩</a></li></ol></footer>'
    )
    document = read(tmp_path, "a.html", html)
    assert words_of(document) == [("paragraph", "One and 5 km2 two.")]
    assert [(span.kind, span.target) for span in document.blocks[0].spans] == [
        ("footnote-ref", "n1"),
        ("note-mark", ""),
    ]
    assert [(note.text, note.marks) for note in document.notes] == [("On 3 April.", 1)]


def a_word_file() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Weekly"
    first = document.add_paragraph("It came on ")
    first.add_run("12 March").bold = True
    first.add_run(" 2025")
    add_runs(first, element("w:footnoteReference", id="2"), element("w:footnoteReference", id="9"))
    second = document.add_paragraph("See ")
    for relation in (second.part.relate_to("", RELATIONSHIP_TYPE.HYPERLINK, is_external=True), "rId404"):
        link = element("w:hyperlink")
        link.set(qn("r:id"), relation)
        link.append(element("w:r"))
        link[0].append(element("w:t", "here"))
        second._p.append(link)
    add_runs(
        second, element("w:fldChar", fldCharType="begin"), element("w:instrText", 'HYPERLINK "https://a.org"')
    )
    add_runs(second, element("w:fldChar", fldCharType="separate"), element("w:t", "site"))
    add_runs(second, element("w:fldChar", fldCharType="end"))
    document.add_paragraph("First item", style="List Bullet")
    document.add_table(1, 1).cell(0, 0).text = "A cell"
    document.add_page_break()
    document.add_paragraph("On the next page")
    notes = (
        f'<w:footnotes xmlns:w="{NOTES}"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>Seen on 3 April.</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="3"><w:p/></w:footnote></w:footnotes>'
    )
    return with_part(word_bytes(document), "word/footnotes.xml", notes, relation="footnotes")


def test_word_gives_its_links_notes_kinds_and_pages(tmp_path: Path):
    document = read(tmp_path, "a.docx", a_word_file())
    assert words_of(document) == [
        ("paragraph", "It came on 12 March 2025"),
        ("paragraph", "See hereheresite"),
        ("list-item", "First item"),
        ("table-cell", "A cell"),
        ("paragraph", "On the next page"),
    ]
    links = [(span.target, span.written) for span in document.blocks[1].spans]
    assert links == [("", "here"), ("", "here"), ("https://a.org", "site")]
    marks = [span.target for span in document.blocks[0].spans if span.kind == "footnote-ref"]
    assert marks == ["footnote-2", "footnote-9"]
    assert [(note.text, note.marks) for note in document.notes] == [("Seen on 3 April.", 1), ("", 0)]
    assert document.notes[0].place == (1, 25)
    assert (document.blocks[0].page, document.blocks[-1].page) == (1, 2)
    assert document.about("title") == "Weekly"


def test_a_word_comment_stands_on_exactly_the_words_it_speaks_of(tmp_path: Path):
    document = read(tmp_path, "a.docx", a_word_file())
    block = document.blocks[0]
    spoken = ["2025", "on 12", "March 2025", "me", "It"]
    comments = [
        Comment(block, at, at + len(words), words) for words in spoken if (at := block.text.index(words)) >= 0
    ]
    comments.append(Comment(document.notes[0].blocks[0], 0, 4, "in the note"))
    out = tmp_path / "out.docx"
    assert write_comments(document.path, out, comments, author="check") == len(comments)
    again = read_document(out)
    assert words_of(again) == words_of(document)
    found = [span for span in again.blocks[0].spans if span.kind == "comment"]
    told = {span.target: again.blocks[0].text[span.start : span.end] for span in found}
    assert told | {"in the note": ""} == {**{words: words for words in spoken}, "in the note": ""}
    assert len(docx.Document(str(out)).comments) == len(comments)


def test_what_was_deleted_from_a_word_file_is_not_read(tmp_path: Path):
    document = docx.Document()
    paragraph = document.add_paragraph("Kept")
    deleted, added = element("w:del"), element("w:ins")
    for change, tag, text in ((deleted, "w:delText", " gone"), (added, "w:t", " new")):
        change.append(element("w:r"))
        change[0].append(element(tag, text))
        paragraph._p.append(change)
    assert read(tmp_path, "a.docx", word_bytes(document)).blocks[0].text == "Kept new"


# PDF

LONG = "The extraordinarily complicated negotiations about counterterrorism went on for many weeks in the capital"


def test_a_pdf_paragraph_goes_on_over_the_page_without_hyphens_heads_and_notes(tmp_path: Path):
    source = f"""
    #set page(width: 9cm, height: 7cm, header: [The Weekly No. 5], numbering: "1")
    #set text(lang: "en", hyphenate: true)
    #set par(justify: true)
    It began here.#footnote[Seen on 3 April.] {" ".join([LONG] * 9)}.
    """
    document = read(tmp_path, "a.pdf", pdf_bytes(source))
    text = f"It began here. {' '.join([LONG] * 9)}."
    assert words_of(document) == [("paragraph", text)]
    assert [(note.text, note.marks) for note in document.notes] == [("Seen on 3 April.", 1)]
    assert page_of(document.blocks[0], 0) == 1
    assert page_of(document.blocks[0], len(text) - 1) > 1


def test_links_of_a_pdf_are_kept(tmp_path: Path):
    document = read(tmp_path, "a.pdf", pdf_bytes('See #link("https://a.org/x")[the page] for more.'))
    (span,) = document.blocks[0].spans
    assert (document.blocks[0].text[span.start : span.end], span.target) == ("the page", "https://a.org/x")


def test_a_pdf_of_pictures_is_told_in_one_line(tmp_path: Path):
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
    refused(tmp_path, "a.pdf", pdf_bytes(f'#image(bytes("{svg}"), format: "svg", alt: "x")'), "no text")


# Front matter and the page around the text


def test_front_matter_is_told_as_it_is_written_and_is_no_text(tmp_path: Path):
    document = read(tmp_path, "a.md", "---\ntitle: 'A: b'\ndate: 2025-03-12\nlang: fa\n---\nText.\n")
    assert words_of(document) == [("paragraph", "Text.")]
    assert [(one.name, one.value, one.place) for one in document.meta][:2] == [
        ("title", "A: b", (2, 8)),
        ("date", "2025-03-12", (3, 7)),
    ]
    assert document.language_hints == ("fa",)


@pytest.mark.parametrize("front", ["---\na: b: c\n---\n", "---\ntitle: [\n\n", "---\na: &x [*x, *x\n---\n"])
def test_broken_front_matter_is_a_problem_and_the_text_is_read(tmp_path: Path, front: str):
    document = read(tmp_path, "a.md", f"{front}\nText.\n")
    assert words_of(document) == [("paragraph", "Text.")]
    assert [problem.code for problem in document.problems] == ["front-matter"]


def test_html_leaves_out_what_stands_around_the_text_and_what_is_not_shown(tmp_path: Path):
    html = (
        "<html lang='ps'><title>T</title><script>alert('<p>x</p>')</script><style>p {}</style><nav>Menu</nav>"
        "<div class='sidebar'>Aside</div><main><h2>H</h2><p hidden>no</p><p>Words<!-- not --> here</p></main></html>"
    )
    document = read(tmp_path, "a.html", html)
    assert words_of(document) == [("heading", "H"), ("paragraph", "Words here")]
    assert document.about("title") == "T"
    assert document.language_hints == ("ps",)


# Hostile input


def refused(folder: Path, name: str, content: str | bytes, words: str) -> None:
    with pytest.raises(DocumentError) as told:
        read(folder, name, content)
    assert words in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", "only text", "it is not a Word file"),
        ("a.docx", b"", "it is empty"),
        ("a.docx", b"PK\x03\x04 and no more", "it is not a Word file"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(99), "password"),
        ("a.pdf", "only text", "it is not a PDF"),
        ("a.pdf", b"%PDF-1.7\nbroken", "broken"),
        ("a.txt", bytes(range(1, 32)) * 99, "no text that can be read"),
        ("a.rtf", "{\\rtf1 x}", "rich text"),
        ("a.png", b"\x89PNG\r\n", "a picture"),
    ],
)
def test_what_is_no_document_is_told_in_one_line(tmp_path: Path, name: str, content: str | bytes, words: str):
    refused(tmp_path, name, content, words)


def test_a_folder_and_a_missing_file_are_told_in_one_line(tmp_path: Path):
    for path, words in ((tmp_path, "it is a folder"), (tmp_path / "none.md", "there is no such file")):
        with pytest.raises(DocumentError, match=words):
            read_document(path)


def test_a_file_that_is_too_large_is_not_opened_to_the_end(tmp_path: Path):
    for name, head, words in (("a.md", b"# x", "10 MB"), ("a.docx", b"PK\x03\x04", "100 MB")):
        path = tmp_path / name
        with path.open("wb") as file:
            file.write(head)
            file.truncate(200_000_000)
        with pytest.raises(DocumentError, match=words):
            read_document(path)


@pytest.mark.parametrize(
    ("name", "content"), [("a.md", "a\n\n"), ("b.md", "|"), ("a.html", "<p>"), ("a.txt", "a\n")]
)
def test_a_file_of_nothing_but_marks_is_refused(tmp_path: Path, name: str, content: str):
    refused(tmp_path, name, content * 400_000, "300,000 lines and marks")


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path):
    word = word_bytes(docx.Document())
    refused(
        tmp_path,
        "a.docx",
        with_part(word, "word/document.xml", "<a>" + " " * 30_000_000 + "</a>"),
        "grows more",
    )
    refused(tmp_path, "b.docx", with_part(word, "word/media/x.xml", "0" * 2_000_000), "grows more")


@pytest.mark.parametrize(
    "entity",
    [
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY b "lol"><!ENTITY a "' + "&b;" * 1000 + '">',
    ],
)
def test_entities_in_a_word_file_are_never_resolved(tmp_path: Path, entity: str):
    text = f'<w:document xmlns:w="{NOTES}"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'
    part = with_part(word_bytes(docx.Document()), "word/document.xml", f"<!DOCTYPE x [{entity}]>{text}")
    refused(tmp_path, "a.docx", part, "entities")


def test_a_zip_that_is_no_word_file_and_a_broken_part_are_told(tmp_path: Path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("x.txt", "x")
    refused(tmp_path, "a.docx", out.getvalue(), "no Word file")
    refused(
        tmp_path, "b.docx", with_part(word_bytes(docx.Document()), "word/document.xml", "<a><b>"), "broken"
    )


@pytest.mark.parametrize(
    ("encoding", "noted"),
    [("utf-8", 0), ("utf-8-sig", 0), ("utf-16", 0), ("utf-16-le", 1), ("cp1256", 1)],
)
def test_encodings_are_read_and_told_where_they_are_a_guess(tmp_path: Path, encoding: str, noted: int):
    text = "رئيس الحكومة زار العاصمة يوم 12"
    document = read(tmp_path, "a.txt", text.encode(encoding))
    assert document.blocks[0].text == text
    assert [problem.code for problem in document.problems] == ["encoding"] * noted


def test_null_and_broken_bytes_are_problems_and_not_the_end(tmp_path: Path):
    document = read(tmp_path, "a.md", b"One\0two \xd8\xa7\xd8\xa7" + b"\xd8\xa7" * 300 + b" \xff end")
    assert document.blocks[0].text.startswith("One\ufffdtwo")
    assert {problem.code for problem in document.problems} == {"null", "encoding"}
    assert document.encoding is None


@pytest.mark.parametrize(
    "content",
    [
        "<" * 50_000,
        "<div>" * 20_000,
        "<b>" * 9_000 + "<p>x" * 9_000,
        "<a " + " " * 90_000,
        "<!--" * 20_000,
        "&a" * 50_000,
    ],
)
def test_html_made_to_be_slow_is_read(tmp_path: Path, content: str | bytes):
    assert read(tmp_path, "a.html", content).kind == "html"


@pytest.mark.parametrize(
    "content", ["[" * 60_000, "> " * 9_000 + "x", "*a " * 40_000, "a\n" * 20_000, "[^" * 40_000]
)
def test_markdown_made_to_be_slow_is_read(tmp_path: Path, content: str | bytes):
    assert read(tmp_path, "a.md", content).kind == "markdown"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([".md", ".html", ".txt", ".docx", ".xyz"]))
def test_no_bytes_end_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, content: str | bytes, suffix: str
):
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(content)
    with suppress(DocumentError):
        read_document(path)
