"""The report as one page for a browser: it needs nothing else, asks for nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ..french import decimal
from . import svg
from .diagram import cut
from .model import UNSAVED, CheckResult, CodeLine, Report, Standing, State, section_of
from .page import BASE, TEXT_SIGN, head, prose, rules_of

COLOURS = {State.PASSED: "ok", State.FAILED: "bad"}
"""The class of each state's colour; of the others it is OTHERWISE."""

OTHERWISE = "wait"

MAX_NAME = 80
"""Characters of a folder's name."""

CONFETTI = """<svg viewBox="0 0 176 80" aria-hidden="true"><circle class="d" cx="88" cy="42" r="26"/>
<path class="d" d="M76 43l9 9 16-19"/><path class="a" d="M42 22l8 6M128 66l7 6M150 30l-9 3M60 6v1"/>
<path class="b" d="M26 44l9 1M118 8l-3 8M152 54l1 1M46 72l6-5"/>
<path class="c" d="M20 18l1 1M134 16l6-5M30 62l5-5M88 4v1M164 44l5 1"/></svg>"""
"""A tick among confetti, drawn: not every system has an emoji for it."""

STYLE = BASE + rules_of("html.css") + "\n" + svg.STYLE


def to_html(report: Report) -> str:
    """The page."""
    first, name = report.first_failure(), cut(report.submission, MAX_NAME)
    score = f"{decimal(report.score)} / {decimal(report.max_score)}"
    return f"""{head(prose(f"{score} · {name} · ChatPy"), STYLE)}<body>
<a class="skip" href="#contenu">Aller au contenu</a>
<header>{_head(report, name, score, first)}</header>
<main id="contenu" tabindex="-1">
{_celebration(report)}
{_progress(report)}
{_repair(report, first)}
{_others(report, first)}
</main>
<footer>Noté par ChatPy en {decimal(round(report.duration_s, 1))} s.</footer>
</body>
</html>
"""


def _sign(state: State) -> str:
    return f'<span class="sign {_colour(state)}" aria-hidden="true">{state.sign}{TEXT_SIGN}</span>'


def _state(state: State) -> str:
    return f'<span class="state {_colour(state)}">{state.value}</span>'


def _colour(state: State) -> str:
    return COLOURS.get(state, OTHERWISE)


def _bar(earned: float, most: float, kind: str = "bar") -> str:
    """A bar; the numbers that it shows stand beside it."""
    share = 100 * min(1, max(0, earned / most)) if most else 0
    return f'<div class="{kind}" aria-hidden="true"><span style="width:{share:.1f}%"></span></div>'


def _named(check: CheckResult) -> str:
    """A title that cannot be taken for another program's."""
    section = section_of(check.id)
    return prose(f"{check.title} ({section.short.lower()})" if section is not None else check.title)


def _head(report: Report, name: str, score: str, first: CheckResult | None) -> str:
    bonus = f'<span class="bonus">+ {decimal(report.bonus)} de bonus</span>' if report.bonus else ""
    jump = "" if first is None else f'<a class="jump" href="#reparer">{report.lead()} : {_named(first)} ↓</a>'
    remarks = "".join(f'<p class="remark">{prose(remark)}</p>' for remark in report.remarks)
    mine, _, most = score.partition(" / ")
    return f"""<div class="card head">
<h1>ChatPy · {prose(name)}</h1>
<p class="score"><span><strong>{mine}</strong> <small>/ {most}</small></span>{bonus}</p>
{_bar(report.score, report.max_score)}
{_news(report)}{jump}
</div>{remarks}"""


def _news(report: Report) -> str:
    """What changed since the last time."""
    lines = []
    for better, checks in report.changed():
        state, what = (State.PASSED, "Réussi depuis la dernière fois") if better else (State.FAILED, "Ne marche plus")
        lines.append(f"<p>{_sign(state)}<b>{what}&nbsp;:</b> {', '.join(map(_named, checks))}</p>")
    if report.unsaved:
        lines.append(f"<p>{prose(UNSAVED)}</p>")
    return f'<div class="news">{"".join(lines)}</div>' if lines else ""


def _progress(report: Report) -> str:
    sections = "".join(map(_section, report.sections()))
    return f'<section class="card"><h2>Où tu en es</h2><div class="progress">{sections}</div></section>'


def _section(one: Standing) -> str:
    lines = "".join(f"<li>{_sign(check.state)}{prose(check.title)}{_state(check.state)}</li>" for check in one.checks)
    marks = f"{decimal(one.points)} / {decimal(one.max_points)}"
    return f"""<section><h3>{prose(one.section.title)} <span>{marks}</span></h3>
{_bar(one.points, one.max_points, "bar thin")}<ul class="checks">{lines}</ul></section>"""


def _celebration(report: Report) -> str:
    if not report.complete:
        return ""
    what, more = report.praise()
    return f"""<section class="card party">{CONFETTI}<h2>{prose(what)}</h2><p>{prose(more)}</p></section>"""


def _repair(report: Report, first: CheckResult | None) -> str:
    if first is None:
        return ""
    lead = prose(report.lead())
    return f"""<section class="card repair" id="reparer"><h2><small>{lead}</small> {_named(first)}</h2>
{_explained(first, "h3")}</section>"""


def _explained(check: CheckResult, heading: str) -> str:
    """All that is known of a check that does not pass: facts, code, who waits for what, the picture, what to do.

    Args:
        check: the check.
        heading: the tag of a heading below the one that it stands under.
    """
    facts = {"Attendu": check.expected, "Vu": check.seen, "Cause probable": check.cause}
    parts = [f"<div><dt>{name}</dt><dd>{prose(text)}</dd></div>" for name, text in facts.items() if text]
    if check.location is not None:
        place = prose(f"{check.location.file}, ligne {check.location.line}")
        parts.append(f"<div><dt>Où</dt><dd>{place}{_code(check.excerpt, place)}</dd></div>")
    blocks = [f'<dl class="facts">{"".join(parts)}</dl>']
    if check.blocked:
        blocks.append(f"<{heading}>Qui attend quoi</{heading}><ul>{_items(check.blocked)}</ul>")
    if check.exchange is not None:
        blocks.append(f"<{heading}>Ce qui s'est passé</{heading}>{svg.draw(check.exchange)}")
    step = check.step or check.hint
    if step:
        blocks.append(f'<p class="step"><b>Ta prochaine étape</b> {prose(step)}</p>')
    if check.lesson:
        blocks.append(f'<p class="lesson">À relire&nbsp;: «&nbsp;{prose(check.lesson)}&nbsp;», dans le sujet.</p>')
    return "".join(blocks)


def _items(sentences: Iterable[str]) -> str:
    return "".join(f"<li>{prose(sentence)}</li>" for sentence in sentences)


def _code(lines: tuple[CodeLine, ...], place: str) -> str:
    """The lines around the one to look at; they scroll, with the keyboard too, inside their frame."""
    if not lines:
        return ""
    digits = len(str(lines[-1].number))
    rows = "".join(_code_row(line, digits) for line in lines)
    return f'<div class="code" tabindex="0" role="region" aria-label="Extrait, {place}"><pre>{rows}</pre></div>'


def _code_row(line: CodeLine, digits: int) -> str:
    kind, mark = (" blamed", "► ") if line.blamed else ("", "  ")
    hidden = '<span class="hidden">La ligne à regarder : </span>' if line.blamed else ""
    text = escape(line.text)
    return f'<span class="row{kind}">{hidden}<span class="number">{mark}{line.number:{digits}}</span>{text}\n</span>'


def _others(report: Report, first: CheckResult | None) -> str:
    """Every check but the first to repair, folded."""
    title = "Point par point" if first is None else "Le reste, point par point"
    groups = []
    for one in report.sections():
        folded = "".join(_folded(check) for check in one.checks if check is not first)
        if folded:
            groups.append(f"<h3>{prose(one.section.title)}</h3>{folded}")
    return f'<section class="card rest"><h2>{title}</h2>{"".join(groups)}</section>'


def _folded(check: CheckResult) -> str:
    inside = f"<p>{prose(check.expected)}</p>" if check.state is State.PASSED else _explained(check, "h4")
    marks = f"{decimal(check.points)} / {decimal(check.max_points)}"
    return f"""<details><summary>{_sign(check.state)}{prose(check.title)}
<span class="state {_colour(check.state)}">{check.state.value} · {marks}</span></summary>
<div class="inside" id="{check.id}">{inside}</div></details>"""
