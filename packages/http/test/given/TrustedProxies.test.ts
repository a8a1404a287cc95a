import { assert, describe, it } from "@effect/vitest"
import { parseTrustedProxies } from "@purser/http"
import * as Result from "effect/Result"
import { callerOf } from "../../src/given/callerOf.ts"
import type { Hops } from "../../src/given/TrustedProxies.ts"

const of = (entries: ReadonlyArray<string>) => Result.getOrThrow(parseTrustedProxies(entries))

const hops = (
  peer: string | undefined,
  headers: { readonly xff?: string; readonly forwarded?: string } = {}
): Hops => ({ peer, xForwardedFor: headers.xff, forwarded: headers.forwarded })

describe("PF-5 addresses of callers", () => {
  it("believes nobody by default", () => {
    const stranger = hops("203.0.113.9", { xff: "198.51.100.1" })
    assert.strictEqual(of([]).addressOf(stranger), "203.0.113.9")
    assert.strictEqual(of(["10.0.0.0/8"]).addressOf(stranger), "203.0.113.9")
    assert.strictEqual(of(["10.0.0.0/8"]).addressOf(hops(undefined, { xff: "198.51.100.1" })), "unix")
  })

  it.each<readonly [string, ReadonlyArray<string>, Hops, string]>([
    ["the hop before a proxy", ["10.0.0.0/8"], hops("10.1.2.3", { xff: "198.51.100.1" }), "198.51.100.1"],
    ["the right-most stranger", ["10.0.0.0/8"], hops("10.1.2.3", { xff: "1.1.1.1, 1.2.3.4, 10.9.9.9" }), "1.2.3.4"],
    ["IPv4 in IPv6", ["10.0.0.0/8"], hops("::ffff:10.1.2.3", { xff: "::ffff:1.2.3.4" }), "1.2.3.4"],
    ["IPv6 ranges", ["fd00::/8"], hops("fd00::1", { xff: "2001:db8::7" }), "2001:db8::7"],
    ["a socket that is named", ["unix"], hops(undefined, { xff: "1.2.3.4" }), "1.2.3.4"],
    ["ports", ["10.0.0.1"], hops("10.0.0.1", { xff: "1.2.3.4:4711" }), "1.2.3.4"],
    [
      "Forwarded",
      ["10.0.0.1"],
      hops("10.0.0.1", { forwarded: "for=1.1.1.1, For=\"[2001:db8::7]:47011\";proto=https" }),
      "2001:db8::7"
    ],
    [
      "both when they agree",
      ["10.0.0.1"],
      hops("10.0.0.1", { xff: "1.2.3.4", forwarded: "proto=http;for=1.2.3.4" }),
      "1.2.3.4"
    ]
  ])("takes %s", (_what, ...[entries, found, expected]) => {
    assert.strictEqual(of(entries).addressOf(found), expected)
  })

  it.each([
    ["both that disagree", { xff: "1.2.3.4", forwarded: "for=4.3.2.1" }],
    ["a made-up name", { xff: "1.2.3.4, evil" }],
    ["an obfuscated hop", { forwarded: "for=_hidden" }],
    ["nothing but proxies", { xff: "10.0.0.1, 10.0.0.1" }],
    ["an empty header", { xff: "" }]
  ])("falls back to the peer on %s", (_what, headers) => {
    assert.strictEqual(of(["10.0.0.1"]).addressOf(hops("10.0.0.1", headers)), "10.0.0.1")
  })

  it.each(["", "10.0.0", "10.0.0.0/33", "10.0.0.0/8/8", "fd00::/129", "example.org", "10.0.0.0/-1"])(
    "refuses %j",
    (entry) => assert.isTrue(Result.isFailure(parseTrustedProxies(["127.0.0.1", entry])))
  )
})

describe("PF-5 callers", () => {
  it.each([
    ["198.51.100.1", "198.51.100.1"],
    ["::ffff:198.51.100.1", "198.51.100.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2:ffff::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:0db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["unix", "unix"]
  ])("counts %s for %s", (address, caller) => {
    assert.strictEqual(callerOf(address), caller)
  })
})
