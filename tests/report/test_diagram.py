"""The pictures of an exchange: whole, harmless, within their width, understood without colour."""

from __future__ import annotations

import io
import re
import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.panel import Panel

from grader.diagnosis.exchange import Arrow, Exchange, Kind
from grader.escape import escaped
from grader.report import diagram, diagram_terminal, svg
from grader.report.console import register_lookalikes
from grader.transcript.place import Place

from .examples import BOTH_TOGETHER, LANES, SECOND_MESSAGE

SVG = "{http://www.w3.org/2000/svg}"


def lines(exchange: Exchange, width: int = 76, *, panel: bool = False) -> list[str]:
    """The rows of the picture on a terminal without colour."""
    file = io.StringIO()
    picture = diagram_terminal.draw(exchange, width)
    Console(file=file, width=width + 4, highlight=False).print(Panel(picture) if panel else picture)
    return [line.rstrip() for line in file.getvalue().splitlines()]


def coloured(exchange: Exchange) -> str:
    """The same with colours."""
    file = io.StringIO()
    console = Console(file=file, width=80, force_terminal=True, color_system="standard", highlight=False)
    console.print(diagram_terminal.draw(exchange, 76))
    return file.getvalue()


def drawn(exchange: Exchange) -> ElementTree.Element:
    """The SVG, parsed."""
    return ElementTree.fromstring(svg.draw(exchange))


def with_text(text: str, kind: Kind = Kind.SEEN) -> Exchange:
    """An exchange in which a submission's text is wherever it can be."""
    arrows = (Arrow(0, 1, text, kind, Place(text, 3)), Arrow(2, 2, text, Kind.NOTE))
    return escaped(Exchange((text, "serveur.py", text), arrows))


def test_a_terminal_shows_every_kind() -> None:
    assert "\n".join(lines(SECOND_MESSAGE)) == (
        """\
le grader                       serveur.py                         ton écran
    │─────────── connect ───────────►│                                 │
    │────────── Salut !\\n ──────────►│                                 │
    │                                │───────── b'Salut !\\n' ─────────►│
    │                                pas ce qui était attendu (ligne 26)
    │                      ⋮ 2 messages de plus                        │
    │──────── Ça va ? 🎉\\n ─────────►│                                 │
    │                                │─ ─ ─ ─ ─  Ça va ? 🎉 ─ ─ ─ ─ ─ ✘│
    │                                │  devait partir de la ligne 24   │
    │                                ● recep est déjà fini             │"""
    )


def test_four_lanes_fit_into_a_narrow_terminal() -> None:
    assert "\n".join(lines(BOTH_TOGETHER, 58)) == (
        """\
ton clavier     client.py     serveur.py     écran du ser…
     │ Bonjour de … │              │               │
     │─────────────►│              │               │
     │              │ Bonjour de … │               │
     │              │─────────────►│               │
     │              │              │─ ─ ─ ─ ─ ─ ─ ✘│
 « Bonjour de la part du … » devait partir de la ligne 31
     attend dans input(), ligne 18 ●               │
     │              │◄─── Hello ───│               │
     │         pas ce qui était attendu            │
     │✘─ ─ ─ ─ ─ un retour à travers tout  ─ ─ ─ ─ │
     │            attendu, jamais venu             │"""
    )


@pytest.mark.parametrize("width", [58, 76])
@pytest.mark.parametrize("kind", list(Kind))
def test_six_arrows_take_fourteen_rows_at_most(kind: Kind, width: int) -> None:
    arrow = Arrow(0, 1, "un message bien trop long pour tenir sur une flèche", kind, Place("client.py", 12))
    for lanes in (LANES, (*LANES, "encore un")):
        assert len(lines(Exchange(lanes, (arrow,) * 6), width)) <= 14


def test_colours_tell_what_is_wrong_and_what_is_missing() -> None:
    rows = coloured(SECOND_MESSAGE).splitlines()
    assert [number for number, row in enumerate(rows) if "\x1b[33m" in row] == [3, 4]
    assert [number for number, row in enumerate(rows) if "\x1b[31m" in row] == [7, 8]


def test_it_is_understood_in_ascii() -> None:
    """Shafts, heads, the dashes of what is missing and its cross stay different characters."""
    handler = register_lookalikes()
    rows = [row.encode("ascii", handler).decode() for row in lines(SECOND_MESSAGE)]
    assert "|----------- connect ----------->|" in rows[1]
    assert "|- - - - -  Ca va ? " in rows[7]
    assert rows[7].rstrip().endswith("- x|")
    assert "?" not in "".join(rows).replace("va ?", "")
    assert "* recep est deja fini" in rows[9]


@pytest.mark.parametrize(
    ("kind", "place", "words"),
    [
        (Kind.MISSING, Place("serveur.py", 12), "devait partir de la ligne 12"),
        (Kind.MISSING, Place("client.py", 12), "devait partir de la ligne 12 de client.py"),
        (Kind.MISSING, Place("", 12), "devait partir de la ligne 12"),
        (Kind.MISSING, None, "attendu, jamais venu"),
        (Kind.WRONG, Place("client.py", 12), "pas ce qui était attendu (ligne 12 de client.py)"),
        (Kind.WRONG, None, "pas ce qui était attendu"),
        (Kind.SEEN, Place("serveur.py", 12), ""),
    ],
)
def test_what_is_not_right_is_said_in_words(kind: Kind, place: Place | None, words: str) -> None:
    """The file is named where the arrow does not start from the lane of that name."""
    exchange = Exchange(LANES, (Arrow(1, 2, "x", kind, place),))
    assert diagram.steps(exchange)[0].words == words
    assert words in "\n".join(lines(exchange))
    assert words in "".join(drawn(exchange).itertext())


def test_an_arrow_across_a_lane_and_a_note_at_the_right_edge() -> None:
    exchange = Exchange(LANES, (Arrow(2, 0, "loin", Kind.SEEN), Arrow(2, 2, "à gauche de sa ligne", Kind.NOTE)))
    across, note = lines(exchange)[1:]
    assert re.fullmatch(r" +│◄─+ loin ─+│", across)
    assert note.endswith(" à gauche de sa ligne ●")
    assert note.index("●") == across.rindex("│")


@given(
    text=st.text(max_size=60) | st.sampled_from(["表" * 200, "🎉" * 50, "e\u0301" * 90, "❤\ufe0f" * 40, "x" * 10_000]),
    kind=st.sampled_from(Kind),
    width=st.integers(24, 76),
)
@settings(max_examples=150)
def test_no_text_leaves_the_picture_or_acts(text: str, kind: Kind, width: int) -> None:
    rows = lines(with_text(text, kind), width, panel=True)
    assert {cell_len(row) for row in rows} == {width + 4}
    assert all(map(is_shown, rows))
    said = list(drawn(with_text(text, kind)).itertext())
    assert all(map(is_shown, said))
    assert sum(map(len, said)) < 10_000


def is_shown(text: str) -> bool:
    """Whether nothing in it acts; an emoji that this Python does not know yet may be a newer one."""
    return all(one.isprintable() or unicodedata.category(one) == "Cn" for one in text)


def test_an_svg_has_a_name_a_description_and_its_colours_from_elsewhere() -> None:
    picture = drawn(SECOND_MESSAGE)
    assert picture.get("role") == "img"
    assert [child.tag for child in picture][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert picture.findtext(f"{SVG}desc") == (
        "le grader vers serveur.py : connect. "
        "le grader vers serveur.py : Salut !\\n. "
        "serveur.py vers ton écran : b'Salut !\\n' (pas ce qui était attendu (ligne 26)). "
        "2 messages de plus. "
        "le grader vers serveur.py : Ça va ? 🎉\\n. "
        "Il manque, serveur.py vers ton écran : Ça va ? 🎉 (devait partir de la ligne 24). "
        "serveur.py : recep est déjà fini."
    )
    attributes = {name for element in picture.iter() for name in element.attrib}
    assert attributes <= {"class", "role", "viewBox", "transform", "d", "x", "y", "cx", "cy", "r"}
    used = {name for element in picture.iter() for name in element.get("class", "").split()}
    assert {name for name in used if f".{name}" not in svg.STYLE} == {"d-seen", "d-label"}


@pytest.mark.parametrize("exchange", [SECOND_MESSAGE, BOTH_TOGETHER, with_text("表 a&<b> " * 99, Kind.WRONG)])
def test_the_parts_of_an_svg_lie_within_it_one_below_the_other(exchange: Exchange) -> None:
    picture = drawn(exchange)
    _, _, width, height = map(float, picture.get("viewBox", "").split())
    tops = [float(group.get("transform", "").split()[1].rstrip(")")) for group in picture.iter(f"{SVG}g")]
    assert tops == sorted(set(tops))
    assert tops[-1] < height
    for text in picture.iter(f"{SVG}text"):
        half = svg.cells(text.text or "") * svg.CELL / 2
        at = float(text.get("x", ""))
        left, right = {"d-left": (2, 0), "d-right": (0, 2)}.get(text.get("class", "").split()[-1], (1, 1))
        assert at - half * left >= -1
        assert at + half * right <= width + 1


@pytest.mark.parametrize(
    ("text", "room", "kept"),
    [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("表表表", 5, "表表…"), ("abc", 1, "…"), ("abc", 0, ""), ("", 0, "")],
)
def test_a_text_is_cut_where_it_does_not_fit(text: str, room: int, kept: str) -> None:
    assert diagram.cut(text, room, cell_len) == kept


def test_a_text_is_broken_at_spaces_then_anywhere_then_cut() -> None:
    assert diagram.wrap("un deux trois", 7, 3) == ["un deux", "trois"]
    assert diagram.wrap("x" * 12, 5, 3) == ["xxxxx", "xxxxx", "xx"]
    assert diagram.wrap("x" * 22, 5, 3) == ["xxxxx", "xxxxx", "xxxx…"]
    assert diagram.wrap("表表表", 4, 2, svg.cells) == ["表表", "表"]
