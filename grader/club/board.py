"""The board: one page that a room can see, who has what and what many get wrong; it asks for nothing, runs nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..escape import escape
from ..french import s
from ..report.page import BASE, POLICY, TEXT_SIGN, head, prose, rules_of
from .board_grid import MOST_LABEL, SAID, anchor_of, table
from .model import Row, State
from .room import Room, Shared, is_complete, students

MOST_MISTAKES = 6
"""In large letters: what is explained to a room in one evening."""

MOST_MORE = 12
"""Others, in small letters."""

MOST_CHECKS = 4

STYLE = BASE + rules_of("board.css", __package__).replace("SIGN", TEXT_SIGN)
"""The family of the student's report, in letters that the last row of a room can read; the rules of the filters depend
on what there is. What cannot be seen has a name in the file."""

KEY = (("o", "réussi"), ("b", "à réparer"), ("w", "attend qu'un autre point marche"), ("n", "pas encore fait"))
"""What the signs mean."""

NOBODY = "Les élèves rendent leur travail avec : python -m grader rendre"

EVERYBODY = "tableau"
"""The anchor without a filter: the board itself."""

FOLLOW = """setInterval(function () {
  if (!document.getElementById("rester").checked) location.reload()
}, %d)"""
"""The only script, and only where the page is followed: a refresh by ``meta`` goes back to the fragment that the page
was read with, so the choice of the one who looks would be lost. The policy names this very text by its checksum."""


@dataclass(frozen=True)
class Filter:
    """Some of the students, chosen by the fragment of the page's address: so it stays when the page is read again.

    Attributes:
        anchor: of the address, letters, digits and hyphens.
        label: on its link, without the number.
        told: what is shown above the students that it leaves, a sentence without its end.
        who: their pseudonyms.
        is_state: whether it has its link above the board, even where nobody is left.
    """

    anchor: str
    label: str
    told: str
    who: tuple[str, ...]
    is_state: bool = True


def page(rows: Sequence[Row], room: Room, *, follow_s: int | None = None, title: str = "le club") -> str:
    """The page ``index.html``; it stands beside the folder ``eleves``.

    Args:
        rows: one of each student, in any order.
        room: what there is to say of all of them.
        follow_s: after how many seconds a browser reads the page again; None for never.
        title: what the club is called.
    """
    rows = sorted(rows, key=lambda row: row.pseudo)
    filters = _filters(rows, room)
    script, policy = _following(follow_s)
    name = prose(escape(title, MOST_LABEL))
    whole = f"{prose(students(room.total))} · {name} · ChatPy"
    return f"""{head(whole, STYLE + _rules(filters), policy, script)}<body>
<a class="skip" href="#{EVERYBODY}">Aller au tableau</a>
<header><div class="card head"><h1>ChatPy · {name}</h1>
<p class="counts">{prose(_counts(room))}</p>{_mixed(room)}</div></header>
<main>
{_room(room)}
{_board(rows, filters)}
</main>
<footer>{_footer(follow_s)}</footer>
</body>
</html>
"""


def _following(follow_s: int | None) -> tuple[str, str]:
    """The script that reads the page again, and the policy that allows it and nothing else."""
    if not follow_s:
        return "", POLICY
    text = FOLLOW % (1000 * follow_s)
    checksum = base64.b64encode(hashlib.sha256(text.encode("ascii")).digest()).decode("ascii")
    bare = f'<noscript><meta http-equiv="refresh" content="{follow_s}"></noscript>'
    return f"\n<script>{text}</script>{bare}", f"{POLICY}; script-src 'sha256-{checksum}'"


def _counts(room: Room) -> str:
    if not room.total:
        return "Aucun rendu pour l'instant"
    counted = [students(room.total)]
    counted += [f"{number} {SAID[state][number > 1]}" for state, number in room.states.items()]
    counted += [f"{room.complete} avec tous les points"] if room.complete else []
    return " · ".join(one.replace(" ", "\xa0") for one in counted)


def _mixed(room: Room) -> str:
    return "".join(f'<p class="mixed">{prose(escape(sentence))}</p>' for sentence in room.mixed)


def _footer(follow_s: int | None) -> str:
    said = "Les élèves sont dans l'ordre alphabétique. Un nom ouvre sa page."
    if not follow_s:
        return f"<p>{said}</p>"
    return f"""<p>{said} Le tableau se relit seul toutes les {follow_s} s.
<label><input type="checkbox" id="rester" autocomplete="off"> Le laisser comme il est</label></p>"""


def _room(room: Room) -> str:
    """What to say to all of them."""
    if not room.total:
        return ""
    shared = [one for one in room.mistakes if len(one.who) > 1]
    items = "".join(_large(one) for one in shared[:MOST_MISTAKES])
    what = f'<ul class="shared">{items}</ul>' if items else f'<p class="calm">{_nothing_shared(room)}</p>'
    more = "".join(
        f'<p class="aside"><b>{heading}&nbsp;:</b> {_links(found)}</p>'
        for heading, found in (
            ("Aussi", [(anchor_of(one.key), f"{one.label} ({len(one.who)})") for one in _more(shared)]),
            ("Ce qui échoue le plus", [(anchor_of(one.key), f"{one.label} : {len(one.who)}") for one in _most(room)]),
            ("Pas commencé", [(_begin(one), f"{one.label} : {len(one.who)}") for one in room.not_begun]),
        )
        if found
    )
    return f'<section class="card"><h2>À dire à tout le monde</h2>{what}{more}</section>'


def _more(shared: Sequence[Shared]) -> Sequence[Shared]:
    return shared[MOST_MISTAKES : MOST_MISTAKES + MOST_MORE]


def _most(room: Room) -> Sequence[Shared]:
    return [one for one in room.checks if len(one.who) > 1][:MOST_CHECKS]


def _nothing_shared(room: Room) -> str:
    if room.complete == room.total:
        return "Bravo, tout le monde a tous les points&nbsp;!"
    return "Aucune erreur n'est commune à plusieurs élèves&nbsp;: chacun a sa page."


def _large(shared: Shared) -> str:
    number = len(shared.who)
    where = f'<span class="where">page «&nbsp;{prose(shared.lesson)}&nbsp;»</span>' if shared.lesson else ""
    label = prose(escape(shared.label, MOST_LABEL))
    return f"""<li><a href="#{anchor_of(shared.key)}"><b>{number}<small>élève{s(number)}</small></b>
<span><span class="what">{label}</span>{where}</span></a></li>"""


def _links(found: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f'<a href="#{anchor}">{prose(escape(label, MOST_LABEL))}</a>' for anchor, label in found)


def _begin(shared: Shared) -> str:
    """The anchor of the filter of a program that is not begun."""
    return f"{anchor_of(shared.key)}a-commencer"


def _filters(rows: Sequence[Row], room: Room) -> list[Filter]:
    """Every choice that the page offers."""
    filters = []
    for state, (one, several, _) in SAID.items():
        who = tuple(row.pseudo for row in rows if row.state is state)
        label = several if len(who) > 1 else one
        filters.append(Filter(state.value, label, label, who))
    for anchor, label, kept in (
        ("reste", "à réparer", [row for row in rows if row.state is State.GRADED and not is_complete(row)]),
        ("complet", "tous les points", [row for row in rows if is_complete(row)]),
        ("retard", "en retard", [row for row in rows if row.late]),
    ):
        filters.append(Filter(anchor, label, label, tuple(row.pseudo for row in kept)))
    shared = [one for one in room.mistakes if len(one.who) > 1][: MOST_MISTAKES + MOST_MORE]
    filters += [Filter(anchor_of(one.key), one.label, one.label, one.who, is_state=False) for one in shared]
    filters += [Filter(anchor_of(one.key), one.label, f"à réparer, {one.label}", one.who, False) for one in room.checks]
    filters += [Filter(_begin(one), one.label, f"pas commencé, {one.label}", one.who, False) for one in room.not_begun]
    return filters


def _rules(filters: Sequence[Filter]) -> str:
    """The rules that leave out who does not belong, and mark the link of the choice in force."""
    hidden = ",".join(f"#{one.anchor}:target~.grid tbody tr:not(.{one.anchor})" for one in filters)
    marked = ",".join(f'#{one.anchor}:target~.filters a[href="#{one.anchor}"]' for one in filters if one.is_state)
    everybody = f'.filters a[href="#{EVERYBODY}"]'
    return f"""{hidden}{{display:none}}
{everybody},{marked}{{background:var(--tint);border-color:var(--accent);font-weight:600}}
.told:target~{everybody}{{background:var(--card);border-color:var(--line);font-weight:400}}
"""


def _board(rows: Sequence[Row], filters: Sequence[Filter]) -> str:
    if not rows:
        return f'<section class="card" id="{EVERYBODY}"><p class="calm">{prose(NOBODY)}</p></section>'
    classes: dict[str, list[str]] = {row.pseudo: [] for row in rows}
    for one in filters:
        for pseudo in one.who:
            classes[pseudo].append(one.anchor)
    told = "".join(
        f'<p class="told" id="{one.anchor}">{prose(f"{students(len(one.who))} : {escape(one.told, MOST_LABEL)}")} · '
        f'<a href="#{EVERYBODY}">Montrer tout le monde</a></p>'
        for one in filters
    )
    choices = "".join(
        f'<a href="#{one.anchor}">{prose(one.label)} <b>{len(one.who)}</b></a>'
        for one in filters
        if one.is_state and one.who
    )
    key = "".join(f'<li class="{kind}">{prose(words)}</li>' for kind, words in KEY)
    return f"""<section class="card board" id="{EVERYBODY}"><h2>Qui en est où</h2>
{told}
<nav class="filters" aria-label="Montrer seulement">
<a href="#{EVERYBODY}">tout le monde <b>{len(rows)}</b></a>{choices}</nav>
<ul class="key" aria-label="Les signes">{key}</ul>
<div class="grid" tabindex="0" role="region" aria-label="Points par élève">{table(rows, classes)}</div></section>"""
