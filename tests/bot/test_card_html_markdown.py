"""Discord's markdown as HTML: what Discord shows, and never more than that."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.cards.analysis import safe_name
from bot.cards.html.inline import inline_html
from bot.cards.html.markdown import markdown_html
from bot.cards.track_words import linked
from bot.text import printable
from tests.bot.html_checks import INLINE, MARKDOWN, read

SIGNS = "*_~`[]()<>\\#@!&:/.-•|█░\"' \n"

MANY = 30_000

A = 'rel="noopener noreferrer nofollow" target="_blank"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**bold** and *it* and _it_", "<strong>bold</strong> and <em>it</em> and <em>it</em>"),
        ("__under__ ~~gone~~", "<u>under</u> <s>gone</s>"),
        ("***both***", "<strong><em>both</em></strong>"),
        ("**a *b***", "<strong>a <em>b</em></strong>"),
        ("*a **b***", "<em>a <strong>b</strong></em>"),
        ("*a**b**c*", "<em>a<strong>b</strong>c</em>"),
        ("___x___", "<u><em>x</em></u>"),
        # CommonMark would not make these bold.
        ("は**AC/DC (live)**を", "は<strong>AC/DC (live)</strong>を"),
        ("**「1」**は", "<strong>「1」</strong>は"),
        ("**a\nb**", "<strong>a<br>b</strong>"),
        # What only looks like marks.
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("one_two_three.mp3", "one_two_three.mp3"),
        ("**open", "**open"),
        ("a** b", "a** b"),
        ("****", "****"),
        ("____ ~~~ ~", "____ ~~~ ~"),
        ("**a *b** c*", "<strong>a *b</strong> c*"),
        (r"\*a\* \_b\_ \\ \<", "*a* _b_ \\ &lt;"),
        (r"¯\\\_(ツ)\_/¯", r"¯\_(ツ)_/¯"),
        (r"a\b", r"a\b"),
        # Code.
        ("`a*b*` `` c`d ``", "<code>a*b*</code> <code>c`d</code>"),
        ("`open", "`open"),
        (r"\`a`", "`a`"),
        ("`█░░` 40%", '<code aria-hidden="true">█░░</code> 40%'),
        ("██░ 73%", '<span class="blocks" aria-hidden="true">██░</span> 73%'),
        # Not HTML.
        ("<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"),
        # Links.
        ("[a *b*](https://c.example/d?e=1&f=2)", f'<a href="https://c.example/d?e=1&amp;f=2" {A}>a <em>b</em></a>'),
        ("[a](javascript:x) [b](data:x) [c](//d)", "[a](javascript:x) [b](data:x) [c](//d)"),
        ("[](https://a.example", f'[](<a href="https://a.example" {A}>https://a.example</a>'),
        ("[a] [b](https://c.d)", f'[a] <a href="https://c.d" {A}>b</a>'),
        ("*[a* b](https://c.d)", f'<em>[a</em> b](<a href="https://c.d" {A}>https://c.d</a>)'),
        ("[*a](https://c.d)*", f'<a href="https://c.d" {A}>*a</a>*'),
        ("<https://a.b/c>", f'<a href="https://a.b/c" {A}>https://a.b/c</a>'),
        ("(https://a.b/c).", f'(<a href="https://a.b/c" {A}>https://a.b/c</a>).'),
        ("https://a.b/c_(d)_e", f'<a href="https://a.b/c_(d)_e" {A}>https://a.b/c_(d)_e</a>'),
        ("**https://a.b**", f'<strong><a href="https://a.b" {A}>https://a.b</a></strong>'),
        ("https://", "https://"),
        # A link that shows an address leads there.
        (
            "[https://a.b](https://c.d)",
            f'[<a href="https://a.b" {A}>https://a.b</a>](<a href="https://c.d" {A}>https://c.d</a>)',
        ),
        # Names and times.
        ("<@123456> <@!7>", '<span class="mention">@One</span> <span class="mention">@…0007</span>'),
        ("<#123456> <@&7>", '<span class="mention">#One</span> <span class="mention">@…0007</span>'),
        ("<@x> <#> <t:> <t:1:X>", "&lt;@x&gt; &lt;#&gt; &lt;t:&gt; &lt;t:1:X&gt;"),
        ("</playlist add:1>", "<code>/playlist add</code>"),
        ("<t:0:R>", '<time datetime="1970-01-01T00:00:00Z" data-style="R">1970-01-01 00:00 UTC</time>'),
        ("<t:86400:D>", '<time datetime="1970-01-02T00:00:00Z" data-style="D">1970-01-02</time>'),
        ("<t:-1>", '<time datetime="1969-12-31T23:59:59Z" data-style="f">1969-12-31 23:59 UTC</time>'),
        ("<t:9999999999999:F>", "&lt;t:9999999999999:F&gt;"),
        # What no page can hold.
        ("\ud800\0", "??"),
    ],
)
def test_what_stands_in_a_line(text: str, html: str) -> None:
    made = inline_html(text, name_of={"123456": "One"}.get)
    assert str(made) == html
    read(made, INLINE)
    assert markdown_html(text, name_of={"123456": "One"}.get) == f"<p>{html}</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("• a\n• **b**\n- c\n\nd", "<ul><li>a</li><li><strong>b</strong></li><li>c</li></ul><p>d</p>"),
        ("a\n-# small\nb", "<p>a</p><p><small>small</small></p><p>b</p>"),
        ("> a\n> b\nc", "<blockquote><p>a<br>b</p></blockquote><p>c</p>"),
        ("# a\n## b\n#c\n#### d", "<h3>a</h3><h4>b</h4><p>#c<br>#### d</p>"),
        (r"\# a", "<p># a</p>"),
        (r"\- a", "<p>- a</p>"),
        ("a\n```\n<b>  *c*\n```\nd", "<p>a</p><pre><code>&lt;b&gt;  *c*</code></pre><p>d</p>"),
        ("```py\nx\n``````y```", "<pre><code>x</code></pre><pre><code>y</code></pre>"),
        ("``````", "<p>``````</p>"),
        ("```open", "<p>```open</p>"),
        ("1. a\n2. b", "<p>1. a<br>2. b</p>"),
    ],
)
def test_blocks(text: str, html: str) -> None:
    made = markdown_html(text)
    assert str(made) == html
    read(made, MARKDOWN)


@given(
    st.text()
    | st.text(st.sampled_from(SIGNS + "ahtps1"))
    | st.lists(
        st.sampled_from(
            (*SIGNS, "https://a.b", "](https://c.d)", "```", "**", "<@1>", "<t:1:R>", "x", "javascript:", "data:")
        ),
        max_size=40,
    ).map("".join)
)
@settings(max_examples=500)
@example("[](https://a.b)")
@example("\ud800<\0>")
def test_whatever_is_written_becomes_nothing_but_what_is_allowed(text: str) -> None:
    read(markdown_html(text, name_of=lambda _: text), MARKDOWN)
    read(markdown_html(text, heading_level=6), MARKDOWN)
    for links in (True, False):
        read(inline_html(text, links=links), INLINE)


@given(st.text(st.sampled_from("*_~`|#>-()\\ab é日"), max_size=50))
def test_what_the_bot_made_safe_shows_as_it_was_written(name: str) -> None:
    written = printable(name, limit=60)
    for html in (
        inline_html(safe_name(name)),
        markdown_html(safe_name(name)),
        inline_html(linked(name, "https://a.b")),
    ):
        page = read(html, MARKDOWN)
        assert page.text.strip() == written
        assert {tag.name for tag in page.tags} <= {"a", "p"}


@pytest.mark.parametrize(
    "part",
    [
        *("*", "**", "_", "~~", "`", "[", "]", "<", "(", ")", "\\", ">", "> ", "- ", "# ", "\n", "█", "https://", " "),
        *("[](", "](https://a", "[a](https://b", "[a](https://b.c)", "**a ", "*a _b ~~c ", "a** ", "<https://a"),
        *(
            "<@1",
            "<t:1",
            "</a",
            "```",
            "```a",
            "`a``b",
            "https://a)",
            "https://a.b ",
            "[*a ",
            "- \n",
            "[https://a ",
            "é",
        ),
    ],
)
def test_tens_of_thousands_of_anything_are_read(part: str) -> None:
    text = part * (MANY // len(part))
    for links in (True, False):
        inline_html(text, links=links)
    markdown_html(text)
    read(markdown_html(text[:1000]), MARKDOWN)


def test_code_that_nothing_ends_is_read() -> None:
    inline_html("".join(f"{'`' * length}a" for length in range(1, 450)))
