"""Telegram's HTML, what it finds in plain text, and the safe HTML that the page shows."""

import pytest

from bot.sandbox.entities import format_text
from bot.sandbox.entities.render import render
from bot.sandbox.errors import ApiError


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain &lt;b&gt; &amp;amp; &#128512;&#x41;", "plain <b> &amp; 😀A", []),
        ("<b>a</b>", "a", [("bold", 0, 1)]),
        ("😀<b>a</b>", "😀a", [("bold", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<STRONG>a</STRONG><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<b></b>x", "x", []),
        ("<u>a</u><s>b</s>", "ab", [("underline", 0, 1), ("strikethrough", 1, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("  \n<b> a </b> \n", "a", [("bold", 0, 1)]),
        ("<code>/start</code>", "/start", [("code", 0, 6)]),
        ("<b>a</>", "a", [("bold", 0, 1)]),
    ],
)
def test_html(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    parsed, found = format_text(source, "HTML")
    assert parsed == text
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in found] == entities


def test_links_and_languages() -> None:
    _, links = format_text('<a href="https://a.b/?x=1&amp;y=2">here</a>', "html")
    assert links == [{"type": "text_link", "offset": 0, "length": 4, "url": "https://a.b/?x=1&y=2"}]
    _, code = format_text('<pre><code class="language-python">x = 1</code></pre>', "HTML")
    assert code == [{"type": "pre", "offset": 0, "length": 5, "language": "python"}]


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("ü<foo>", 'Unsupported start tag "foo" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_complaints(source: str, complaint: str) -> None:
    with pytest.raises(ApiError) as refused:
        format_text(source, "HTML")
    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"


def test_what_is_found_in_plain_text() -> None:
    text = "/imagine@fox_bot a fox, ask @alice or me@mail.example #art https://a.b/c). and/or 1/2 /no-"
    _, found = format_text(text)
    parts = {entity["type"]: text[entity["offset"] : entity["offset"] + entity["length"]] for entity in found}
    assert parts == {
        "bot_command": "/no",
        "mention": "@alice",
        "email": "me@mail.example",
        "hashtag": "#art",
        "url": "https://a.b/c",
    }
    assert found[0] == {"type": "bot_command", "offset": 0, "length": 16}


def test_the_page_gets_safe_html() -> None:
    text, entities = format_text('<b>1 &lt; 2 &amp; "x"</b> <a href="tg://user?id=1">me</a> <code>a</code>', "HTML")
    assert render(text, entities) == "<b>1 &lt; 2 &amp; &quot;x&quot;</b> me <code>a</code>"
    assert render("<script>alert(1)</script>", []) == "&lt;script&gt;alert(1)&lt;/script&gt;"
    link = [{"type": "text_link", "offset": 0, "length": 1, "url": 'https://a.b/"><script>'}]
    assert '"><script>' not in render("x", link)
    assert "javascript" not in render("x", [{**link[0], "url": "javascript:alert(1)"}])


def test_overlapping_entities_nest() -> None:
    overlapping = [{"type": "bold", "offset": 0, "length": 3}, {"type": "italic", "offset": 2, "length": 3}]
    assert render("abcde", overlapping) == "<b>ab<i>c</i></b><i>de</i>"


def test_a_block_ends_its_line() -> None:
    quote = [{"type": "blockquote", "offset": 0, "length": 1}]
    assert render("a\nb", quote) == "<blockquote>a</blockquote>b"
    assert render("a\n\nb", quote) == "<blockquote>a</blockquote>\nb"
    beyond = [{"type": "bold", "offset": 3, "length": 30}]
    assert render("abcde", beyond) == "abcde"
