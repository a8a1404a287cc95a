/** Declares the problem details (RFC 9457) that every refusal is answered with. */
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Schema from "effect/Schema"
import { Piconero } from "../scalars.ts"
import { type ProblemCode, problemCodes, problemKinds, problemType } from "./problemKinds.ts"

/** The media type of every refusal. */
export const problemMediaType = "application/problem+json"

/** One thing that is wrong with the input; `field` is a path such as `pid` or `Idempotency-Key`. Values are not repeated. */
export const FieldError = Schema.Struct({
  in: Schema.Literals(["body", "path", "query", "header"]),
  field: Schema.String,
  message: Schema.String
}).annotate({
  identifier: "FieldError",
  examples: [{ in: "body", field: "pid", message: "expected 64 hexadecimal digits" }]
})
export type FieldError = typeof FieldError.Type

const member = {
  type: Schema.String.annotate({ description: "Where the reference explains the code." }),
  title: Schema.String.annotate({ description: "The code in words; the same for every occurrence." }),
  status: Schema.Int.annotate({ description: "The HTTP status again." }),
  detail: Schema.String.annotate({ description: "What can be done about it." }),
  errors: Schema.optionalKey(Schema.Array(FieldError)),
  correlation_id: Schema.String.annotate({
    description: "The same as X-Correlation-Id; names this request in the logs."
  })
}

const otherCodes = problemCodes.filter((code): code is Exclude<ProblemCode, "ticket_underpaid" | "not_ready"> =>
  code !== "ticket_underpaid" && code !== "not_ready"
)

/** A refusal. `code` is stable: decide by it, not by the text. */
export const Problem = Schema.Struct({
  ...member,
  code: Schema.Literals(otherCodes).annotate({ description: "Stable. The reference lists every code." })
}).annotate({ identifier: "Problem" })
export type Problem = typeof Problem.Type

/** 402: what arrived so far, the pool included, and what is asked for. */
export const UnderpaidProblem = Schema.Struct({
  ...member,
  code: Schema.Literal("ticket_underpaid"),
  received: Piconero,
  required: Piconero
}).annotate({ identifier: "UnderpaidProblem" })
export type UnderpaidProblem = typeof UnderpaidProblem.Type

const asProblem = <S extends Schema.Top>(schema: S, status: number): S["Rebuild"] =>
  schema.pipe(HttpApiSchema.status(status), HttpApiSchema.asJson({ contentType: problemMediaType }))

const statusOf = (code: ProblemCode): number => problemKinds[code].status

/** One schema a status for these codes. `ticket_underpaid` brings amounts along; see `UnderpaidProblem`. */
export const problemsOf = (codes: ReadonlyArray<ProblemCode>): ReadonlyArray<typeof Problem> => {
  const statuses = new Set(codes.filter((code) => code !== "ticket_underpaid" && code !== "not_ready").map(statusOf))
  return [...statuses].sort((left, right) => left - right).map((status) => asProblem(Problem, status))
}

/** The schema of 402. */
export const underpaidProblem: typeof UnderpaidProblem = asProblem(UnderpaidProblem, statusOf("ticket_underpaid"))

/** A problem as it looks on the wire; what the reference shows. */
export const problemExample = (code: ProblemCode): Readonly<Record<string, unknown>> => {
  const { advice, status, title } = problemKinds[code]
  return {
    type: problemType(code),
    title,
    status,
    code,
    detail: advice,
    correlation_id: "5f8c3b0e-6c1d-4a52-9f0b-2a7c9a1d4e11"
  }
}
