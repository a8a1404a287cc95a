/** Holds the digest against the published examples, and reads challenges as Monero writes them. */
import { assert, describe, it } from "@effect/vitest"
import { authorization, digestResponse, parseDigest, readChallenge } from "../../../src/monero/rpc/digest.ts"

const published = [
  {
    from: "RFC 7616 §3.9.1",
    request: { user: "Mufasa", password: "Circle of Life", method: "GET", path: "/dir/index.html" },
    challenge: { realm: "http-auth@example.org", nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v" },
    use: { cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", nc: "00000001" },
    response: "8ca523f5e9506fed4657c9700eebdbec"
  },
  {
    from: "RFC 2617 §3.5",
    request: { user: "Mufasa", password: "Circle Of Life", method: "GET", path: "/dir/index.html" },
    challenge: { realm: "testrealm@host.com", nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093" },
    use: { cnonce: "0a4f113b", nc: "00000001" },
    response: "6629fae49393a05397450978507c4ef1"
  }
]

/** As monero-wallet-rpc 0.18 sends them. */
const offered = (stale: boolean) =>
  ["MD5", "MD5-sess"].map((algorithm) =>
    `Digest qop="auth",algorithm=${algorithm},realm="monero-rpc",nonce="AcSnNw9+2LQv/hsAQF8S1A==",stale=${stale}`
  )

describe("TK-5 digest login", () => {
  it.each(published)("answers as in $from", ({ challenge, request, response, use }) => {
    assert.strictEqual(digestResponse(request, challenge, use), response)
  })

  it.each([true, false])("reads what Monero offers, stale %s", (isStale) => {
    const expected = { realm: "monero-rpc", nonce: "AcSnNw9+2LQv/hsAQF8S1A==", isStale }
    assert.deepStrictEqual(readChallenge(offered(isStale)), expected)
    assert.deepStrictEqual(readChallenge(offered(isStale).toReversed()), expected)
    assert.deepStrictEqual(readChallenge([offered(isStale).join(", ")]), expected)
  })

  it.each([
    [[]],
    [["Basic realm=\"monero-rpc\""]],
    [["Digest realm=\"r\",nonce=\"n\",algorithm=SHA-256"]],
    [["Digest realm=\"r\""]],
    [["Digest nonce=\"n\""]]
  ])("finds nothing to answer in %j", (headers) => {
    assert.isUndefined(readChallenge(headers))
  })

  it("takes a challenge without an algorithm as MD5", () => {
    assert.deepStrictEqual(readChallenge(["digest realm=\"r\", nonce=\"n\""]), {
      realm: "r",
      nonce: "n",
      isStale: false
    })
  })

  it("proves a password that it does not send", () => {
    const challenge = { realm: "monero-rpc", nonce: "n", isStale: false }
    const request = { user: "us\"er\\", password: "p4ss", method: "POST", path: "/json_rpc" }
    const header = authorization({ ...request, count: 255 }, challenge)
    const { cnonce = "", nc = "", ...sent } = parseDigest(header)
    assert.strictEqual(nc, "000000ff")
    assert.match(cnonce, /^[0-9a-f]{16}$/u)
    assert.deepStrictEqual(sent, {
      username: request.user,
      realm: "monero-rpc",
      nonce: "n",
      uri: "/json_rpc",
      algorithm: "MD5",
      qop: "auth",
      response: digestResponse(request, challenge, { cnonce, nc })
    })
    assert.notInclude(header, "p4ss")
  })

  it("writes a name in other letters as the bytes of UTF-8", () => {
    const challenge = { realm: "r", nonce: "n", isStale: false }
    const header = authorization({ user: "prüfer", password: "p", method: "POST", path: "/", count: 1 }, challenge)
    assert.include(Buffer.from(header, "latin1").toString("utf8"), "username=\"prüfer\"")
  })
})
