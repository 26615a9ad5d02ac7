"""How the board looks: the family of the student's report, in letters that the last row of a room can read."""

from __future__ import annotations

from ..report.style import BASE, TEXT_SIGN

LIGHT = "--bad-tint:#fde4e1;--none:#eef1f7;"
DARK = "--bad-tint:#44211f;--none:#161a25;"

STYLE = (
    BASE
    + f"\n:root{{{LIGHT}}}@media screen and (prefers-color-scheme:dark){{:root{{{DARK}}}}}"
    + """
header,main,footer{max-width:96rem;margin:0 auto;padding:0 1.25rem}
h1{font-size:1.05rem;font-weight:600;color:var(--soft)}
h2{font-size:1.3rem;line-height:1.25;margin-bottom:.75rem}
.head{margin-top:1.25rem}
.counts{font-size:1.7rem;font-weight:700;letter-spacing:-.01em;line-height:1.3}
.mixed{background:var(--warn-tint);color:var(--warn);border-radius:.75rem;padding:.6rem 1rem;margin-top:.75rem}
.shared{list-style:none;padding:0;display:grid;gap:.75rem;
  grid-template-columns:repeat(auto-fit,minmax(min(24rem,100%),1fr))}
.shared a{display:grid;grid-template-columns:auto 1fr;column-gap:1rem;align-items:center;height:100%;
  padding:.8rem 1.1rem;border-radius:.9rem;background:var(--tint);color:var(--ink);text-decoration:none}
.shared a:hover .what{text-decoration:underline}
.shared b{font-size:2.6rem;line-height:1;letter-spacing:-.02em;color:var(--accent);text-align:center;min-width:1.2ch}
.shared b small{display:block;font-size:.85rem;letter-spacing:0;font-weight:600;margin-top:.2rem}
.what{display:block;font-size:1.45rem;font-weight:700;line-height:1.25}
.where{display:block;color:var(--ink);font-size:1rem;margin-top:.2rem}
.aside{margin-top:.9rem;color:var(--soft)}
.aside b{color:var(--ink)}
.calm{font-size:1.25rem}
.board{display:flex;flex-direction:column;scroll-margin-top:.5rem}
.filters{order:1;display:flex;flex-wrap:wrap;gap:.5rem}
.filters a{padding:.35rem .9rem;border:1px solid var(--line);border-radius:2rem;text-decoration:none;color:var(--ink);
  background:var(--card)}
.filters a:hover{border-color:var(--accent)}
.filters b{color:var(--accent);margin-left:.2em}
.told{display:none;order:2;margin-top:.6rem;padding:.5rem 1rem;border-radius:.75rem;background:var(--tint);
  scroll-margin-top:8rem}
.told:target{display:block}
.key{order:3;display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;list-style:none;padding:0;margin:.8rem 0;
  color:var(--soft);font-size:.95rem}
.grid{order:4}
table{border-collapse:separate;border-spacing:0;width:100%;line-height:1.25}
th,td{padding:0;border-bottom:1px solid var(--line);background:var(--card)}
thead th{position:sticky;top:0;z-index:2;vertical-align:bottom;font-size:.92rem;font-weight:600}
thead tr:first-child th{height:2.6rem;vertical-align:middle;text-align:left;padding:0 .5rem;color:var(--soft);
  white-space:nowrap;border-bottom:0}
thead tr+tr th{top:2.6rem;min-width:2.1rem}
.turned{display:flex;align-items:center;height:12rem;margin:0 auto;padding:.4rem 0;writing-mode:vertical-rl;
  transform:rotate(180deg);color:var(--ink);white-space:nowrap;overflow:hidden;
  text-decoration:none}
a.turned{color:var(--accent)}
a.turned:hover{text-decoration:underline}
.name{position:sticky;left:0;z-index:1;text-align:left;font-weight:600;padding:.3rem .8rem .3rem .3rem;
  min-width:7.5rem;max-width:15rem}
thead .name{z-index:3;top:0}
thead tr:first-child .name,thead tr:first-child .score{vertical-align:bottom;padding:.4rem .8rem .4rem .3rem}
thead tr:first-child .score{text-align:right}
.name a{text-decoration:none}
.name a:hover{text-decoration:underline}
.late{display:inline-block;font-size:.8rem;font-weight:600;padding:0 .5rem;border-radius:1rem;
  background:var(--warn-tint);color:var(--warn);white-space:nowrap}
.score{text-align:right;padding:.3rem .8rem .3rem .3rem;white-space:nowrap}
.why{text-align:left;padding:.3rem .8rem;border-left:1px solid var(--line)}
.why b{margin-right:.4em}
.why span{display:inline-block;position:sticky;left:8.5rem}
.o,.b,.w,.n{min-width:2.1rem;height:2.2rem;text-align:center;font-size:0}
.first{border-left:1px solid var(--line)}
td.o::before,td.w::before,td.n::before,td.b>a::before,.key .o::before,.key .b::before,.key .w::before,.key .n::before
  {font-size:1.15rem;font-weight:700}
td.b>a{display:flex;align-items:center;justify-content:center;height:2.2rem;color:var(--bad);text-decoration:none;
  outline-offset:-3px}
td.o{background:var(--good-tint);color:var(--good)}td.b{background:var(--bad-tint);color:var(--bad)}
td.w{color:var(--soft)}td.n{background:var(--none);color:var(--soft)}
.o::before{content:"✔SIGN"}.w::before{content:"○SIGN"}.n::before{content:"–"}
td.b>a::before,.key .b::before{content:"✘SIGN"}
.key li::before{display:inline-block;width:1.6em;margin-right:.5em;text-align:center;border-radius:.3rem}
.key li{min-width:0;height:auto;font-size:inherit;text-align:left}
.key .o::before{background:var(--good-tint);color:var(--good)}
.key .b::before{background:var(--bad-tint);color:var(--bad)}
.key .n::before{background:var(--none)}
tbody tr:hover>*{box-shadow:inset 0 2px 0 -1px var(--accent),inset 0 -2px 0 -1px var(--accent)}
tfoot tr>*{border-bottom:0;color:var(--soft);font-size:.9rem;text-align:center;padding-top:.4rem}
tfoot .name{text-align:left;font-weight:400}
@media (max-width:68rem){.grid{overflow:auto;max-height:88vh;border:1px solid var(--line);border-radius:.6rem}}
@media (max-width:40rem){header,main,footer{padding:0 .6rem}.card{padding:.9rem}.counts{font-size:1.3rem}
  .what{font-size:1.15rem}.shared b{font-size:2rem}.name{max-width:7.5rem;font-size:.95rem}
  .turned{height:11rem;font-size:.85rem}.why span{max-width:calc(100vw - 13.5rem)}}
@media print{@page{size:landscape;margin:1cm}:root{font-size:62.5%}body{background:none}
  .skip,.filters,.told:not(:target){display:none}.card{border:0;padding:0;break-inside:auto}.grid{overflow:visible;max-height:none;border:0}
  tr,.shared li{break-inside:avoid}th,td,.shared a{print-color-adjust:exact}thead th,.name{position:static}
  .o,.b,.w,.n{height:1.5rem;min-width:1.4rem}}
""".replace("SIGN", TEXT_SIGN)
)
"""The rules of the board; those of its filters depend on what there is, see ``board``."""
