/** Tidies the schemas of an OpenAPI document, and makes examples from them. */

/** A JSON object whose members are looked at by name. */
export type Json = Readonly<Record<string, unknown>>

/** Says whether a value is a JSON object. */
export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const prefix = "#/components/schemas/"

/** The name that a `$ref` leads to. */
export const refName = (schema: Json): string | undefined =>
  typeof schema.$ref === "string" && schema.$ref.startsWith(prefix) ? schema.$ref.slice(prefix.length) : undefined

const mapRefs = (value: unknown, rename: (name: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((item) => mapRefs(item, rename))
  if (!isObject(value)) return value
  const name = refName(value)
  if (name !== undefined) return { $ref: prefix + rename(name) }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapRefs(member, rename)]))
}

/** Gives schemas that are alike but for a number after their name (`Problem_7`) the one name. */
export const mergeDoubles = <Spec extends { readonly components: { readonly schemas: Json } }>(spec: Spec): Spec => {
  const { schemas } = spec.components
  const original = (name: string): string => {
    const base = name.replace(/_\d+$/u, "")
    return JSON.stringify(schemas[base]) === JSON.stringify(schemas[name]) ? base : name
  }
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => original(name) === name))
  return mapRefs({ ...spec, components: { ...spec.components, schemas: kept } }, original) as Spec
}

/** Answers may gain members in later versions; only what we read is closed. */
export const openAnswers = (schemas: Json, requests: ReadonlySet<string>): Json =>
  Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      if (requests.has(name) || !isObject(schema)) return [name, schema]
      const { additionalProperties, ...rest } = schema
      return [name, additionalProperties === false ? rest : schema]
    })
  )

/** Follows a `$ref` within the components. */
export const resolve = (schema: Json, schemas: Json): Json => {
  const name = refName(schema)
  const target = name === undefined ? schema : schemas[name]
  return isObject(target) ? target : {}
}

const objectExample = (schema: Json, schemas: Json): Json =>
  Object.fromEntries(
    Object.entries(isObject(schema.properties) ? schema.properties : {}).map(([key, member]) => [
      key,
      exampleOf(isObject(member) ? member : {}, schemas)
    ])
  )

/** An example of a schema: its own, or one put together from its parts. */
export const exampleOf = (given: Json, schemas: Json): unknown => {
  const schema = resolve(given, schemas)
  if (Array.isArray(schema.examples)) return schema.examples[0]
  if (Array.isArray(schema.enum)) return schema.enum[0]
  if (Array.isArray(schema.anyOf)) return exampleOf(schema.anyOf[0], schemas)
  if (isObject(schema.properties)) return objectExample(schema, schemas)
  if (schema.type === "array") return isObject(schema.items) ? [exampleOf(schema.items, schemas)] : []
  return schema.type === "object" ? {} : schema.type === "integer" ? 0 : "text"
}
