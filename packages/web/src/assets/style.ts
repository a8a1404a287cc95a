/** Styles pages: light and dark, narrow and wide, without a picture or a font to load. */

const ground = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#fbf8ef, #17160f);
  --raised: light-dark(#ffffff, #211f16);
  --ink: light-dark(#211d10, #f3eedd);
  --soft: light-dark(#5d5743, #b9b198);
  --line: light-dark(#dcd4bc, #3d392b);
  --edge: light-dark(#857c60, #8b8368);
  --accent: #ffcf33;
  --on-accent: #2b2407;
  --link: light-dark(#0b5a8f, #8cc8f2);
  --good: light-dark(#17663a, #7fd6a0);
  --good-ground: light-dark(#e2f4e8, #16301f);
  --wait: light-dark(#7a4d00, #f0c060);
  --wait-ground: light-dark(#fdf0cf, #382b0e);
  --bad: light-dark(#a3201c, #ff9c94);
  --bad-ground: light-dark(#fde8e6, #3d1a17);
  --gap: clamp(1rem, 3vw, 1.75rem);
}
*, *::before, *::after { box-sizing: border-box; }
html { font: 100%/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; -webkit-text-size-adjust: 100%; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--ground); color: var(--ink); }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; margin: 0; }
h1 { font-size: clamp(1.75rem, 5vw, 2.5rem); letter-spacing: -0.02em; }
h2 { font-size: 1.25rem; }
h3 { font-size: 1rem; }
p, ul, ol, dl, dd, blockquote { margin: 0; }
p, li { text-wrap: pretty; }
a { color: var(--link); text-underline-offset: 0.2em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }
img { max-width: 100%; height: auto; }
code { font: 0.9em/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
time, .amount { white-space: nowrap; }
.amount { font-variant-numeric: tabular-nums; }
`

const frame = `
.skip { position: absolute; inset-inline-start: 1rem; top: -10rem; z-index: 1; padding: 0.5rem 1rem; background: var(--raised); }
.skip:focus { top: 0.5rem; }
body > header, body > aside, main, body > footer { width: 100%; padding-inline: max(var(--gap), calc((100% - 66rem) / 2)); }
body > header { background: var(--raised); border-bottom: 1px solid var(--line); }
.bar { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; justify-content: space-between; padding-block: 0.75rem 0.5rem; }
.brand { display: inline-flex; gap: 0.6rem; align-items: center; color: inherit; font-weight: 700; font-size: 1.1rem; text-decoration: none; }
.who { display: flex; gap: 0.75rem; align-items: center; min-width: 0; }
.who > span { max-width: 14rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--soft); }
nav > ul { display: flex; gap: 0 0.25rem; flex-wrap: wrap; list-style: none; padding: 0; }
nav > ul a { display: block; padding: 0.5rem 0.75rem; color: inherit; text-decoration: none; border-bottom: 3px solid transparent; }
nav > ul a:hover { border-color: var(--line); }
nav > ul a[aria-current] { border-color: var(--accent); font-weight: 650; }
body > header nav { margin-inline: -0.75rem; }
main > nav:first-child { margin-inline-start: -0.75rem; border-bottom: 1px solid var(--line); font-size: 0.95rem; }
.banners { padding-block: 0.6rem; background: var(--wait-ground); color: var(--wait); font-weight: 600; }
main { flex: 1; display: flex; flex-direction: column; gap: calc(var(--gap) * 1.25); padding-block: calc(var(--gap) * 1.25) calc(var(--gap) * 2); align-items: stretch; }
main > section, main > div { display: flex; flex-direction: column; gap: 0.9rem; align-items: flex-start; }
main > section > *, main > div > * { max-width: 100%; }
main > p, main section > p, main section > ol { max-width: 44rem; }
main > .button { align-self: flex-start; }
body > footer { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; justify-content: space-between; padding-block: 1.25rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.9rem; }
footer ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; padding: 0; }
footer a { display: inline-block; padding-block: 0.15rem; color: inherit; }
`

const blocks = `
.lead { font-size: 1.1rem; color: var(--soft); max-width: 44rem; }
main > h1 + .lead { margin-top: -0.75rem; }
.hint { font-size: 0.9rem; color: var(--soft); }
.status { font-size: 1rem; font-weight: 700; color: var(--soft); font-variant-numeric: tabular-nums; }
main .box { display: flex; flex-direction: column; gap: 0.75rem; align-items: flex-start; padding: var(--gap); border: 1px solid var(--line); border-inline-start: 6px solid var(--line); border-radius: 10px; background: var(--raised); }
main .box.good { border-color: var(--good); background: var(--good-ground); }
main .box.wait { border-color: var(--wait); background: var(--wait-ground); }
main .box.bad { border-color: var(--bad); background: var(--bad-ground); }
.box > * { max-width: 100%; }
.box.good > h2 { color: var(--good); }
.box.wait > h2 { color: var(--wait); }
.box.bad > h2 { color: var(--bad); }
main > p.box { max-width: none; }
.badge { display: inline-block; padding: 0.1rem 0.6rem; border: 1px solid var(--edge); border-radius: 0.9rem; font-size: 0.85rem; font-weight: 600; color: var(--soft); white-space: nowrap; }
.badge.good { color: var(--good); background: var(--good-ground); border-color: var(--good); }
.badge.wait { color: var(--wait); background: var(--wait-ground); border-color: var(--wait); }
.badge.bad { color: var(--bad); background: var(--bad-ground); border-color: var(--bad); }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; }
.figures, .caps, .steps { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr)); gap: var(--gap); width: 100%; }
.figures > div, .cap, .steps > li { padding: var(--gap); border: 1px solid var(--line); border-radius: 10px; background: var(--raised); }
.figures dt { color: var(--soft); font-size: 0.9rem; }
.figures dd { font-size: 1.5rem; font-weight: 700; letter-spacing: -0.01em; overflow-wrap: anywhere; }
.figures .amount { white-space: normal; }
.figures .unit { font-size: 0.6em; letter-spacing: 0; color: var(--soft); }
.facts { width: 100%; border-top: 1px solid var(--line); }
.facts > div { display: grid; grid-template-columns: minmax(9rem, 1fr) 3fr; gap: 0.1rem 1rem; padding-block: 0.55rem; border-bottom: 1px solid var(--line); }
.facts dt { color: var(--soft); }
.facts dd { min-width: 0; }
.cap { display: flex; flex-direction: column; gap: 0.4rem; }
meter { display: block; width: 100%; height: 0.75rem; border: 0; appearance: none; -webkit-appearance: none; background: none; }
meter::-webkit-meter-inner-element { display: block; height: 0.75rem; }
meter::-webkit-meter-bar { display: block; height: 0.75rem; border: 1px solid var(--edge); border-radius: 1rem; background: var(--ground); overflow: hidden; }
meter::-webkit-meter-optimum-value { height: 100%; background: var(--good); }
meter::-moz-meter-bar { background: var(--good); }
meter.full::-webkit-meter-optimum-value { background: var(--wait); }
meter.full::-moz-meter-bar { background: var(--wait); }
.checks { width: 100%; list-style: none; padding: 0; border-top: 1px solid var(--line); }
.checks > li { display: grid; grid-template-columns: 8.5rem 1fr; gap: 0.25rem 1rem; align-items: start; padding-block: 0.75rem; border-bottom: 1px solid var(--line); }
.checks > li > .badge { justify-self: start; }
.checks form { margin-top: 0.5rem; }
.steps { list-style: none; padding: 0; counter-reset: step; }
main .steps { max-width: none; }
.steps > li { counter-increment: step; display: grid; gap: 0.35rem; align-content: start; }
.steps > li::before { content: counter(step); display: grid; place-items: center; width: 2rem; height: 2rem; border-radius: 50%; background: var(--accent); color: var(--on-accent); font-weight: 800; }
.topics { display: grid; gap: 0; list-style: none; padding: 0; border-top: 1px solid var(--line); }
.topics a { display: block; padding-block: 0.7rem; border-bottom: 1px solid var(--line); }
main > .hero { gap: 1.1rem; padding-block: var(--gap); }
.hero h1 { font-size: clamp(2.1rem, 8vw, 3.75rem); max-width: 16ch; }
.hero .wide { width: 100%; max-height: 18rem; object-fit: cover; border-radius: 14px; }
blockquote { padding-inline-start: 0.9rem; border-inline-start: 3px solid var(--edge); white-space: pre-wrap; overflow-wrap: anywhere; }
details > p, details > form { margin-top: 0.75rem; }
details > form { display: flex; flex-direction: column; gap: 1rem; align-items: flex-start; }
details > summary { font-weight: 650; cursor: pointer; padding-block: 0.25rem; }
bdi, .details, .error, .hint { overflow-wrap: anywhere; }
.secret code { font-size: 1.15rem; letter-spacing: 0.06em; }
`

const forms = `
button, .button { display: inline-block; padding: 0.6rem 1.1rem; border: 2px solid transparent; border-radius: 8px; font: inherit; font-weight: 650; text-align: center; text-decoration: none; cursor: pointer; }
.primary { background: var(--accent); color: var(--on-accent); border-color: light-dark(#b98d00, #ffcf33); }
.quiet { background: transparent; color: var(--ink); border-color: var(--edge); }
.danger { background: light-dark(#a3201c, #ffb0a9); color: light-dark(#ffffff, #3a0a07); }
button:hover, .button:hover { filter: brightness(0.94); }
.who button, .who .button, table button { padding: 0.35rem 0.8rem; font-size: 0.9rem; }
form { width: 100%; }
.actions form, table form, .who form, .checks form { width: auto; }
main section > form, main .box form, main > form, article > form { display: flex; flex-direction: column; gap: 1.1rem; align-items: flex-start; }
.field { display: flex; flex-direction: column; gap: 0.25rem; width: 100%; }
label, legend { font-weight: 650; }
input, select, textarea { width: 100%; max-width: 22rem; padding: 0.6rem 0.7rem; border: 2px solid var(--edge); border-radius: 8px; background: var(--raised); color: var(--ink); font: inherit; }
input, select { min-height: 3rem; }
input.long, textarea { max-width: 44rem; }
input.long { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 0.95rem; }
input.short { max-width: 9rem; font-size: 1.25rem; letter-spacing: 0.15em; font-variant-numeric: tabular-nums; }
input[type="checkbox"], input[type="radio"] { width: 1.2rem; height: 1.2rem; min-height: 0; margin: 0 0.35rem 0 0; vertical-align: -0.2rem; accent-color: var(--link); }
.tick label { display: inline-block; padding-block: 0.35rem; font-weight: 400; }
.wrong { padding-inline-start: 0.9rem; border-inline-start: 4px solid var(--bad); }
.wrong input, .wrong textarea, .wrong select { border-color: var(--bad); }
.error { color: var(--bad); font-weight: 650; }
fieldset { width: 100%; margin: 0; padding: var(--gap); display: grid; gap: 1rem; border: 1px solid var(--line); border-radius: 10px; background: var(--raised); min-width: 0; }
legend { padding-inline: 0.4rem; margin-inline-start: -0.4rem; }
main > form.filter { display: flex; flex-flow: row wrap; gap: 0.75rem; align-items: flex-end; }
.filter .field { width: auto; flex: 0 1 14rem; }
.gate { padding: 0.75rem 1rem; border: 1px solid var(--wait); border-radius: 8px; background: var(--wait-ground); color: var(--wait); }
`

const tables = `
table { width: 100%; border-collapse: collapse; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { padding: 0.65rem 0.75rem; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); font-weight: 400; }
th:first-child, td:first-child { padding-inline-start: 0; }
th:last-child, td:last-child { padding-inline-end: 0; }
thead th { color: var(--soft); font-size: 0.85rem; font-weight: 650; }
table bdi { display: inline-block; min-width: 6rem; }
table .badge, table .hint time { white-space: normal; }
table .hint time { display: inline-block; min-width: 7.5rem; }
table .hint code { white-space: nowrap; }
table button { white-space: nowrap; }
table code { overflow-wrap: break-word; }
table .address code, .facts code{ overflow-wrap: anywhere; }
.number { text-align: end; font-variant-numeric: tabular-nums; }
.pager { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; justify-content: space-between; }
.pager a { padding-block: 0.5rem; }
@media (max-width: 46rem) {
  table, tbody { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { display: block; padding: 0.75rem 1rem; margin-bottom: 0.75rem; border: 1px solid var(--line); border-radius: 10px; background: var(--raised); }
  tbody th, tbody td { display: grid; grid-template-columns: minmax(6.5rem, 2fr) 3fr; gap: 0.75rem; padding: 0.3rem 0; border: 0; text-align: start; }
  tbody th { font-weight: 650; }
  tbody th::before, tbody td::before { content: attr(data-title) / ""; color: var(--soft); font-size: 0.85rem; font-weight: 400; }
  tbody th > div, tbody td > div { min-width: 0; overflow-wrap: anywhere; }
  tbody time { white-space: normal; }
  tbody code { overflow-wrap: anywhere; }
  tbody .number { text-align: start; }
  .facts > div { grid-template-columns: 1fr; }
  .checks > li { grid-template-columns: 1fr; }
}
@media (prefers-contrast: more) { :root { --line: var(--edge); --soft: var(--ink); } }
@media (forced-colors: active) { .badge, button, .button { border: 1px solid; } }
@media print { body > header nav, form, .pager, .skip { display: none; } }
`

/** The one style sheet. */
export const style = [ground, frame, blocks, forms, tables].join("").trimStart()
