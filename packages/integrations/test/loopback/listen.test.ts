/** Holds every sandbox to those who ask for this machine by its name. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { request } from "node:http"
import { json } from "../../src/loopback/Answer.ts"
import { listen } from "../../src/loopback/listen.ts"

const statusFor = (url: string, host: string): Effect.Effect<number | undefined> =>
  Effect.promise(() =>
    new Promise((resolve, reject) => {
      request(url, { method: "POST", headers: { host } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).on("error", reject).end()
    })
  )

describe("a sandbox", () => {
  it.live.each(
    [
      ["127.0.0.1:8084", 200],
      ["localhost", 200],
      ["127.9.9.9", 200],
      ["[::1]:8084", 200],
      ["evil.example", 403],
      ["127.0.0.1.evil.example:8084", 403],
      ["localhost.evil.example", 403],
      ["8.8.8.8", 403],
      ["not a host", 403]
    ] as const
  )("asked by the name %s answers %d", ([host, status]) =>
    Effect.scoped(Effect.gen(function*() {
      const url = yield* listen({ host: "127.0.0.1", port: 0 }, () => Effect.succeed(json(200, "{}")))
      assert.strictEqual(yield* statusFor(url, host), status)
    })))
})
