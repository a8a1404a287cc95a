/** Holds the style sheet of the reference. */
import { createHash } from "node:crypto"

/** For light and dark, wide and narrow, screen and paper. */
export const style = `
:root { color-scheme: light dark; --ink: #1c1f26; --soft: #5b6270; --line: #dfe3ea; --paper: #fff; --code: #f4f6f9;
  --accent: #b4490f; --get: #1d6b3f; --post: #8a4a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8ec; --soft: #9aa2b1; --line: #2f3541; --paper: #14171c;
  --code: #1d222a; --accent: #ff9c5a; --get: #5fd193; --post: #ffb561; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
body { margin: 0; font: 16px/1.6 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
.page { display: grid; grid-template-columns: 17rem minmax(0, 52rem); gap: 3rem; max-width: 78rem; margin: 0 auto; padding: 2rem 1.5rem 6rem; }
nav { position: sticky; top: 2rem; align-self: start; max-height: calc(100vh - 4rem); overflow: auto; font-size: .875rem; }
nav ul { list-style: none; margin: 0 0 1.25rem; padding: 0; }
nav strong { color: var(--soft); font-weight: 600; }
nav a { display: block; padding: .15rem 0; color: inherit; text-decoration: none; }
nav a:hover, a { color: var(--accent); }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; }
.lead { margin: .25rem 0 2rem; color: var(--soft); font-size: 1.125rem; }
h2 { margin: 3rem 0 .25rem; font-size: 1.375rem; }
h2 + p { margin-top: 0; color: var(--soft); }
article { margin: 1.25rem 0 2rem; padding: 1.25rem 1.5rem 1.5rem; border: 1px solid var(--line); border-radius: .6rem; }
article h3 { display: flex; flex-wrap: wrap; align-items: baseline; gap: .6rem; margin: 0; font: 600 1rem ui-monospace, monospace; overflow-wrap: anywhere; }
h4 { margin: 1.5rem 0 .5rem; font-size: .875rem; color: var(--soft); font-weight: 600; }
.method { font-size: .8rem; letter-spacing: .03em; color: var(--get); }
.POST { color: var(--post); }
.title { margin: .5rem 0 0; font-weight: 600; }
.title + p { margin: .1rem 0 .6rem; }
.marks { display: flex; flex-wrap: wrap; gap: .4rem; margin: 0; padding: 0; list-style: none; font-size: .8rem; }
.marks li { padding: .05rem .55rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--soft); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; line-height: 1.5; }
th { text-align: left; font-weight: 600; color: var(--soft); }
th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td:first-child { white-space: nowrap; }
td:last-child { min-width: 13rem; }
tr:target td { background: var(--code); }
code, pre { font-family: ui-monospace, monospace; font-size: .875em; }
code { padding: .05rem .25rem; border-radius: .25rem; background: var(--code); }
pre { margin: .5rem 0; padding: .75rem 1rem; border-radius: .4rem; background: var(--code); overflow-x: auto; font-size: .8125rem; line-height: 1.5; }
pre code { padding: 0; font-size: 1em; background: none; }
@media (max-width: 60rem) { .page { display: block; padding: 1.25rem 1rem 4rem; } nav { position: static; max-height: none; margin-bottom: 2rem; } }
@media print { nav { display: none; } article { break-inside: avoid; } }
`

/** What allows this style sheet, and no other, in a content security policy. */
export const styleHash = `sha256-${createHash("sha256").update(style).digest("base64")}`
