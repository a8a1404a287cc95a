/** Reads path, query and body by the contract's schemas, and names every field that does not fit. */
import type { FieldError, Rules } from "@purser/contract"
import type * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import { isUtf8 } from "node:buffer"
import { type Refused, refused } from "../server/Reply.ts"

/** A request before it is read. `body` is there on routes that take one. */
export interface RawInput {
  readonly params: Readonly<Record<string, string>>
  readonly query: string
  readonly body: Buffer | undefined
}

/** What a handler is given: each part is there where the contract declares it. */
export interface ReadInput {
  readonly params?: unknown
  readonly query?: unknown
  readonly payload?: unknown
}

type Place = FieldError["in"]
type Read = (value: unknown) => Result.Result<unknown, ReadonlyArray<FieldError>>

const errorsMaximum = 20
const fieldLengthMaximum = 100

const format = SchemaIssue.makeFormatterStandardSchemaV1({
  leafHook: (issue) => {
    if (issue._tag === "MissingKey") return "Required"
    return issue._tag === "UnexpectedKey" ? "Not known here" : SchemaIssue.defaultLeafHook(issue)
  }
})

/** `Expected 64 hexadecimal digits` reads as `expected …` after the name of a field. */
const message = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1)

const segment = (part: PropertyKey | { readonly key: PropertyKey }): string =>
  String(typeof part === "object" ? part.key : part)

const fieldErrors = (place: Place, issue: SchemaIssue.Issue): ReadonlyArray<FieldError> =>
  format(issue).issues.slice(0, errorsMaximum).map((found) => ({
    in: place,
    field: (found.path ?? []).map(segment).join(".").slice(0, fieldLengthMaximum),
    message: message(found.message)
  }))

const reader = (place: Place, schema: Schema.Top, onExcessProperty: "error" | "ignore"): Read => {
  // The contract's schemas need no services; their type here has forgotten it.
  const decode = Schema.decodeUnknownResult(schema as Schema.Codec<unknown, unknown>, {
    errors: "all",
    onExcessProperty
  })
  return (value) => Result.mapError(decode(value), ({ issue }) => fieldErrors(place, issue))
}

const invalid = (errors: ReadonlyArray<FieldError>): Refused => refused("invalid_request", { members: { errors } })

const unique = (search: URLSearchParams): Readonly<Record<string, string | ReadonlyArray<string>>> =>
  Object.fromEntries([...new Set(search.keys())].map((name) => {
    const values = search.getAll(name)
    return [name, values.length === 1 ? values[0]! : values]
  }))

const unreadable = Symbol("unreadable")

const parseJson = (body: Buffer): unknown => {
  if (!isUtf8(body)) return unreadable
  try {
    return JSON.parse(body.toString("utf8"))
  } catch {
    return unreadable
  }
}

/** A form is what a query is, in UTF-8. */
const parseForm = (body: Buffer): unknown =>
  isUtf8(body) ? unique(new URLSearchParams(body.toString("utf8"))) : unreadable

const unread: Readonly<Record<Rules["body"], Refused>> = {
  none: refused("malformed_json"),
  json: refused("malformed_json"),
  form: refused("invalid_request")
}

interface Readers {
  readonly params: Read | undefined
  readonly query: Read | undefined
  readonly payload: Read | undefined
}

const payloadOf = (endpoint: HttpApiEndpoint.Top): Schema.Top | undefined =>
  [...endpoint.payload.values()].flatMap(({ schemas }): ReadonlyArray<Schema.Top> => schemas)[0]

/** Links to pages get marks of where they were shared; programs are told of what is not known. */
const readersOf = (endpoint: HttpApiEndpoint.Top, { holds }: Rules): Readers => {
  const payload = payloadOf(endpoint)
  const excess = holds === "page" ? "ignore" : "error"
  return {
    params: endpoint.params && reader("path", endpoint.params, "error"),
    query: endpoint.query && reader("query", endpoint.query, excess),
    payload: payload && reader("body", payload, excess)
  }
}

const absent = Result.succeed(undefined)

/** Compiles the schemas of an endpoint once. Errors of every part are told at once. */
export const inputReader = (
  endpoint: HttpApiEndpoint.Top,
  rules: Rules
): (raw: RawInput) => Result.Result<ReadInput, Refused> => {
  const read = readersOf(endpoint, rules)
  const { body } = rules
  const parse = body === "form" ? parseForm : parseJson
  return (raw) => {
    const parsed = read.payload === undefined || raw.body === undefined ? undefined : parse(raw.body)
    if (parsed === unreadable) return Result.fail(unread[body])
    const params = read.params === undefined ? absent : read.params(raw.params)
    const query = read.query === undefined ? absent : read.query(unique(new URLSearchParams(raw.query)))
    const payload = read.payload === undefined ? absent : read.payload(parsed)
    if (Result.isSuccess(params) && Result.isSuccess(query) && Result.isSuccess(payload)) {
      return Result.succeed({ params: params.success, query: query.success, payload: payload.success })
    }
    return Result.fail(
      invalid([params, query, payload].flatMap((part) => Result.isFailure(part) ? part.failure : []))
    )
  }
}
