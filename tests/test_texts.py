"""Texts made fit for a line: cut with an ellipsis, and without line ends."""

from qualify.texts import one_line, shortened, visible


def test_a_text_that_fits_stays_as_it_is() -> None:
    assert shortened("一二三", 3) == "一二三"


def test_a_text_that_is_too_long_ends_in_an_ellipsis_which_counts() -> None:
    assert shortened("一二三四", 3) == "一二…"


def test_what_was_typed_in_several_lines_comes_in_one() -> None:
    assert one_line(" 第一项\n\n偏低\t了 ") == "第一项 偏低 了"


def test_what_nobody_sees_goes_and_what_is_seen_stays() -> None:
    for unseen in ("\0", "\x1b", "\x7f", "\x85", "\u00ad", "\u200b", "\u200e", "\u202e", "\u2066", "\ufeff", "\ud800"):
        assert visible(f"陈{unseen}晨") == "陈晨", ascii(unseen)
    for seen in ("第一项\t偏低\n", "👩\u200d🔧", "❤\ufe0f", "می\u200cخواهم", "𠮷"):
        assert visible(seen) == seen
    assert visible("2026\u201103\u201101\xa0复盘") == "2026-03-01 复盘", "as it is copied out of the chat"
