import { assert, describe, it } from "@effect/vitest"
import { type Locked, refusedLicences } from "../gates/licences.ts"
import { secretsIn } from "../gates/secrets.ts"
import { sourceFile } from "../tidy/SourceFile.ts"

const letters = (count: number) => "aB3".repeat(count).slice(0, count)

const found = (path: string, text: string) => secretsIn(sourceFile(path, text)).map(({ wanted }) => wanted)

describe("PF-13 secrets gate", () => {
  it.each([
    ["a private key", ["-----BEGIN", "PRIVATE KEY-----"].join(" ")],
    ["a private key", ["-----BEGIN", "OPENSSH PRIVATE KEY-----"].join(" ")],
    ["a cloud access key", `key: AKIA${"A".repeat(16)}`],
    ["a GitHub token", `ghp_${letters(36)}`],
    ["an npm token", `npm_${letters(36)}`],
    ["an npm token", ["//host/:_auth", `Token=${letters(9)}`].join("")],
    ["a chat token", `12345678:AA${letters(33)}`],
    ["a payment key", `sk_live_${letters(24)}`],
    ["a token key", `PURSER_TOKEN_KEYS=one:${"0f".repeat(32)}`],
    ["a token key", `PURSER_LOG_KEYS=one:${"0f".repeat(32)}`]
  ])("finds %s", (name, text) => {
    assert.deepStrictEqual(found("docs/a.md", `first\n${text}`), [`no secret (this looks like ${name})`])
  })

  it.each([
    "-----BEGIN PUBLIC KEY-----",
    "PURSER_TOKEN_KEYS=<id:hex>",
    "PURSER_INTERNAL_KEY=$(openssl rand -hex 32)",
    `txid ${"0f".repeat(32)}`
  ])("lets %s pass", (text) => {
    assert.deepStrictEqual(found("docs/a.md", text), [])
  })

  it.each([".env", "deploy/.env.production", "keys/signer.pem", "id_ed25519"])("refuses the file %s", (path) => {
    assert.deepStrictEqual(found(path, ""), ["no file of secrets"])
  })

  it.each([".env.example", "keys.ts", "monkey"])("takes the file %s", (path) => {
    assert.deepStrictEqual(found(path, ""), [])
  })
})

describe("PF-13 licence gate", () => {
  it.each<readonly [string, Locked, ReadonlyArray<string>]>([
    ["shipped and free", { license: "MIT" }, []],
    ["one of several", { license: "(GPL-3.0 OR MIT)" }, []],
    ["shipped copyleft", { license: "GPL-3.0" }, ["a: GPL-3.0"]],
    ["shipped weak copyleft", { license: "MPL-2.0" }, ["a: MPL-2.0"]],
    ["tool with weak copyleft", { license: "MPL-2.0", dev: true }, []],
    ["tool with copyleft", { license: "AGPL-3.0", dev: true }, ["a: AGPL-3.0"]],
    ["unknown", {}, ["a: no licence"]],
    ["workspace", { link: true }, []]
  ])("judges %s", (_, locked, expected) => {
    assert.deepStrictEqual(refusedLicences({ "": {}, "packages/domain": {}, "node_modules/a": locked }), expected)
  })
})
