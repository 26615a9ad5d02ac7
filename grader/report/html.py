"""The report as one page for a browser: it needs nothing else, asks for nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from . import svg
from .diagram import cut
from .model import SECTIONS, UNSAVED, CheckResult, CodeLine, Report, Section, State
from .plain import points
from .style import BASE, TEXT_SIGN, head, prose

MARKS = {
    State.PASSED: ("✔", "ok"),
    State.FAILED: ("✘", "bad"),
    State.WAITING: ("○", "wait"),
    State.TODO: ("○", "wait"),
    State.EXTRA: ("○", "wait"),
}
"""How each state is shown: a sign, and the class of its colour."""

MAX_NAME = 80
"""Characters of a folder's name."""

CONFETTI = """<svg viewBox="0 0 176 80" aria-hidden="true"><circle class="d" cx="88" cy="42" r="26"/>
<path class="d" d="M76 43l9 9 16-19"/><path class="a" d="M42 22l8 6M128 66l7 6M150 30l-9 3M60 6v1"/>
<path class="b" d="M26 44l9 1M118 8l-3 8M152 54l1 1M46 72l6-5"/>
<path class="c" d="M20 18l1 1M134 16l6-5M30 62l5-5M88 4v1M164 44l5 1"/></svg>"""
"""A tick among confetti, drawn: not every system has an emoji for it."""

STYLE = (
    BASE
    + """
header,main,footer{max-width:62rem;margin:0 auto;padding:0 1rem}
h1{font-size:1.05rem;font-weight:600;color:var(--soft)}
h2{font-size:1.3rem;line-height:1.25;margin-bottom:.75rem}
h3,h4{font-size:1rem;margin:1.1rem 0 .35rem}
.head{margin-top:1.25rem}
.score{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1rem;margin:.1rem 0 .6rem}
.score strong{font-size:2.6rem;line-height:1.1;letter-spacing:-.02em}
.score small{font-size:1.2rem;font-weight:600;color:var(--soft)}
.bonus{background:var(--good-tint);color:var(--good);border-radius:1rem;padding:.1rem .75rem;font-weight:600}
.bar{height:.9rem;border-radius:.45rem;background:var(--line);overflow:hidden}
.bar span{display:block;height:100%;background:var(--bar);border-radius:.45rem}
.thin{height:.4rem;margin:.35rem 0 .6rem}
.news{margin-top:.9rem;display:grid;gap:.3rem}
.jump{display:inline-block;margin-top:1rem;padding:.5rem 1rem;border-radius:.75rem;background:var(--tint);
  font-weight:600;text-decoration:none}
.jump:hover{text-decoration:underline}
.ok{color:var(--good)}.bad{color:var(--bad)}.wait{color:var(--soft)}
.sign{font-weight:700;margin-right:.35em}
.remark{background:var(--warn-tint);color:var(--warn);border-radius:.75rem;padding:.6rem 1rem;margin:.75rem 0}
.progress{display:flex;flex-wrap:wrap;gap:.75rem}
.progress section{flex:1 1 min(16rem,100%);border:1px solid var(--line);border-radius:.75rem;padding:.7rem .9rem}
.progress h3{display:flex;justify-content:space-between;gap:1rem;margin:0}
.progress h3 span{white-space:nowrap;color:var(--soft);font-weight:600}
.checks{list-style:none;padding:0;font-size:.97rem}
.checks li{display:flex;align-items:baseline}
.state{margin-left:auto;padding-left:.75rem;font-size:.85rem;white-space:nowrap}
.repair{border:2px solid var(--accent)}
.repair h2 small{display:block;font-size:.9rem;font-weight:600;color:var(--accent);margin-bottom:.15rem}
.facts{display:grid;grid-template-columns:minmax(0,1fr);gap:.6rem}
.facts dt{font-weight:700;font-size:.85rem;color:var(--soft)}
.code{background:var(--code);border:1px solid var(--line);border-radius:.6rem;overflow-x:auto;margin:.5rem 0}
.code pre{margin:0;padding:.5rem 0;width:max-content;min-width:100%;overflow-wrap:normal;
  font:.9rem/1.55 ui-monospace,Consolas,"DejaVu Sans Mono",monospace;tab-size:4}
.code .row{display:block;padding-right:1rem}
.code .blamed{background:var(--blamed);font-weight:600}
.code .number{padding:0 1em 0 .6em;color:var(--soft);user-select:none}
.code .blamed .number{color:var(--ink)}
.step{background:var(--tint);border-left:.3rem solid var(--accent);border-radius:.5rem;padding:.8rem 1rem;
  margin-top:1rem;font-size:1.1rem}
.step b{display:block;font-size:.85rem;color:var(--accent)}
.lesson{margin-top:.75rem;color:var(--soft)}
.party{background:var(--good-tint);border-color:var(--good);text-align:center}
.party svg{display:block;width:11rem;max-width:100%;margin:0 auto .5rem;stroke-width:5;stroke-linecap:round;
  stroke-linejoin:round;fill:none;color:var(--good)}
.party .a{stroke:var(--accent)}.party .b{stroke:var(--bad)}.party .c{stroke:var(--warn)}.party .d{stroke:currentColor}
.party h2{color:var(--good);margin:.25rem 0}
details{border-top:1px solid var(--line)}
summary{display:flex;align-items:baseline;cursor:pointer;padding:.6rem .25rem;list-style:none}
summary::-webkit-details-marker{display:none}
summary::after{content:"+";margin-left:.75rem;color:var(--soft);font-weight:700;width:1ch}
details[open]>summary::after{content:"−"}
summary:hover{background:var(--tint)}
.inside{padding:.25rem .25rem 1rem}
@media (max-width:30rem){header,main,footer{padding:0 .6rem}.card{padding:.9rem}h2{font-size:1.2rem}}
@media print{body{background:none;font-size:11pt}.card,.step,.code,.bar{print-color-adjust:exact}
  .card,.progress section,.dia{break-inside:avoid}.skip,.jump,.rest:not(:has([open])){display:none}
  .code pre{width:auto;white-space:pre-wrap}}
"""
    + svg.STYLE
)


def to_html(report: Report) -> str:
    """The page."""
    first, name = report.first_failure(), cut(report.submission, MAX_NAME)
    score = f"{points(report.score)} / {points(report.max_score)}"
    return f"""{head(prose(f"{score} · {name} · ChatPy"), STYLE)}<body>
<a class="skip" href="#contenu">Aller au contenu</a>
<header>{_head(report, name, score, first)}</header>
<main id="contenu" tabindex="-1">
{_celebration(report)}
{_progress(report)}
{_repair(report, first)}
{_others(report, first)}
</main>
<footer>Noté par ChatPy en {points(round(report.duration_s, 1))} s.</footer>
</body>
</html>
"""


def _sign(state: State) -> str:
    sign, kind = MARKS[state]
    return f'<span class="sign {kind}" aria-hidden="true">{sign}{TEXT_SIGN}</span>'


def _state(state: State) -> str:
    return f'<span class="state {MARKS[state][1]}">{state.value}</span>'


def _bar(earned: float, most: float, kind: str = "bar") -> str:
    """A bar; the numbers that it shows stand beside it."""
    share = 100 * min(1, max(0, earned / most)) if most else 0
    return f'<div class="{kind}" aria-hidden="true"><span style="width:{share:.1f}%"></span></div>'


def _named(check: CheckResult) -> str:
    """A title that cannot be taken for another program's."""
    where = next(section.title for section in SECTIONS if check.id.startswith(section.prefix))
    return prose(f"{check.title} ({where.partition(' · ')[2] or where.lower()})")


def _head(report: Report, name: str, score: str, first: CheckResult | None) -> str:
    bonus = f'<span class="bonus">+ {points(report.bonus)} de bonus</span>' if report.bonus else ""
    jump = "" if first is None else f'<a class="jump" href="#reparer">{_lead(report, first)} : {_named(first)} ↓</a>'
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
    changes = (
        (report.gained, State.PASSED, "Réussi depuis la dernière fois"),
        (report.lost, State.FAILED, "Ne marche plus"),
    )
    lines = []
    for ids, state, what in changes:
        named = [_named(check) for check in map(report.check, ids) if check is not None]
        if named:
            lines.append(f"<p>{_sign(state)}<b>{what}&nbsp;:</b> {', '.join(named)}</p>")
    if report.unsaved:
        lines.append(f"<p>{prose(UNSAVED)}</p>")
    return f'<div class="news">{"".join(lines)}</div>' if lines else ""


def _progress(report: Report) -> str:
    sections = "".join(_section(section, report.section(section)) for section in SECTIONS)
    return f'<section class="card"><h2>Où tu en es</h2><div class="progress">{sections}</div></section>'


def _section(section: Section, checks: list[CheckResult]) -> str:
    earned, most = sum(check.points for check in checks), sum(check.max_points for check in checks)
    lines = "".join(f"<li>{_sign(check.state)}{prose(check.title)}{_state(check.state)}</li>" for check in checks)
    return f"""<section><h3>{prose(section.title)} <span>{points(earned)} / {points(most)}</span></h3>
{_bar(earned, most, "bar thin")}<ul class="checks">{lines}</ul></section>"""


def _celebration(report: Report) -> str:
    if not report.complete:
        return ""
    what, more = report.praise()
    return f"""<section class="card party">{CONFETTI}<h2>{prose(what)}</h2><p>{prose(more)}</p></section>"""


def _lead(report: Report, first: CheckResult) -> str:
    """What the first thing to repair is called."""
    if report.complete:
        return "Pour aller plus loin"
    return "Par où commencer" if first.state is State.TODO else "À réparer d'abord"


def _repair(report: Report, first: CheckResult | None) -> str:
    if first is None:
        return ""
    lead = prose(_lead(report, first))
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
    for section in SECTIONS:
        folded = "".join(_folded(check) for check in report.section(section) if check is not first)
        if folded:
            groups.append(f"<h3>{prose(section.title)}</h3>{folded}")
    return f'<section class="card rest"><h2>{title}</h2>{"".join(groups)}</section>'


def _folded(check: CheckResult) -> str:
    inside = f"<p>{prose(check.expected)}</p>" if check.state is State.PASSED else _explained(check, "h4")
    marks = f"{points(check.points)} / {points(check.max_points)}"
    return f"""<details><summary>{_sign(check.state)}{prose(check.title)}
<span class="state {MARKS[check.state][1]}">{check.state.value} · {marks}</span></summary>
<div class="inside" id="{check.id}">{inside}</div></details>"""
