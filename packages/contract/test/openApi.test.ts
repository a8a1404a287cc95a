import { assert, describe, it } from "@effect/vitest"
import { codesOf, declaredRoutes, openApiOf, problemKinds, PublicApi, referenceOf, type Rules } from "@purser/contract"
import { FaucetInternalApi, FaucetPublicApi } from "@purser/contract/faucet"
import * as Option from "effect/Option"

type Node = Readonly<Record<string, unknown>>

const documents = [
  ["public", openApiOf(FaucetPublicApi), declaredRoutes(FaucetPublicApi)],
  ["internal", openApiOf(FaucetInternalApi), declaredRoutes(FaucetInternalApi)]
] as const

const nodes = (value: unknown): ReadonlyArray<Node> => {
  if (Array.isArray(value)) return value.flatMap(nodes)
  if (typeof value !== "object" || value === null) return []
  return [value as Node, ...Object.values(value).flatMap(nodes)]
}

const at = (document: unknown, path: ReadonlyArray<string>): unknown =>
  path.reduce<unknown>((node, key) => (node as Node | undefined)?.[key], document)

const credentials: Readonly<Record<Rules["credential"], ReadonlyArray<object>>> = {
  none: [],
  optional_session: [],
  internal_key: [{ internal_key: [] }],
  session: [{ session: [] }],
  admin: [{ internal_key: [] }, { session: [] }],
  proven_admin: [{ internal_key: [] }, { session: [] }]
}

const operations = documents.flatMap(([door, document, routes]) =>
  routes.map(({ endpoint, rules }) => {
    const path = endpoint.path.replace(":token", "{token}")
    const method = endpoint.method.toLowerCase()
    const operation = at(document, ["paths", path, method]) as Node
    return [`${door} ${method} ${path}`, operation, Option.getOrThrow(rules)] as const
  })
)

describe("PF-2 OpenAPI", () => {
  it.each(documents)("follows every reference of the %s document", (_door, document) => {
    const refs = nodes(document).flatMap((node) => typeof node.$ref === "string" ? [node.$ref] : [])
    assert.isAbove(refs.length, 50)
    for (const ref of refs) assert.isDefined(at(document, ref.slice(2).split("/")), ref)
  })

  it.each(documents)("names each schema of the %s document once", (_door, document) => {
    assert.deepStrictEqual(Object.keys(document.components.schemas).filter((name) => /\d$/u.test(name)), [])
  })

  it.each(operations)("%s shows every refusal with an example and its headers", (_name, operation, rules) => {
    for (const code of codesOf(rules)) {
      const { status } = problemKinds[code]
      const answer = at(operation, ["responses", String(status)])
      const value = at(answer, ["content", "application/problem+json", "examples", code, "value"])
      assert.deepInclude(value, { code, status })
      assert.isDefined(at(answer, ["headers", "X-Correlation-Id"]))
      if ([409, 429, 503].includes(status)) assert.isDefined(at(answer, ["headers", "Retry-After"]))
    }
  })

  it.each(operations)("%s shows what it answers and takes", (_name, operation, rules) => {
    const json = ["content", "application/json"]
    const success = at(operation, ["responses", "200", "content"]) as Node | undefined
    assert.isDefined(success ?? at(operation, ["responses", "302"]))
    if (success !== undefined && "application/json" in success) {
      assert.isDefined(at(success, ["application/json", "example"]))
    }
    if (rules.body === "json") assert.isDefined(at(operation, ["requestBody", ...json, "example"]))
    const parameters = JSON.stringify(operation.parameters)
    assert.strictEqual(parameters.includes("Idempotency-Key"), rules.effect !== "none")
    assert.deepStrictEqual(operation.security, credentials[rules.credential])
  })

  it("closes what is read and leaves answers open", () => {
    const { schemas } = openApiOf(PublicApi).components
    assert.isFalse(at(schemas, ["RedeemRequest", "additionalProperties"]))
    assert.isUndefined(at(schemas, ["Redeemed", "additionalProperties"]))
  })

  it("says the pattern of a secret", () => {
    const pattern = at(openApiOf(PublicApi).components.schemas, ["RedeemRequest", "properties", "pid", "pattern"])
    assert.match("aB".repeat(32), new RegExp(String(pattern)))
  })
})

describe("PF-2 reference", () => {
  it("lists every route with its fields and refusals", () => {
    const reference = referenceOf(PublicApi)
    const [redeem] = reference.groups[0]!.routes
    assert.deepStrictEqual(redeem!.fields.map(({ name, required }) => [name, required]), [
      ["X-Correlation-Id", false],
      ["Idempotency-Key", false],
      ["pid", true],
      ["payment_id", false]
    ])
    assert.deepStrictEqual(redeem!.answers.map(({ status }) => status), [200, 202])
    assert.includeMembers(redeem!.problems.map(({ code }) => code), ["ticket_underpaid", "ticket_claimed"])
    assert.strictEqual(
      reference.groups.flatMap(({ routes }) => routes).length,
      declaredRoutes(PublicApi).length
    )
  })
})
