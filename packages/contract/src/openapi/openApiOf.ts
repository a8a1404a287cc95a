/** Makes the OpenAPI document of one door: what Effect derives, completed with headers, problems and examples. */
import type * as HttpApi from "effect/http-api/HttpApi"
import type * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Option from "effect/Option"
import { type ProblemCode, problemExample, problemKinds, problemMediaType } from "../problems/index.ts"
import { declaredRoutes } from "../routes/declaredRoutes.ts"
import { codesOf, type Rules } from "../routes/RouteRules.ts"
import { headerParts, headersOf, parameterParts, parametersOf } from "./parts.ts"
import { exampleOf, isObject, type Json, mergeDoubles, openAnswers, refName } from "./schemas.ts"

/** An OpenAPI 3.1 document as plain JSON. */
export type OpenApiDocument = Json & {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths: Readonly<Record<string, Json>>
  readonly tags: ReadonlyArray<{ readonly name: string; readonly description?: string }>
  readonly components: Json & { readonly schemas: Json }
}

const extras: Partial<Record<ProblemCode, Json>> = {
  invalid_request: { errors: [{ in: "body", field: "pid", message: "expected 64 hexadecimal digits" }] },
  invalid_idempotency_key: {
    errors: [{ in: "header", field: "Idempotency-Key", message: "expected 1 to 200 visible ASCII characters" }]
  },
  ticket_underpaid: { received: "4000000000", required: "10000000000" },
  not_ready: { state: "down", sandbox: [], checks: [{ name: "database", state: "down" }] }
}

const examplesOf = (codes: ReadonlyArray<ProblemCode>): Json =>
  Object.fromEntries(codes.map((code) => [
    code,
    { summary: problemKinds[code].title, value: { ...problemExample(code), ...extras[code] } }
  ]))

const references = (kind: "headers" | "parameters", names: ReadonlyArray<string>): ReadonlyArray<[string, Json]> =>
  names.map((name) => [name, { $ref: `#/components/${kind}/${name}` }])

const media = (content: unknown, codes: ReadonlyArray<ProblemCode>, schemas: Json): Json =>
  Object.fromEntries(
    Object.entries(isObject(content) ? content : {}).map(([type, given]) => {
      const body = isObject(given) ? given : {}
      if (type === problemMediaType) return [type, { ...body, examples: examplesOf(codes) }]
      const { schema } = body
      const isJson = type === "application/json" && isObject(schema)
      return [type, isJson ? { ...body, example: exampleOf(schema, schemas) } : body]
    })
  )

const response = (
  status: number,
  given: Json,
  { rules, schemas }: { readonly rules: Rules; readonly schemas: Json }
) => {
  const codes = codesOf(rules).filter((code) => problemKinds[code].status === status)
  return {
    ...given,
    ...codes.length === 0 ? {} : { description: codes.map((code) => problemKinds[code].title).join(" · ") },
    headers: Object.fromEntries(references("headers", headersOf(status))),
    content: media(given.content, codes, schemas)
  }
}

const operation = (given: Json, rules: Rules, schemas: Json): Json => {
  const body = isObject(given.requestBody) ? given.requestBody : undefined
  return {
    ...given,
    parameters: [
      ...Array.isArray(given.parameters) ? given.parameters : [],
      ...references("parameters", parametersOf(rules)).map(([, reference]) => reference)
    ],
    ...body === undefined ? {} : { requestBody: { ...body, content: media(body.content, [], schemas) } },
    responses: Object.fromEntries(
      Object.entries(given.responses as Record<string, Json>)
        .map(([status, answer]) => [status, response(Number(status), answer, { rules, schemas })])
    )
  }
}

const requestSchemas = (paths: Readonly<Record<string, Json>>): ReadonlySet<string> =>
  new Set(
    Object.values(paths).flatMap((item) => Object.values(item)).flatMap((operation) => {
      const body = isObject(operation) && isObject(operation.requestBody) ? operation.requestBody : {}
      const contents = isObject(body.content) ? Object.values(body.content) : []
      return contents.flatMap((content) =>
        isObject(content) && isObject(content.schema) ? refName(content.schema) ?? [] : []
      )
    })
  )

const pathOf = (path: string): string => path.replaceAll(/:(\w+)/gu, "{$1}")

/** The document of an API whose routes have rules. A route without them is left as it is; the server would not serve it. */
export const openApiOf = <Id extends string, Groups extends HttpApiGroup.Constraint>(
  api: HttpApi.HttpApi<Id, Groups>
): OpenApiDocument => {
  const spec = mergeDoubles(OpenApi.fromApi(api)) as unknown as OpenApiDocument
  const schemas = openAnswers(spec.components.schemas, requestSchemas(spec.paths))
  const paths: Record<string, Json> = { ...spec.paths }
  for (const { endpoint, rules } of declaredRoutes(api)) {
    const [path, method] = [pathOf(endpoint.path), endpoint.method.toLowerCase()]
    const given = paths[path]?.[method]
    if (Option.isSome(rules) && isObject(given)) {
      paths[path] = { ...paths[path], [method]: operation(given, rules.value, schemas) }
    }
  }
  return {
    ...spec,
    paths,
    components: { ...spec.components, schemas, headers: headerParts, parameters: parameterParts }
  }
}
