/** Drives a sandbox of Banano from outside, well and badly. */
import { assert, describe, it } from "@effect/vitest"
import type { BlockHash } from "@purser/integrations/banano"
import { makeSandboxControl } from "@purser/integrations/banano/sandbox"
import * as Effect from "effect/Effect"
import { accountAt, rich, sending, withSandbox } from "./running.ts"

const { address } = accountAt(0)
const nowhere = "AB".repeat(32) as BlockHash

describe("RW-12 control of a sandbox of Banano", () => {
  it.live("does from outside what can be done inside", () =>
    withSandbox((sandbox, node) =>
      Effect.gen(function*() {
        const control = makeSandboxControl(`${sandbox.url}/`)
        const { hash } = yield* control.fund({ address, amountRaw: 7n })
        assert.deepInclude((yield* node.receivable(address))[0], { hash, amountRaw: 7n })
        const from = yield* rich(sandbox, node, 1n)
        const block = yield* sending(node, from, 1n)
        yield* control.fail({ kind: "error500", isDone: true, answers: 1, action: "process" })
        assert.deepInclude(yield* control.status, { faults: 1 })
        assert.deepInclude(yield* node.publish(block), { _tag: "Unclear" })
        assert.deepStrictEqual(yield* control.status, { blocks: 3, confirmed: 2, unchecked: 0, faults: 0 })
        yield* control.confirm(block.hash)
        assert.deepInclude(yield* control.status, { confirmed: 3 })
        yield* control.rollBack(block.hash)
        assert.deepStrictEqual(yield* control.status, yield* sandbox.status)
        yield* control.confirm()
        yield* control.wipe
        assert.deepInclude(yield* control.status, { blocks: 0 })
      })
    ))

  it.live.each<readonly [what: string, path: string, body: string, status: number, code: string]>([
    ["no JSON", "/fund", "{", 400, "not_json"],
    ["an amount that is a number", "/fund", `{"address":"${address}","amountRaw":1}`, 400, "fields"],
    ["no money", "/fund", `{"address":"${address}","amountRaw":"0"}`, 400, "amount"],
    ["an address with a typo", "/fund", `{"address":"${address}1","amountRaw":"1"}`, 400, "address"],
    ["an unknown field", "/fund", `{"address":"${address}","amountRaw":"1","fee":1}`, 400, "fields"],
    ["an unknown block", "/confirm", `{"hash":"${nowhere}"}`, 400, "unknown_block"],
    ["an unknown block to take back", "/roll-back", `{"hash":"${nowhere}"}`, 400, "unknown_block"],
    ["an unknown fault", "/fail", "{\"kind\":\"dance\",\"answers\":1,\"isDone\":true}", 400, "fields"],
    ["an unknown deed", "/dance", "{}", 404, "not_found"]
  ])("names %s", ([, path, body, status, code]) =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        const { answer, status: answered } = yield* Effect.promise(async () => {
          const headers = { "content-type": "application/json" }
          const response = await fetch(`${sandbox.url}/sandbox${path}`, { method: "POST", headers, body })
          return {
            status: response.status,
            answer: await response.json() as { readonly error: { readonly code: string } }
          }
        })
        assert.strictEqual(answered, status)
        assert.strictEqual(answer.error.code, code)
      })
    ))

  it.live("funds no more than there is", () =>
    withSandbox((sandbox) =>
      Effect.gen(function*() {
        yield* sandbox.fund({ address, amountRaw: 2n ** 128n - 2n })
        const refused = yield* Effect.flip(makeSandboxControl(sandbox.url).fund({ address, amountRaw: 2n }))
        assert.deepInclude(refused, { _tag: "SandboxRefusedRequest", code: "amount" })
        yield* sandbox.fund({ address, amountRaw: 1n })
      })
    ))

  it.live("says that no sandbox is there", () =>
    Effect.gen(function*() {
      const url = yield* withSandbox((sandbox) => Effect.succeed(sandbox.url))
      const away = yield* Effect.flip(makeSandboxControl(url).status)
      assert.deepInclude(away, { _tag: "SandboxUnreachable", url, why: "ECONNREFUSED" })
    }))
})
