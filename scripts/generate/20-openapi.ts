/** Writes the OpenAPI documents of both doors, and the reference of the HTTP API for readers. */
import {
  InternalApi,
  openApiOf,
  PublicApi,
  type Reference,
  type ReferenceAnswer,
  type ReferenceField,
  referenceOf,
  type ReferenceRoute
} from "@purser/contract"
import { settle } from "../generated.ts"

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ")

const table = (
  head: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string>>
): ReadonlyArray<string> =>
  rows.length === 0 ? [] : [
    [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n")
  ]

const fields = (found: ReadonlyArray<ReferenceField>): ReadonlyArray<string> =>
  table(
    ["field", "in", "kind", "required", "what it is"],
    found.map(({ description, kind, name, place, required }) => [
      `\`${name}\``,
      place,
      kind,
      required ? "yes" : "no",
      description
    ])
  )

const json = (text: string | undefined): ReadonlyArray<string> =>
  text === undefined ? [] : [`\`\`\`json\n${text}\n\`\`\``]

const answer = ({ description, example, fields, status }: ReferenceAnswer): ReadonlyArray<string> => [
  `**${status}** ${description}`,
  ...json(example),
  ...table(
    ["member", "kind", "what it is"],
    fields.map(({ description, kind, name }) => [`\`${name}\``, kind, description])
  )
]

const access = ({ rules }: ReferenceRoute): string =>
  [
    rules.credential === "none" ? "Open to everybody." : "Needs the internal key as a bearer token.",
    ...rules.effect === "none" ? [] : ["Takes an idempotency key."],
    ..."action" in rules.audit ? [`Audited as \`${rules.audit.action}\`.`] : []
  ].join(" ")

const route = (shown: ReferenceRoute): ReadonlyArray<string> => [
  `### ${shown.method} ${shown.path}`,
  `${shown.title}. ${shown.description} ${access(shown)}`,
  ...json(shown.requestExample),
  ...fields(shown.fields),
  ...shown.answers.flatMap(answer),
  `Refusals: ${shown.problems.map(({ code, status }) => `${status} \`${code}\``).join(", ")}.`
]

const door = (title: string, { groups }: Reference): ReadonlyArray<string> => [
  `## ${title}`,
  ...groups.flatMap(({ routes }) => routes.flatMap(route))
]

const shared = referenceOf(PublicApi)
const internal = referenceOf(InternalApi)
const publicPaths = new Set(shared.groups.flatMap(({ routes }) => routes.map(({ path }) => path)))

/** Without what the public door has too. */
const own: Reference = {
  ...internal,
  groups: internal.groups.map((group) => ({
    ...group,
    routes: group.routes.filter(({ path }) => !publicPaths.has(path))
  }))
}

settle("docs/reference/openapi.json", JSON.stringify(openApiOf(PublicApi), undefined, 2) + "\n")
settle("docs/reference/openapi-internal.json", JSON.stringify(openApiOf(InternalApi), undefined, 2) + "\n")
settle(
  "docs/reference/http-api.md",
  [
    "# HTTP API",
    "Two doors in one process. The public one serves payers and services; the internal one serves operators, and has " +
    "everything of the public door's health and documents besides. For machines: [public](openapi.json) and " +
    "[internal](openapi-internal.json) OpenAPI documents.",
    "Every answer carries `X-Correlation-Id`. Amounts are whole numbers of piconero in decimal digits, as strings. " +
    "Times are UTC in ISO 8601. Bodies are JSON in UTF-8, at most 16 KiB; keys that are not listed are refused.",
    ...door("Public door", shared),
    ...door("Internal door", own),
    "## Refusals by code",
    "Every refusal is a problem document (RFC 9457) as `application/problem+json`. Decide by `code`: it is stable.",
    ...table(
      ["code", "status", "meaning", "what to do"],
      shared.problems.map(({ advice, code, status, title }) => [`\`${code}\``, String(status), title, advice])
    )
  ].join("\n\n") + "\n"
)
