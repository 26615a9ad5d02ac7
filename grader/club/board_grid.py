"""The board's grid: checks by students, with signs and colours, each cell one click from the student's own report."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from ..escape import escape
from ..french import decimal
from ..report.model import SECTIONS, Section
from ..report.model import State as Stand
from ..report.page import prose
from .model import Check, Row, State
from .room import NOT_BEGUN, label_of, stands_of

MOST_CHARACTERS = 240
"""Of a sentence on one student."""

MOST_LABEL = 110
"""Of a name, a title or a mistake's label: those of the catalogue are shorter."""

SIGNS = {
    Stand.PASSED: ("o", "réussi"),
    Stand.FAILED: ("b", "à réparer"),
    Stand.WAITING: ("w", "en attente d'un autre point"),
    Stand.TODO: ("n", NOT_BEGUN),
    Stand.EXTRA: ("n", "pas encore"),
}
"""How a check stands: the class of its sign and colour, and its words."""

SAID = {
    State.GRADED: ("noté", "notés", ""),
    State.BLANK: ("pas commencé", "pas commencé", ""),
    State.UNREADABLE: ("illisible", "illisibles", ""),
    State.FAILED: ("panne", "pannes", "Ce n'est pas sa faute : le correcteur essaiera encore."),
}
"""Each state for one, for several, and what is said of it where nothing else is known."""

FIRST = ' class="first"'

SHORTER = {"duo.": "à deux", "bonus.": "bonus"}
"""Names of sections that two columns have room for."""


def anchor_of(key: str) -> str:
    """The anchor of the filter of a mistake or of a check."""
    return "f-" + re.sub(r"[^a-z0-9]+", "-", key.lower())


def table(rows: Sequence[Row], classes: Mapping[str, Sequence[str]]) -> str:
    """The grid, in the order of the rows.

    Args:
        rows: one of each student.
        classes: of each student the anchors of the filters that leave them.
    """
    columns = _columns(rows)
    offered = {anchor for anchors in classes.values() for anchor in anchors}
    body = "\n".join(_row(row, " ".join(classes[row.pseudo]), columns) for row in rows)
    return f"<table>{_heading(columns, offered)}<tbody>\n{body}\n</tbody>{_passed(rows, columns)}</table>"


def _columns(rows: Sequence[Row]) -> list[tuple[Section, list[Check]]]:
    """The checks under their sections; of each the first that was found, for its title."""
    found: dict[str, Check] = {}
    for row in rows:
        for check in row.checks:
            found.setdefault(check.id, check)
    grouped = [(one, [check for check in found.values() if check.id.startswith(one.prefix)]) for one in SECTIONS]
    return [(section, checks) for section, checks in grouped if checks]


def _heading(columns: Sequence[tuple[Section, list[Check]]], offered: set[str]) -> str:
    sections = "".join(
        f'<th class="first" scope="colgroup" colspan="{len(checks)}">{prose(SHORTER.get(one.prefix, one.short))}</th>'
        for one, checks in columns
    )
    titles = "".join(
        _title(check, offered, is_first=number == 0) for _, checks in columns for number, check in enumerate(checks)
    )
    groups = "".join(f'<colgroup span="{len(checks)}"></colgroup>' for _, checks in columns)
    both = ' rowspan="2"' if columns else ""
    rest = "" if columns else '<th scope="col">État</th>'
    return f"""<colgroup span="2"></colgroup>{groups}<thead><tr><th class="name" scope="col"{both}>Élève</th>
<th class="score" scope="col"{both}>/ 20</th>{sections}{rest}</tr>{f"<tr>{titles}</tr>" if titles else ""}</thead>"""


def _title(check: Check, offered: set[str], *, is_first: bool) -> str:
    kind = ' class="first"' if is_first else ""
    title, anchor = prose(escape(check.title, MOST_LABEL)), anchor_of(check.id)
    if anchor in offered:
        return f'<th scope="col"{kind}><a class="turned" href="#{anchor}">{title}</a></th>'
    return f'<th scope="col"{kind}><span class="turned">{title}</span></th>'


def _row(row: Row, classes: str, columns: Sequence[tuple[Section, list[Check]]]) -> str:
    pseudo = html.escape(escape(row.pseudo, MOST_LABEL))
    link = f"eleves/{quote(row.pseudo, safe='', errors='replace')}.html"
    name = f'<a href="{link}">{pseudo}</a>' if row.checks else pseudo
    late = ' <span class="late">en retard</span>' if row.late else ""
    graded = row.state is State.GRADED and row.score is not None
    score = decimal(row.score) if graded and row.score is not None else "–"
    cells = _cells(row, pseudo, link, columns) if graded else _why(row, columns)
    head = f'<th class="name" scope="row">{name}{late}</th><td class="score">{score}</td>'
    return f'<tr class="{classes}">{head}{cells}</tr>'


def _why(row: Row, columns: Sequence[tuple[Section, list[Check]]]) -> str:
    """Why there are no cells."""
    width = sum(len(checks) for _, checks in columns) or 1
    word, _, usual = SAID[row.state]
    why = " ".join(filter(None, (escape(row.why, MOST_CHARACTERS), usual)))
    return f'<td class="why" colspan="{width}"><span><b>{word}</b> {prose(why)}</span></td>'


def _cells(row: Row, pseudo: str, link: str, columns: Sequence[tuple[Section, list[Check]]]) -> str:
    stands, own = stands_of(row), {check.id: check for check in row.checks}
    cells = []
    for _, checks in columns:
        for number, column in enumerate(checks):
            check, more = own.get(column.id), " first" * (number == 0)
            if check is None:
                cells.append(f'<td class="n{more}">pas noté</td>')
                continue
            kind, words = SIGNS[stands[check.id]]
            if kind == "b" and check.diagnosis:
                words = f"{words}, {escape(label_of(check.diagnosis), MOST_LABEL)}"
            words = html.escape(words)
            place = "reparer" if check.id == row.first else quote(check.id, errors="replace")
            inside = f'<a href="{link}#{place}">{words}</a>' if kind == "b" else words
            title = f"{pseudo}, {html.escape(escape(check.id, MOST_LABEL))} : {words}"
            cells.append(f'<td class="{kind}{more}" title="{title}">{inside}</td>')
    return "".join(cells)


def _passed(rows: Sequence[Row], columns: Sequence[tuple[Section, list[Check]]]) -> str:
    """How many have each check."""
    if not columns:
        return ""
    passing = [check.id for row in rows for check in row.checks if check.status == "passed"]
    cells = "".join(
        f"<td{FIRST * (number == 0)}>{passing.count(check.id)}</td>"
        for _, checks in columns
        for number, check in enumerate(checks)
    )
    return f'<tfoot><tr><th class="name" scope="row">réussi par, en tout</th><td></td>{cells}</tr></tfoot>'
