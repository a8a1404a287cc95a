import { assert, describe, it } from "@effect/vitest"
import { Listener } from "@purser/http"
import * as Result from "effect/Result"

const good: ReadonlyArray<readonly [string, Listener.Listener]> = [
  ["127.0.0.1:8080", { _tag: "tcp", host: "127.0.0.1", port: 8080 }],
  ["localhost:0", { _tag: "tcp", host: "localhost", port: 0 }],
  ["api.internal-1.example:65535", { _tag: "tcp", host: "api.internal-1.example", port: 65_535 }],
  ["[::1]:8081", { _tag: "tcp", host: "::1", port: 8081 }],
  ["[fe80::1]:1", { _tag: "tcp", host: "fe80::1", port: 1 }],
  ["unix:/run/purser/api.sock", { _tag: "unix", path: "/run/purser/api.sock" }]
]

const bad = [
  "",
  "8080",
  ":8080",
  "127.0.0.1",
  "127.0.0.1:",
  "127.0.0.1:65536",
  "127.0.0.1:-1",
  "127.0.0.1:80 ",
  "127.0.0.256:80",
  "1.2.3:80",
  "::1:80",
  "[127.0.0.1]:80",
  "[::1]",
  "ho st:80",
  "-a:80",
  "http://127.0.0.1:80",
  "unix:",
  "unix:run.sock",
  "unix:/",
  "unix:/run/",
  "unix:/a\0b",
  `unix:/${"a".repeat(103)}`
]

describe("TK-3 listeners", () => {
  it.each(good)("reads %s and prints it again", (text, listener) => {
    assert.deepStrictEqual(Listener.parse(text), Result.succeed(listener))
    assert.strictEqual(Listener.print(listener), text)
  })

  it.each(bad)("refuses %j", (text) => {
    assert.isTrue(Result.isFailure(Listener.parse(text)))
  })
})
