/** Turns an OpenAPI document and the rules of its routes into what a reference page tells, in its order. */
import type * as HttpApi from "effect/http-api/HttpApi"
import type * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as Option from "effect/Option"
import { openApiOf } from "../openapi/openApiOf.ts"
import { isObject, type Json, resolve } from "../openapi/schemas.ts"
import { type ProblemCode, problemCodes, type ProblemKind, problemKinds } from "../problems/index.ts"
import { declaredRoutes } from "../routes/declaredRoutes.ts"
import { codesOf, type Rules } from "../routes/RouteRules.ts"

/** A parameter, or a member of a body. `kind` is its JSON type or its values. */
export interface ReferenceField {
  readonly name: string
  readonly place: string
  readonly kind: string
  readonly required: boolean
  readonly description: string
}

/** A body by its status; `example` is text that is shown as it is. */
export interface ReferenceAnswer {
  readonly status: number
  readonly description: string
  readonly fields: ReadonlyArray<ReferenceField>
  readonly example: string | undefined
}

/** A code with what it means. */
export interface ReferenceProblem extends ProblemKind {
  readonly code: ProblemCode
}

/** One route. */
export interface ReferenceRoute {
  readonly method: string
  readonly path: string
  readonly title: string
  readonly description: string
  readonly rules: Rules
  readonly fields: ReadonlyArray<ReferenceField>
  readonly requestExample: string | undefined
  readonly answers: ReadonlyArray<ReferenceAnswer>
  readonly problems: ReadonlyArray<ReferenceProblem>
}

/** Routes that belong together. */
export interface ReferenceGroup {
  readonly title: string
  readonly description: string
  readonly routes: ReadonlyArray<ReferenceRoute>
}

/** What one door answers. */
export interface Reference {
  readonly title: string
  readonly description: string
  readonly groups: ReadonlyArray<ReferenceGroup>
  readonly problems: ReadonlyArray<ReferenceProblem>
}

const textOf = (value: unknown): string => typeof value === "string" ? value : ""

const kindOf = (schema: Json, schemas: Json): string => {
  const found = resolve(schema, schemas)
  if (Array.isArray(found.enum)) return found.enum.map((value) => JSON.stringify(value)).join(" or ")
  if (Array.isArray(found.anyOf)) return found.anyOf.map((part: Json) => kindOf(part, schemas)).join(" or ")
  if (found.type === "array" && isObject(found.items)) return `array of ${kindOf(found.items, schemas)}`
  return textOf(found.format) || textOf(found.type) || "any"
}

const descriptionOf = (schema: Json, schemas: Json): string => {
  const found = resolve(schema, schemas)
  const part = Array.isArray(found.anyOf) ? found.anyOf.find((one: Json) => textOf(one.description) !== "") : found
  return isObject(part) ? textOf(part.description) : ""
}

const membersOf = (given: Json, schemas: Json, place: string): ReadonlyArray<ReferenceField> => {
  const schema = resolve(given, schemas)
  const required = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(isObject(schema.properties) ? schema.properties : {}).map(([name, member]) => {
    const found = isObject(member) ? member : {}
    return {
      name,
      place,
      kind: kindOf(found, schemas),
      required: required.includes(name),
      description: descriptionOf(found, schemas)
    }
  })
}

const parameterField = (given: Json, components: Json): ReferenceField => {
  const shared = isObject(components.parameters) ? components.parameters : {}
  const name = textOf(given.$ref).split("/").at(-1) ?? ""
  const found = isObject(shared[name]) ? shared[name] : given
  const schema = isObject(found.schema) ? found.schema : {}
  const schemas = isObject(components.schemas) ? components.schemas : {}
  return {
    name: textOf(found.name),
    place: textOf(found.in),
    kind: kindOf(schema, schemas),
    required: found.required === true,
    description: textOf(found.description) || descriptionOf(schema, schemas)
  }
}

const jsonOf = (holder: unknown): Json | undefined => {
  const content = isObject(holder) && isObject(holder.content) ? holder.content["application/json"] : undefined
  return isObject(content) && isObject(content.schema) ? content : undefined
}

const shown = (content: Json | undefined): string | undefined =>
  content?.example === undefined ? undefined : JSON.stringify(content.example, undefined, 2)

const answersOf = (operation: Json, schemas: Json): ReadonlyArray<ReferenceAnswer> =>
  Object.entries(isObject(operation.responses) ? operation.responses : {})
    .filter(([status]) => status.startsWith("2"))
    .map(([status, answer]) => {
      const content = jsonOf(answer)
      const schema = content !== undefined && isObject(content.schema) ? content.schema : {}
      return {
        status: Number(status),
        description: isObject(answer) ? textOf(answer.description) : "",
        fields: membersOf(schema, schemas, "body"),
        example: shown(content)
      }
    })

const problemsIn = (codes: ReadonlyArray<ProblemCode>): ReadonlyArray<ReferenceProblem> =>
  problemCodes.filter((code) => codes.includes(code)).map((code) => ({ code, ...problemKinds[code] }))

/** Everything that a page on this API says. */
export const referenceOf = <Id extends string, Groups extends HttpApiGroup.Constraint>(
  api: HttpApi.HttpApi<Id, Groups>
): Reference => {
  const document = openApiOf(api)
  const { schemas } = document.components
  const routes = declaredRoutes(api).flatMap(({ endpoint, rules }) => {
    const operation = document.paths[endpoint.path.replaceAll(/:(\w+)/gu, "{$1}")]?.[endpoint.method.toLowerCase()]
    if (Option.isNone(rules) || !isObject(operation)) return []
    const content = jsonOf(operation.requestBody)
    const body = content !== undefined && isObject(content.schema) ? membersOf(content.schema, schemas, "body") : []
    const parameters = Array.isArray(operation.parameters) ? operation.parameters.filter(isObject) : []
    const route: ReferenceRoute = {
      method: endpoint.method,
      path: endpoint.path,
      title: textOf(operation.summary),
      description: textOf(operation.description),
      rules: rules.value,
      fields: [...parameters.map((parameter) => parameterField(parameter, document.components)), ...body],
      requestExample: shown(content),
      answers: answersOf(operation, schemas),
      problems: problemsIn(codesOf(rules.value))
    }
    return [{ tag: Array.isArray(operation.tags) ? textOf(operation.tags[0]) : "", route }]
  })
  return {
    title: document.info.title,
    description: document.info.description ?? "",
    groups: document.tags.map(({ description, name }) => ({
      title: name,
      description: description ?? "",
      routes: routes.filter(({ tag }) => tag === name).map(({ route }) => route)
    })),
    problems: problemsIn(problemCodes)
  }
}
