import { assert, describe, it } from "@effect/vitest"
import { ownOriginOf } from "../../src/sessions/ownOrigin.ts"

describe("RW-1 the origin of our pages", () => {
  it.each([
    ["https://purser.example", "purser.example", "https://purser.example"],
    ["https://purser.example", "evil.example", "https://purser.example"],
    ["https://purser.example:8443/", "127.0.0.1:8081", "https://purser.example:8443"],
    ["http://127.0.0.1:8080", "127.0.0.1:8081", "http://127.0.0.1:8081"],
    ["http://127.0.0.1:8080", "127.0.0.1:8080", "http://127.0.0.1:8080"],
    ["http://localhost:8080", "localhost:8081", "http://localhost:8081"],
    ["http://[::1]:8080", "[::1]:8081", "http://[::1]:8081"],
    ["http://127.0.0.1:8080", "evil.example:8081", "http://127.0.0.1:8080"],
    ["http://127.0.0.1:8080", "localhost:8081", "http://127.0.0.1:8080"],
    ["http://127.0.0.1:8080", "127.0.0.1:8081@evil.example", "http://127.0.0.1:8080"],
    ["http://127.0.0.1:8080", "127.0.0.1.evil.example", "http://127.0.0.1:8080"],
    ["http://127.0.0.1:8080", "", "http://127.0.0.1:8080"]
  ])("of %s asked for as %s is %s", (url, host, expected) => {
    assert.strictEqual(ownOriginOf(url)({ host }), expected)
  })

  it("stays as it is without a host", () => {
    assert.strictEqual(ownOriginOf("http://127.0.0.1:8080")({}), "http://127.0.0.1:8080")
  })
})
