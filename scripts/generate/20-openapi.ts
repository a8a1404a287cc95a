/** Writes the OpenAPI documents of both doors, with and without the faucet, and the reference of the HTTP API for readers. */
import {
  InternalApi,
  openApiOf,
  PublicApi,
  type Reference,
  type ReferenceAnswer,
  type ReferenceField,
  referenceOf,
  type ReferenceRoute,
  type Rules
} from "@purser/contract"
import { FaucetInternalApi, FaucetPublicApi } from "@purser/contract/faucet"
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

const credentials: Readonly<Record<Rules["credential"], string>> = {
  none: "Open to everybody.",
  optional_session: "Open to everybody.",
  internal_key: "Needs the internal key as a bearer token.",
  session: "Needs a session; what changes something must come from a page of this server.",
  admin: "Needs the session of an admin, or the internal key.",
  proven_admin: "Needs the session of an admin with a fresh second factor, or the internal key."
}

const access = ({ rules }: ReferenceRoute): string =>
  [
    credentials[rules.credential],
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
const faucet = referenceOf(FaucetPublicApi)
const faucetInternal = referenceOf(FaucetInternalApi)

const pathsOf = ({ groups }: Reference): ReadonlyArray<string> =>
  groups.flatMap(({ routes }) => routes.map(({ path }) => path))

/** Without what is told elsewhere. */
const without = (reference: Reference, elsewhere: Reference): Reference => {
  const told = new Set(pathsOf(elsewhere))
  const groups = reference.groups.map((group) => ({
    ...group,
    routes: group.routes.filter(({ path }) => !told.has(path))
  }))
  return { ...reference, groups }
}

settle("docs/reference/openapi.json", JSON.stringify(openApiOf(PublicApi), undefined, 2) + "\n")
settle("docs/reference/openapi-internal.json", JSON.stringify(openApiOf(InternalApi), undefined, 2) + "\n")
settle("docs/reference/openapi-faucet.json", JSON.stringify(openApiOf(FaucetPublicApi), undefined, 2) + "\n")
settle(
  "docs/reference/openapi-faucet-internal.json",
  JSON.stringify(openApiOf(FaucetInternalApi), undefined, 2) + "\n"
)
settle(
  "docs/reference/http-api.md",
  [
    "# HTTP API",
    "Two doors in one process. The public one serves payers and services; the internal one serves operators, and has " +
    "everything of the public door's health and documents besides. For machines: [public](openapi.json) and " +
    "[internal](openapi-internal.json) OpenAPI documents. Where the faucet is served the doors have its routes besides: " +
    "[public](openapi-faucet.json) and [internal](openapi-faucet-internal.json).",
    "Every answer carries `X-Correlation-Id`. Amounts are strings: whole numbers of piconero in decimal digits, " +
    "and decimal text in BAN where a member's name ends in `_ban`. " +
    "Times are UTC in ISO 8601. Bodies are JSON in UTF-8, at most 16 KiB; keys that are not listed are refused.",
    ...door("Public door", shared),
    ...door("Internal door", without(internal, shared)),
    ...door("Public door with the faucet", without(faucet, shared)),
    ...door("Internal door with the faucet", without(faucetInternal, internal)),
    "## Refusals by code",
    "Every refusal is a problem document (RFC 9457) as `application/problem+json`. Decide by `code`: it is stable.",
    ...table(
      ["code", "status", "meaning", "what to do"],
      shared.problems.map(({ advice, code, status, title }) => [`\`${code}\``, String(status), title, advice])
    )
  ].join("\n\n") + "\n"
)
