"""Words and what Telegram finds in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.methods.texts import compose, find_entities, units


def _found(text: str, mode: str | None = None) -> tuple[str, list[tuple[str, str]]]:
    words, entities = compose(text, mode, None)
    raw = words.encode("utf-16-le")
    cut = [raw[2 * one.offset : 2 * (one.offset + one.length)].decode("utf-16-le") for one in entities or []]
    return words, [(one.type, part) for one, part in zip(entities or [], cut, strict=True)]


def test_commands_links_mentions_and_tags_are_found_where_they_stand() -> None:
    _, found = _found("😀 /baotin@to_covid_bot xem https://a.vn/b, hỏi @to_covid #dịch1 t.me/x?start=1")
    assert found == [
        ("bot_command", "/baotin@to_covid_bot"),
        ("url", "https://a.vn/b,"),
        ("mention", "@to_covid"),
        ("hashtag", "#dịch1"),
        ("url", "t.me/x?start=1"),
    ]


def test_a_slash_inside_words_is_no_command() -> None:
    assert find_entities("22/11 và/hoặc a/b") == []


def test_html_and_markdown_mean_the_same() -> None:
    html = _found(' <b>Đỏ</b> &lt;<a href="https://a.vn">đây</a>> <code>*x*</code>'.replace("> <c", "&gt; <c"), "HTML")
    markdown = _found(r" *Đỏ* <[đây](https://a.vn)\> `*x*`", "MarkdownV2")
    assert html == markdown
    assert html[0] == "Đỏ <đây> *x*"
    assert html[1] == [("bold", "Đỏ"), ("text_link", "đây"), ("code", "*x*")]


def test_marks_may_stand_inside_marks() -> None:
    assert _found("*a _b_ __c__ ~d~ ||e||*", "MarkdownV2")[1] == [
        ("bold", "a b c d e"),
        ("italic", "b"),
        ("underline", "c"),
        ("strikethrough", "d"),
        ("spoiler", "e"),
    ]


@given(st.text())
def test_length_is_counted_in_utf16(text: str) -> None:
    clean = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    assert units(clean) == len(clean.encode("utf-16-le")) // 2


@given(st.text(alphabet="ab 😀/@#đ.\n", max_size=40))
def test_entities_stay_inside_the_text(text: str) -> None:
    words, entities = compose(text, None, None)
    assert words == words.strip()
    for entity in entities or []:
        assert 0 <= entity.offset < entity.offset + entity.length <= units(words)
