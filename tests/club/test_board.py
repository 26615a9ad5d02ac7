"""The board: what it shows, that no name or output acts in it, and what a real browser makes of it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from grader.club import board
from grader.club.board import EVERYBODY, STYLE, page
from grader.club.model import Row, State
from grader.club.room import room_of
from grader.files import write_whole_bytes
from grader.report.html import to_html
from grader.report.page import POLICY, TEXT_SIGN

from ..chromium import Tab, chromium
from ..report import examples
from ..report.examples import HOSTILE
from ..report.test_html import LEAST_CONTRAST, PHONE_PX, SCHEME, Skeleton, contrast, schemes
from .rows import BY_NAME, begun, club, failed, graded, passed, row_of, skipped

COMMA = BY_NAME["threads-args-without-comma"]
NUMBERS = (0, 1, 30, 300)
FOLLOW_S = 1
LIGHT, DARK = schemes(STYLE)


def page_of(rows: list[Row], **options: Any) -> str:
    """The board of these rows."""
    return page(rows, room_of(rows), **options)


def filled(text: str) -> list[Row]:
    """Rows in which everything that can come from a submission, and more, is this text."""
    return [
        Row("ana", State.UNREADABLE, why=text),
        Row("ben", State.FAILED, why=text),
        row_of("cleo", [replace(failed("serveur.send", text, text, 3), title=text), skipped("serveur.join")]),
        row_of("dan", [replace(failed("serveur.send", text, text, 3), title=text), passed("serveur.join")]),
        Row(text, State.BLANK),
    ]


# What it shows.


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("follow_s", [None, 5])
def test_a_board_is_well_formed_and_can_be_used_by_keyboard(number: int, follow_s: int | None) -> None:
    """Landmarks, headings without a gap, a way past the head, and links that lead somewhere."""
    source = page_of(club(number), follow_s=follow_s)
    skeleton = Skeleton(source)
    tags = [tag for tag, _ in skeleton.elements]
    assert [tags.count(tag) for tag in ("header", "main", "footer", "h1", "title")] == [1] * 5
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h\d", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert source.index('<a class="skip"') < source.index("<header>")
    ids = [value for name, value in skeleton.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    inside = {value for name, value in skeleton.attributes if name == "href" and value.startswith("#")}
    assert inside <= {f"#{name}" for name in ids}
    outside = {value for name, value in skeleton.attributes if name == "href" and not value.startswith("#")}
    assert all(re.fullmatch(r"eleves/[a-z0-9-]+\.html(#[a-z0-9.]+)?", link) for link in outside)
    assert '<html lang="fr">' in source
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in source


def test_every_student_has_one_row_in_the_order_of_the_alphabet() -> None:
    rows = sorted(club(30), key=lambda row: row.score or 0)
    names = re.findall(r'<th class="name" scope="row">(?:<a href="eleves/[^"]*">)?([a-z0-9-]+)<', page_of(rows))
    assert names == sorted(row.pseudo for row in rows)


def test_a_cell_says_who_which_check_and_what_is_wrong() -> None:
    source = page_of([graded("zoe-b", COMMA), graded("ana"), begun("tom", "client")])
    assert (
        '<td class="b" title="zoe-b, client.threads : à réparer, args sans virgule">'
        '<a href="eleves/zoe-b.html#reparer">à réparer, args sans virgule</a></td>' in source
    )
    assert '<td class="o" title="ana, serveur.send : réussi">réussi</td>' in source
    assert "zoe-b, client.send : en attente d&#x27;un autre point" in source
    assert '<td class="n" title="tom, client.send : pas commencé">pas commencé</td>' in source


def test_a_second_thing_to_repair_leads_to_its_own_place_in_the_report() -> None:
    checks = [failed("etape1.hello", "hello_presque", "etape1.py", 3), failed("etape1.fileno", "sans_fileno")]
    source = page_of([row_of("ana", checks, first="etape1.hello")])
    assert 'href="eleves/ana.html#reparer"' in source
    assert 'href="eleves/ana.html#etape1.fileno"' in source
    assert '<div class="inside" id="etape1.fileno">' in to_html(examples.BROKEN)


def test_every_check_has_its_column_under_its_section() -> None:
    text = Skeleton(page_of(club(30))).text
    grid = text[text.index("Élève / 20") :]
    assert grid.startswith(
        "Élève / 20 etape1.py serveur.py client.py à deux bonus "
        "Le serveur écoute La réponse Le descripteur La fin L'adresse Send envoie Réception affiche Deux threads La fin"
    )
    source = page_of(club(30))
    cells = [len(re.findall(r'<td class="[obwn][ "]', row)) for row in re.findall(r"<tr class=.*", source)]
    assert set(cells) == {0, 19}


def test_what_many_get_wrong_stands_on_top_in_large_letters() -> None:
    text = Skeleton(page_of(club(30))).text
    wanted = (
        "30 élèves · 26 notés · 2 pas commencé · 1 illisible · 1 panne · 6 avec tous les points",
        "À dire à tout le monde 4 élèves args sans virgule page « serveur.py, créer les deux threads (TODO 5) » 4",
        "Ce qui échoue le plus : Deux threads (client.py) : 5",
        "Pas commencé : client.py : 5",
        "Qui en est où",
        "tout le monde 30 notés 26 pas commencé 2 illisible 1 panne 1 à réparer 20 tous les points 6 en retard 5",
        "réussi à réparer",
        "Élève",
    )
    places = [text.index(part) for part in wanted]
    assert places == sorted(places)


def test_each_state_says_why_and_nobody_is_blamed_for_a_failure_of_ours() -> None:
    rows = [
        replace(begun("ana", "etape1", "serveur", "client"), state=State.BLANK),
        Row("ben", State.UNREADABLE, why="L'archive est coupée."),
        Row("cleo", State.FAILED, why="Le correcteur s'est arrêté."),
        graded("dan", late=True),
    ]
    text = Skeleton(page_of(rows)).text
    assert "ana – pas commencé ben – illisible L'archive est coupée." in text
    assert "cleo – panne Le correcteur s'est arrêté. Ce n'est pas sa faute" in text
    assert "dan en retard 20 réussi" in text
    linked = re.findall(r'href="eleves/(\w+)', page_of(rows))
    assert linked == ["ana", "dan"]  # who was not graded has no page


def test_suspicions_and_oddities_are_not_for_the_room() -> None:
    row = graded("ana", COMMA, suspect=("SOUPÇON",), odd=("ÉTRANGE",), remarks=("REMARQUE",), others=("AUTRE",))
    source = page_of([row, graded("ben", COMMA)])
    assert not re.search("SOUPÇON|ÉTRANGE|REMARQUE|AUTRE|structure identique", source)


def test_rows_that_were_not_graded_alike_are_announced() -> None:
    assert "plusieurs versions du correcteur" in page_of([graded("ana"), graded("ben", version="2.0")])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "Aucun rendu pour l'instant"),
        ([graded("ana")], "Bravo, tout le monde a tous les points !"),
        ([graded("ana", COMMA)], "Aucune erreur n'est commune à plusieurs élèves : chacun a sa page."),
    ],
    ids=["nobody", "done", "alone"],
)
def test_a_room_that_shares_no_mistake_is_told_so(rows: list[Row], said: str) -> None:
    assert said in Skeleton(page_of(rows)).text


def test_300_students_make_a_light_page_at_once() -> None:
    rows = club(300)
    room = room_of(rows)
    began_s = time.process_time()
    source = page(rows, room)
    assert time.process_time() - began_s < 0.5
    assert len(source.encode("utf-8")) < 1_500_000


def test_a_club_that_is_not_followed_has_no_script() -> None:
    assert "<script" not in page_of(club(30))
    assert f'content="{POLICY}"' in page_of(club(30))


def test_the_policy_of_a_followed_board_allows_its_own_script_alone() -> None:
    source = page_of(club(30), follow_s=5)
    script = source[source.index("<script>") + 8 : source.index("</script>")]
    checksum = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"content=\"{POLICY}; script-src 'sha256-{checksum}'\"" in source
    assert "5000" in script


# Whatever a name or an output is.


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_adds_an_element_or_an_attribute(text: str) -> None:
    plain, hostile = Skeleton(page_of(filled("x"), title="x")), Skeleton(page_of(filled(text), title=text))
    assert Counter(hostile.elements) == Counter(plain.elements)  # the alphabet may put them in another order
    assert not any(name.startswith("on") or name in ("src", "style") for name, _ in hostile.attributes)
    allowed = {"\n", "\xa0", TEXT_SIGN, "\u0301"}
    assert all(char.isprintable() or char in allowed for char in page_of(filled(text), title=text))


@pytest.mark.parametrize("follow_s", [None, 5])
def test_a_board_needs_nothing_else(follow_s: int | None) -> None:
    skeleton = Skeleton(page_of(club(30), follow_s=follow_s))
    assert not {tag for tag, _ in skeleton.elements} & {"link", "img", "iframe", "object", "embed", "form", "base"}
    assert "url(" not in STYLE
    assert "@import" not in STYLE


# Colours.

PAIRS = (
    ("ink", "page card tint"),
    ("soft", "page card none"),
    ("accent", "card tint"),
    ("good", "card good-tint"),
    ("bad", "bad-tint"),
    ("warn", "warn-tint"),
)
"""Which colours of text stand on which grounds."""


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_told_from_its_ground(scheme: str) -> None:
    colours = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6})", scheme))
    for ink, grounds in PAIRS:
        for ground in grounds.split():
            assert contrast(colours[ink], colours[ground]) >= LEAST_CONTRAST, (ink, ground)


def test_no_rule_has_a_colour_of_its_own() -> None:
    light = set(re.findall(r"(--[\w-]+):", LIGHT))
    assert set(re.findall(r"var\((--[\w-]+)\)", STYLE)) <= light
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl", SCHEME.sub("", STYLE))


def test_no_state_is_told_by_its_colour_alone() -> None:
    signs = re.findall(r'\.([obwn])[^{}]*::before\{content:"(.)', STYLE)
    assert dict(signs) == {"o": "✔", "w": "○", "n": "–", "b": "✘"}
    assert len({words for _, words in board.KEY}) == len(board.KEY)


# A real browser.

SHOWN = "[...document.querySelectorAll('tbody th.name')].filter(one => one.offsetParent).map(one => one.innerText)"
AT = "location.hash.slice(1)"


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """A browser for all of these tests: it takes a second to start."""
    with chromium(tmp_path_factory.mktemp("profile")) as one:
        yield one


def opened(tab: Tab, source: str, folder: Path, fragment: str = "", *, width: int = 1280, dark: bool = False) -> None:
    """Open a board in a window; whatever another test has seen is forgotten."""
    path = folder / "index.html"
    path.write_text(source, encoding="utf-8")
    tab.errors.clear()
    tab.asked.clear()
    tab.show(width, 800, dark=dark)
    tab.open("about:blank")
    tab.open(path.as_uri() + fragment)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "dark"), [(0, False), (1, True), (30, False), (300, True)], ids=["0", "1", "30", "300"]
)
def test_a_phone_has_no_need_to_scroll_the_page_sideways(number: int, dark: bool, tab: Tab, tmp_path: Path) -> None:
    """The grid alone scrolls, and the names stay; nothing is complained of, nothing else is asked for."""
    opened(tab, page_of(club(number)), tmp_path, width=PHONE_PX, dark=dark)
    assert tab.look("document.documentElement.scrollWidth <= innerWidth")
    wanted = dict(re.findall(r"--([\w-]+):#([0-9a-f]{6})", DARK if dark else LIGHT))["page"]
    assert tab.look("getComputedStyle(document.body).backgroundColor") == f"rgb{tuple(bytes.fromhex(wanted))}"
    if number:
        tab.look("document.querySelector('.grid').scrollTo(200, 0)")
        assert tab.look("document.querySelector('tbody th.name').getBoundingClientRect().left") >= 0
        assert tab.look("document.querySelector('tbody td.score').getBoundingClientRect().left") < 0
    assert tab.errors == []
    assert [one for one in tab.asked if one != "about:blank"] == [(tmp_path / "index.html").as_uri()]


@pytest.mark.slow
@pytest.mark.parametrize("width", [PHONE_PX, 1280])
def test_headings_stay_in_sight(width: int, tab: Tab, tmp_path: Path) -> None:
    opened(tab, page_of(club(60)), tmp_path, width=width)
    tab.look("document.querySelector('.grid').scrollIntoView()")
    tab.look("document.querySelector('.grid').scrollTo(0, 900)")
    tab.look("scrollBy(0, innerWidth > 1000 ? 900 : 0)")
    top = "document.querySelector('.turned').getBoundingClientRect().top"
    assert 0 <= tab.look(top) < 200
    assert tab.look("[...document.querySelectorAll('.turned')].every(one => one.scrollHeight <= one.clientHeight)")
    assert tab.look("document.querySelector('tbody tr').getBoundingClientRect().bottom") < 0


@pytest.mark.slow
def test_a_filter_leaves_those_it_names_and_says_so(tab: Tab, tmp_path: Path) -> None:
    opened(tab, page_of(club(30)), tmp_path)
    assert len(tab.look(SHOWN)) == 30
    tab.click('.filters a[href="#illisible"]')
    assert tab.look(SHOWN) == ["leo-m"]
    assert "1 élève" in tab.look("document.querySelector('.told:target').innerText")
    tab.click(".shared a")
    assert [one.split()[0] for one in tab.look(SHOWN)] == ["anna-lou", "elif", "ines", "paul"]
    assert tab.look("[...document.querySelectorAll('.told')].filter(one => one.offsetParent).length") == 1
    tab.click('a.turned[href="#f-client-threads"]')
    assert [one.split()[0] for one in tab.look(SHOWN)] == ["anna-lou", "elif", "ines", "paul", "ulysse"]
    tab.click(f'.told:target a[href="#{EVERYBODY}"]')
    assert len(tab.look(SHOWN)) == 30
    assert tab.errors == []


@pytest.mark.slow
def test_a_filter_can_be_chosen_with_the_keyboard_and_the_focus_is_seen(tab: Tab, tmp_path: Path) -> None:
    opened(tab, page_of(club(30)), tmp_path)
    tab.press("Tab")
    assert tab.look("document.activeElement.className") == "skip"
    assert tab.look("document.activeElement.getBoundingClientRect().left") >= 0
    tab.press("Enter")
    for _ in range(20):
        tab.press("Tab")
        if tab.look("document.activeElement.getAttribute('href')") == "#retard":
            break
    assert tab.look("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    tab.press("Enter")
    assert [one.split()[0] for one in tab.look(SHOWN)] == ["anna-lou", "farah", "nour", "oscar", "yanis"]
    tab.press("Tab")
    assert tab.look("document.activeElement.innerText") == "Montrer tout le monde"


@pytest.mark.slow
def test_a_screen_reader_is_told_each_cell_in_words(tab: Tab, tmp_path: Path) -> None:
    opened(tab, page_of([graded("ana"), graded("zoe-b", COMMA)]), tmp_path)
    nodes = tab.call("Accessibility.getFullAXTree")["nodes"]
    told = [(one["role"]["value"], one["name"]["value"]) for one in nodes if "name" in one]
    assert ("rowheader", "zoe-b") in told
    assert ("columnheader", "Deux threads") in told
    cells = [name for role, name in told if role in ("cell", "gridcell")]
    assert sum(name.endswith("réussi") for name in cells) > 19
    assert sum(name.endswith("à réparer, args sans virgule") for name in cells) == 1


@pytest.mark.slow
def test_an_open_board_follows_and_keeps_what_was_chosen(tab: Tab, tmp_path: Path) -> None:
    rows = club(30)
    opened(tab, page_of(rows, follow_s=FOLLOW_S), tmp_path)
    choose = """document.querySelector('.filters a[href="#retard"]').click()"""
    tab.wait_until(f"({AT} === 'retard' || {choose}, {AT} === 'retard')")
    rows.append(replace(graded("zazie"), late=True))
    write_whole_bytes(str(tmp_path / "index.html"), page_of(rows, follow_s=FOLLOW_S).encode("utf-8"))
    late = sorted(row.pseudo for row in rows if row.late)
    names = f"{SHOWN}.map(name => name.split(/\\s/)[0])"
    tab.wait_until(f"{AT} === 'retard' && JSON.stringify({names}) === '{json.dumps(late, separators=(',', ':'))}'")
    assert tab.errors == []


@pytest.mark.slow
def test_whoever_reads_can_keep_the_board_as_it_is(tab: Tab, tmp_path: Path) -> None:
    opened(tab, page_of(club(1), follow_s=FOLLOW_S), tmp_path)
    # It may be read again while this is asked for: then it is asked for once more.
    tab.wait_until(
        f"""new Promise(done => {{ rester.checked || rester.click(); const began = performance.timeOrigin;
        setTimeout(() => done(rester.checked && began === performance.timeOrigin), {1500 * FOLLOW_S}) }})"""
    )


@pytest.mark.slow
def test_should_markup_get_through_the_browser_refuses_to_act_on_it(tab: Tab, tmp_path: Path) -> None:
    """The second line of defence, of a followed board too: only its own script runs."""
    thief = '<script>document.title="x"</script><img src="file:///x" onerror=\'document.title="x"\'>'
    opened(tab, page_of(club(1), follow_s=60).replace("<main", thief + "<main", 1), tmp_path)
    assert tab.look("document.title") == "1 élève · le club · ChatPy"
    assert any("Content Security Policy" in error for error in tab.errors)


@pytest.mark.slow
def test_in_a_browser_hostile_texts_change_nothing(tab: Tab, tmp_path: Path) -> None:
    text = " ".join(HOSTILE.values())
    opened(tab, page_of(filled(text), title=text), tmp_path, width=PHONE_PX)
    assert tab.look("document.documentElement.scrollWidth <= innerWidth")
    assert tab.look("document.querySelectorAll('script, img, iframe, object').length") == 0
    assert tab.errors == []


@pytest.mark.slow
def test_on_paper_there_is_the_whole_grid_and_no_choice(tab: Tab, tmp_path: Path) -> None:
    opened(tab, page_of(club(30)), tmp_path)
    tab.show(1100, 800, media="print")
    assert tab.look("getComputedStyle(document.querySelector('.filters')).display") == "none"
    assert tab.look("getComputedStyle(document.querySelector('.grid')).maxHeight") == "none"
    assert len(tab.look(SHOWN)) == 30
    assert tab.look("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.slow
def test_a_cell_opens_the_folded_point_of_the_report(tab: Tab, tmp_path: Path) -> None:
    opened(tab, to_html(examples.BROKEN), tmp_path, "#client.send")
    assert tab.look("document.getElementById('client.send').closest('details').open")


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_sign_and_word_can_be_told_from_the_ground_that_it_stands_on(
    dark: bool, tab: Tab, tmp_path: Path
) -> None:
    opened(tab, page_of([*club(30), graded("zz", version="2.0")]), tmp_path, "#retard", dark=dark)
    pairs = tab.look(
        """(() => {
        const ground = one => { for (; one; one = one.parentElement) { const is = getComputedStyle(one).backgroundColor;
          if (!/, 0\\)$/.test(is)) return is; } return "rgb(255, 255, 255)"; };
        const found = new Set();
        for (const one of document.body.querySelectorAll("*")) {
          if ([...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
            found.add(JSON.stringify([getComputedStyle(one).color, ground(one)])); }
        return [...found]; })()"""
    )
    assert len(pairs) > 8
    for pair in pairs:
        one, other = ("#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", rgb)) for rgb in json.loads(pair))
        assert contrast(one, other) >= LEAST_CONTRAST, (one, other)
