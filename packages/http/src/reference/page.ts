/** Renders the reference of an API as one page: no script, no font, no image, nothing fetched. */
import type {
  Reference,
  ReferenceAnswer,
  ReferenceField,
  ReferenceGroup,
  ReferenceRoute,
  Rules
} from "@purser/contract"
import { escaped, joined, prose, table } from "./html.ts"
import { style } from "./style.ts"

const anchor = ({ method, path }: ReferenceRoute): string =>
  `${method}${path}`.toLowerCase().replaceAll(/[^a-z0-9]+/gu, "-")

const fieldRows = (fields: ReadonlyArray<ReferenceField>) =>
  fields.map(({ description, kind, name, place, required }) => ({
    cells: [`<code>${escaped(name)}</code>`, escaped(place), escaped(kind), required ? "yes" : "no", prose(description)]
  }))

const memberRows = (fields: ReadonlyArray<ReferenceField>) =>
  fields.map(({ description, kind, name }) => ({
    cells: [`<code>${escaped(name)}</code>`, escaped(kind), prose(description)]
  }))

const effects: Readonly<Record<Rules["effect"], string | undefined>> = {
  none: undefined,
  stored: "takes an idempotency key",
  repeated: "takes an idempotency key"
}

const credentials: Readonly<Record<Rules["credential"], string>> = {
  none: "open to everybody",
  optional_session: "open to everybody",
  internal_key: "needs the internal key",
  session: "needs somebody to be signed in",
  admin: "needs an admin who is signed in, or the internal key",
  proven_admin: "needs an admin with a fresh second factor, or the internal key"
}

const marks = ({ audit, credential, effect }: Rules): string =>
  joined(
    "<ul class=\"marks\">",
    `<li>${credentials[credential]}</li>`,
    effects[effect] && `<li>${effects[effect]}</li>`,
    "action" in audit ? `<li>audited as <code>${escaped(audit.action)}</code></li>` : undefined,
    "</ul>"
  )

const example = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : `<pre><code>${escaped(text)}</code></pre>`

const answer = ({ description, example: text, fields, status }: ReferenceAnswer): string =>
  joined(`<h4>${status} · ${prose(description)}</h4>`, example(text), table(["Member", "Kind", ""], memberRows(fields)))

const refusals = ({ problems }: ReferenceRoute): string | undefined =>
  table(
    ["Status", "Code", ""],
    problems.map(({ code, status, title }) => ({
      cells: [String(status), `<a href="#${code}"><code>${code}</code></a>`, prose(title)]
    }))
  )

const route = (shown: ReferenceRoute): string =>
  joined(
    `<article id="${anchor(shown)}">`,
    `<h3><span class="method ${escaped(shown.method)}">${escaped(shown.method)}</span> ${escaped(shown.path)}</h3>`,
    `<p class="title">${prose(shown.title)}</p><p>${prose(shown.description)}</p>`,
    marks(shown.rules),
    shown.fields.length > 0 ? "<h4>Request</h4>" : undefined,
    example(shown.requestExample),
    table(["Field", "In", "Kind", "Required", ""], fieldRows(shown.fields)),
    ...shown.answers.map(answer),
    "<h4>Refusals</h4>",
    refusals(shown),
    "</article>"
  )

const group = ({ description, routes, title }: ReferenceGroup): string =>
  joined(`<section><h2>${prose(title)}</h2><p>${prose(description)}</p>`, ...routes.map(route), "</section>")

const contents = ({ groups }: Reference): string =>
  joined(
    "<nav aria-label=\"Contents\">",
    ...groups.map(({ routes, title }) =>
      joined(
        `<strong>${escaped(title)}</strong><ul>`,
        ...routes.map((shown) => `<li><a href="#${anchor(shown)}">${escaped(shown.title)}</a></li>`),
        "</ul>"
      )
    ),
    "<ul><li><a href=\"#codes\">Refusals by code</a></li><li><a href=\"/openapi.json\">OpenAPI document</a></li></ul>",
    "</nav>"
  )

const codes = ({ problems }: Reference): string =>
  joined(
    "<section id=\"codes\"><h2>Refusals by code</h2>",
    "<p>Every refusal is a problem document (RFC 9457). Decide by <code>code</code>: it is stable.</p>",
    table(
      ["Code", "Status", "", "What to do"],
      problems.map(({ advice, code, status, title }) => ({
        id: code,
        cells: [`<code>${code}</code>`, String(status), prose(title), prose(advice)]
      }))
    ),
    "</section>"
  )

/** The page; its style is allowed by `styleHash`. */
export const referencePage = (reference: Reference): string =>
  joined(
    "<!doctype html>",
    "<html lang=\"en\"><head><meta charset=\"utf-8\">",
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
    `<title>${escaped(reference.title)} API</title><style>${style}</style></head>`,
    "<body><div class=\"page\">",
    contents(reference),
    `<main><h1>${escaped(reference.title)} API</h1><p class="lead">${prose(reference.description)}</p>`,
    ...reference.groups.map(group),
    codes(reference),
    "</main></div></body></html>"
  )
