"""The page: what it shows, that nothing of a submission's acts in it, and how a real browser lays it out."""

from __future__ import annotations

import html
import json
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from grader.diagnosis.exchange import Kind
from grader.report import html as page
from grader.report.html import to_html
from grader.report.model import SECTIONS, Report, State
from grader.report.page import TEXT_SIGN

from ..chromium import OPTIONS, START_S, browser
from . import examples
from .examples import BROKEN, COMPLETE, COMPLETE_BUT_A_BONUS, FIRST, HOSTILE, UNTOUCHED, filled

REPORTS = {"broken": BROKEN, "complete": COMPLETE, "bonus": COMPLETE_BUT_A_BONUS, "untouched": UNTOUCHED}
PHONE_PX = 360
VOID = ("meta", "input")
"""Elements without an end; of those that a page has."""

LEAST_CONTRAST = 4.5
"""What WCAG 2 (AA) asks of text of ordinary size."""

SCHEME = re.compile(r":root\{([^{}]*--[^{}]*)\}")
"""The rule that gives every colour its name, for light or for dark."""


def schemes(rules: str) -> tuple[str, str]:
    """The colours and their names, for light and for dark."""
    found = SCHEME.findall(rules)
    return "".join(found[::2]), "".join(found[1::2])


LIGHT, DARK = schemes(page.STYLE)


class Skeleton(HTMLParser):
    """The elements of a page with the names of their attributes; what is inside pictures apart.

    Raises:
        AssertionError: elements do not nest.
    """

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.drawn: set[tuple[str, tuple[str, ...]]] = set()
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, tuple(name for name, _ in attrs))
        if "svg" in self._open:
            self.drawn.add(element)
        else:
            self.elements.append(element)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert "svg" in self._open  # only there does the slash close an element
        self.handle_starttag(tag, attrs)
        self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] not in (["style"], ["script"]):
            self.texts.append(data)

    @property
    def text(self) -> str:
        """All that can be read, in one line."""
        return " ".join(" ".join(self.texts).replace("\xa0", " ").replace(TEXT_SIGN, "").split())


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())
def test_a_page_is_well_formed_and_shows_every_check_with_its_state(report: Report) -> None:
    skeleton = Skeleton(to_html(report))
    for check in report.checks:
        assert f"{check.state.sign} {check.title} {check.state.value}" in skeleton.text
    for section in SECTIONS:
        assert section.title in skeleton.text
    assert skeleton.text.count("Attendu") == sum(check.status != "passed" for check in report.checks)


def test_a_page_shows_all_that_is_known_of_the_first_failure_in_order() -> None:
    text = Skeleton(to_html(BROKEN)).text
    text = text[text.index("Où tu en es") :]
    wanted = (
        "À réparer d'abord Réception affiche (serveur.py)",
        f"Attendu {FIRST.expected} Vu {FIRST.seen} Cause probable {FIRST.cause} Où serveur.py, ligne 24",
        '23 """Affiche ce qui arrive.""" La ligne à regarder : ► 24 message = client.recv(1024) 25 if',
        "Qui attend quoi Le thread principal attend la fin de envoi (envoi.join(), ligne 47).",
        "Ce qui s'est passé",
        "devait partir de la ligne 24",
        f"Ta prochaine étape {FIRST.step} À relire : « {FIRST.lesson} »",
        "Le reste, point par point",
    )
    places = [text.index(part) for part in wanted]
    assert places == sorted(places)
    assert text.count(FIRST.step) == 1


def test_the_head_says_the_score_and_what_changed() -> None:
    text = Skeleton(to_html(BROKEN)).text
    assert text.startswith("8,5 / 20 · rendu-de-zoe · ChatPy")
    assert "ChatPy · rendu-de-zoe 8,5 / 20 + 0,5 de bonus" in text
    assert "✔ Réussi depuis la dernière fois : La fin (etape1.py), Send envoie (serveur.py)" in text
    assert "✘ Ne marche plus : La fin (serveur.py)" in text
    assert "socket.py.txt" in text
    assert 'style="width:42.5%"' in to_html(BROKEN)


@pytest.mark.parametrize(
    ("report", "said", "not_said"),
    [
        (COMPLETE, "Bravo, tu as tous les points !", "Pour aller plus loin"),
        (COMPLETE_BUT_A_BONUS, "Pour aller plus loin Relancer aussitôt (bonus)", "À réparer d'abord"),
        (replace(COMPLETE, score=5.0), "Bravo, tu as tous les points de cette étape !", "tous les points !"),
        (UNTOUCHED, "Par où commencer Le serveur écoute (etape1.py)", "À réparer d'abord"),
        (BROKEN, "À réparer d'abord", "Bravo"),
        (replace(BROKEN, first=""), "Point par point", "À réparer d'abord"),
    ],
    ids=["complete", "but a bonus", "one part", "untouched", "broken", "nothing first"],
)
def test_a_page_says_what_comes_next(report: Report, said: str, not_said: str) -> None:
    text = Skeleton(to_html(report)).text
    assert said in text
    assert not_said not in text


def test_a_hint_stands_for_the_step_that_is_not_known() -> None:
    assert "Ta prochaine étape Essaie." in Skeleton(to_html(UNTOUCHED)).text


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())
def test_a_page_can_be_read_by_a_machine_and_used_by_keyboard(report: Report) -> None:
    """Landmarks, headings without a gap, a way past the head, and links that lead somewhere."""
    source = to_html(report)
    skeleton = Skeleton(source)
    tags = [tag for tag, _ in skeleton.elements]
    assert [tags.count(tag) for tag in ("header", "main", "footer", "h1", "title")] == [1] * 5
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert source.index('<a class="skip"') < source.index("<header>")
    ids = [value for name, value in skeleton.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {value for name, value in skeleton.attributes if name == "href"} <= {f"#{name}" for name in ids}
    assert ":focus-visible{outline:3px solid" in source
    assert '<html lang="fr">' in source
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in source


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_adds_an_element_or_an_attribute(text: str) -> None:
    plain, hostile = Skeleton(to_html(filled("x"))), Skeleton(to_html(filled(text)))
    assert hostile.elements == plain.elements
    assert hostile.drawn == plain.drawn
    assert not any(name.startswith("on") or name == "src" for name, _ in hostile.attributes)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_a_program_says_is_shown_and_does_not_act(text: str) -> None:
    source = to_html(filled(text))
    assert len(source.encode("utf-8")) < 200_000
    allowed = {"\n", "\xa0", TEXT_SIGN, "\u0301"}
    assert all(char.isprintable() or char in allowed for char in source)


def test_what_a_program_says_can_be_read() -> None:
    text = Skeleton(to_html(filled("<b>1 & 2</b>\x1b"))).text
    assert text.count("<b>1 & 2</b>\\x1b") > 20


# Colours.


def luminance(colour: str) -> float:
    """Of #rrggbb, by WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Between two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PAIRS = (
    ("ink", "page card tint good-tint code blamed"),
    ("soft", "page card code"),
    ("accent", "card tint"),
    ("good", "card good-tint"),
    ("bad", "card"),
    ("warn", "card warn-tint"),
)
"""Which colours of text stand on which grounds."""


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_told_from_its_ground(scheme: str) -> None:
    colours = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6})", scheme))
    for ink, grounds in PAIRS:
        for ground in grounds.split():
            assert contrast(colours[ink], colours[ground]) >= LEAST_CONTRAST, (ink, ground)


def test_both_schemes_define_every_colour_that_is_used() -> None:
    """No rule has a colour of its own, and no colour is left over."""
    light, dark = (set(re.findall(r"(--[\w-]+):", scheme)) for scheme in (LIGHT, DARK))
    rules = SCHEME.sub("", page.STYLE)
    assert light == dark == set(re.findall(r"var\((--[\w-]+)\)", rules))
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl", rules)
    assert "url(" not in page.STYLE
    assert "@import" not in page.STYLE


# A real browser.

MEASURE = """<!doctype html>
<html style="color-scheme:light dark"><meta charset="utf-8"><title>measuring</title>
<iframe style="width:%(width)dpx;height:800px;border:0" srcdoc="%(page)s"></iframe><pre id="measured"></pre>
<script>
function numbers(colour) { return colour.match(/[\\d.]+/g).map(Number); }
function luminance(colour) {
  const [r, g, b] = numbers(colour).map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function ground(element) {
  for (; element; element = element.parentElement) {
    const colour = getComputedStyle(element).backgroundColor, parts = numbers(colour);
    if (parts.length < 4 || parts[3] > 0) return colour;
  }
  return "rgb(255,255,255)";
}
addEventListener("load", () => {
  const page = document.querySelector("iframe").contentDocument, root = page.documentElement;
  page.querySelectorAll("details").forEach(details => { details.open = true; });
  const edge = root.clientWidth, texts = [], wide = [];
  for (const element of page.body.querySelectorAll("*")) {
    const scrolls = element.closest(".code") && !element.matches(".code"), box = element.getBoundingClientRect();
    const leaves = box.right > edge + 0.5 || box.left < -0.5;
    if (leaves && !scrolls && !element.matches(".skip")) wide.push(element.outerHTML.slice(0, 200));
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!own || element.matches("title,desc")) continue;
    const style = getComputedStyle(element), svg = element.namespaceURI.endsWith("svg");
    const [light, dark] = [svg ? style.fill : style.color, ground(element)].map(luminance).sort((a, b) => b - a);
    texts.push([(light + 0.05) / (dark + 0.05), element.textContent.slice(0, 40)]);
  }
  document.getElementById("measured").textContent = JSON.stringify({
    edge, scroll: Math.max(root.scrollWidth, page.body.scrollWidth), wide,
    texts: texts.length, faint: texts.filter(([ratio]) => ratio < 4.5),
    title: page.title, ground: ground(page.body), height: page.querySelector("main").getBoundingClientRect().height,
    tags: [...new Set([...page.querySelectorAll("*")].map(element => element.localName))],
  });
});
</script></html>
"""
"""Puts a page into a frame as wide as a phone, unfolds it, and writes down what the browser made of it."""


def dom_of(address: str, folder: Path, *, dark: bool = False) -> str:
    """The document that a browser makes of an address."""
    options = (
        *OPTIONS,
        f"--user-data-dir={folder / 'profile'}",
        f"--blink-settings=preferredColorScheme={0 if dark else 1}",
        "--dump-dom",
    )
    done = subprocess.run([browser(), *options, address], capture_output=True, timeout=START_S, check=True)
    return done.stdout.decode("utf-8")


def measured(source: str, folder: Path, *, dark: bool = False, width: int = PHONE_PX) -> dict[str, Any]:
    """What a browser makes of a page."""
    wrapper = folder / "wrapper.html"
    wrapper.write_text(MEASURE % {"width": width, "page": html.escape(source)}, encoding="utf-8")
    found = re.search(r'<pre id="measured">(\{.*?\})</pre>', dom_of(wrapper.as_uri(), folder, dark=dark), re.DOTALL)
    assert found
    result: dict[str, Any] = json.loads(html.unescape(found[1]))
    return result


@contextmanager
def served(source: str) -> Iterator[tuple[str, list[str]]]:
    """A page on a server of this machine: its address, and what is asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            address = f"http://127.0.0.1:{server.server_address[1]}"
            self.wfile.write(source.replace("http://x", address).encode("utf-8"))

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_phone_shows_the_whole_page_without_scrolling_sideways(dark: bool, tmp_path: Path) -> None:
    """And in both schemes every text, of the pictures too, can be told from the ground that it really stands on."""
    result = measured(to_html(BROKEN), tmp_path, dark=dark)
    assert result["edge"] <= PHONE_PX
    assert result["scroll"] <= result["edge"]
    assert result["wide"] == []
    assert result["texts"] > 100
    assert result["faint"] == []
    wanted = dict(re.findall(r"--([\w-]+):#([0-9a-f]{6})", DARK if dark else LIGHT))["page"]
    assert result["ground"] == f"rgb{tuple(bytes.fromhex(wanted))}"


@pytest.mark.slow
def test_in_a_browser_hostile_texts_change_nothing(tmp_path: Path) -> None:
    """Neither the title, nor the elements, nor the width; whatever is in them is text."""
    result = measured(to_html(filled(" ".join(HOSTILE.values()))), tmp_path)
    assert result["title"].startswith("16,5 / 20 · <script>document.title=")
    assert set(result["tags"]) == {
        *("html", "head", "meta", "title", "style", "body", "a", "header", "main", "footer", "section", "div", "span"),
        *("h1", "h2", "h3", "h4", "p", "b", "strong", "small", "ul", "li", "dl", "dt", "dd", "pre", "details"),
        *("summary", "svg", "g", "desc", "path", "text", "circle"),
    }
    assert result["scroll"] <= result["edge"]
    assert result["wide"] == []
    assert result["height"] > 1000


@pytest.mark.slow
def test_the_page_asks_for_nothing(tmp_path: Path) -> None:
    """Whatever addresses are in it: the server that has it is asked for it alone."""
    thief = '<img src="http://x/a"><link rel=stylesheet href="http://x/b"><iframe src="http://x/c"></iframe>'
    with served(to_html(filled(thief + HOSTILE["comment"] + HOSTILE["style"]))) as (address, asked):
        assert "Attendu" in dom_of(address, tmp_path)
    assert asked == ["/"]


@pytest.mark.slow
def test_should_markup_get_through_the_browser_refuses_to_act_on_it(tmp_path: Path) -> None:
    """The second line of defence: the page's own policy."""
    thief = '<script>document.title="x"</script><img src="http://x/a" onerror=\'document.title="x"\'>'
    source = to_html(BROKEN).replace("<main", thief + "<main", 1)
    assert thief in source
    with served(source) as (address, asked):
        dom = dom_of(address, tmp_path)
    assert "<title>8,5" in dom.replace("\xa0", " ").replace("&nbsp;", " ")
    assert asked == ["/"]


def test_the_examples_hold_every_state_and_every_kind() -> None:
    """What the tests above try is all that there is."""
    assert {check.state for check in BROKEN.checks} == set(State)
    assert {arrow.kind for arrow in examples.SECOND_MESSAGE.arrows} == set(Kind)
