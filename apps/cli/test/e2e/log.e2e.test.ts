import { assert, describe, it } from "@effect/vitest"
import { AccountRequest, Ledger, PostTransfer } from "@purser/domain/ledger"
import { layerBooks } from "@purser/runtime"
import { loadSettings } from "@purser/runtime/settings"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { createPublicKey, verify } from "node:crypto"
import { readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll } from "vitest"
import { temporaryFolder } from "./installation.ts"
import { type Environment, run } from "./program.ts"

const folder = temporaryFolder()
afterAll(folder.remove)

const patienceMillis = 300_000
const at = (name: string) => join(folder.path, name)
const idOf = (number: number) => `0b7e5ad0-0001-4002-8003-00000000000${number}`
const [oldSeed, newSeed] = [`2026a:${"01".repeat(32)}`, `2026b:${"02".repeat(32)}`]
const books: Environment = {
  PURSER_DATA_DIR: at("data"),
  PURSER_LOG_ORIGIN: "purser.example/books/main",
  PURSER_LOG_KEYS: oldSeed
}
/** The test vector of the old seed. */
const oldKey = "purser.example/books/main+ce6e42fa+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"

const purser = async (words: string, environment: Environment = books) => {
  const ended = await run(words.split(" "), environment)
  assert.strictEqual(ended.code, 0, `${words}\n${ended.stderr}`)
  return ended.stdout
}
/** What the holder of a file runs: nothing set, in a folder without books. */
const check = (...words: ReadonlyArray<string>) => run(["ledger", "verify", ...words], {}, folder.path)

/** Books transfers from here: what they are is not what is tested. */
const book = (numbers: ReadonlyArray<number>) =>
  Effect.gen(function*() {
    const ledger = yield* Ledger
    const account = { asset: "EUR", balanceRule: "none" } as const
    yield* ledger.open(AccountRequest.from({ ...account, code: "cash", normalSide: "debit" }))
    yield* ledger.open(AccountRequest.from({ ...account, code: "sales", normalSide: "credit" }))
    const moving = { debit: "cash", credit: "sales", asset: "EUR", amountMinor: 1250n, reason: "order.paid" }
    yield* Effect.forEach(numbers, (number) =>
      ledger.post(PostTransfer.from({ ...moving, id: idOf(number), reference: `bill ${number}` })))
  }).pipe(
    Effect.provide(Layer.provide(Ledger.layer, Layer.unwrap(Effect.map(loadSettings(books), layerBooks)))),
    Effect.runPromise
  )

beforeAll(async () => {
  await book([1, 2, 3])
  writeFileSync(at("head"), await purser("ledger head"))
  await purser(`ledger prove ${idOf(2)} --out ${at("proof")}`)
  await book([4, 5])
  await purser(`ledger consistency --from 3 --out ${at("growth")}`)
  writeFileSync(at("key"), `# ours\n${await purser("ledger log-key")}`)
}, patienceMillis)

describe("LG-9 LG-14 proofs on the command line", () => {
  it("come with the key that checks them", () => {
    assert.strictEqual(readFileSync(at("key"), "utf8"), `# ours\n${oldKey}\n`)
    assert.match(readFileSync(at("proof"), "utf8"), /^c2sp\.org\/tlog-proof@v1\nextra [^\n]+\nindex 1\n/u)
    assert.strictEqual(statSync(at("proof")).mode & 0o777, 0o600)
  })

  it("show a transfer without books or settings", async () => {
    const { code, stderr, stdout } = await check("--proof", "proof", "--key", "key")
    assert.strictEqual(code, 0, stderr)
    assert.include(stdout, "purser.example/books/main holds this transfer as number 2 of 3")
    assert.match(stdout, /^amount +12\.50 EUR$/mu)
    assert.match(stdout, /^reference +bill 2$/mu)
  })

  it("show that the books only grew", async () => {
    const { code, stderr, stdout } = await check("--consistency", "growth", "--old", "head", "--key", "key")
    assert.strictEqual(code, 0, stderr)
    assert.include(stdout, "grew from 3 to 5 transfers")
  })

  it("say by name what does not hold", async () => {
    writeFileSync(at("forged"), readFileSync(at("proof"), "utf8").replace("index 1", "index 0"))
    const forged = await check("--proof", "forged", "--key", "key", "--json")
    assert.strictEqual(forged.code, 1)
    assert.deepInclude(JSON.parse(forged.stdout), { proven: false, reason: "RootDiffers" })
    assert.include(forged.stderr, "NOT PROVEN: RootDiffers")
  })

  it("are refused by name for what is not in the books", async () => {
    const unknown = await run(["ledger", "prove", idOf(9)], books)
    assert.strictEqual(unknown.code, 1)
    assert.include(unknown.stderr, `TransferNotFound: ${idOf(9)}`)
  })

  it("are text under a signature that other tools verify", () => {
    const [text, signature] = readFileSync(at("head"), "utf8").split("\n\n— purser.example/books/main ")
    const der = Buffer.concat([
      Buffer.from("302a300506032b6570032100", "hex"),
      Buffer.from(oldKey.split("+").slice(2).join("+"), "base64").subarray(1)
    ])
    const key = createPublicKey({ key: der, format: "der", type: "spki" })
    assert.isTrue(verify(null, Buffer.from(`${text}\n`), key, Buffer.from(signature!, "base64").subarray(4)))
  })
})

describe("LG-9 rotating the key of the log", () => {
  const rotating = { ...books, PURSER_LOG_KEYS: `${newSeed},${oldSeed}` }

  it("signs with both, for whoever knows either", async () => {
    const keys = await purser("ledger log-key", rotating)
    assert.deepStrictEqual(
      keys.trim().split("\n").map((key) => key.split("+")[0]),
      Array(2).fill(books.PURSER_LOG_ORIGIN)
    )
    writeFileSync(at("newKey"), keys.split("\n")[0]!)
    await purser(`ledger prove ${idOf(2)} --out ${at("proofOfBoth")}`, rotating)
    assert.strictEqual((await check("--proof", "proofOfBoth", "--key", "newKey")).code, 0)
    assert.strictEqual((await check("--proof", "proofOfBoth", "--key", "key")).code, 0)
  }, patienceMillis)

  it("keeps the name", async () => {
    const renamed = await run(["ledger", "head"], { ...books, PURSER_LOG_ORIGIN: "other.example" })
    assert.strictEqual(renamed.code, 1)
    assert.include(renamed.stderr, "SignedUnderOtherOrigin")
    assert.include(renamed.stderr, "set PURSER_LOG_ORIGIN back")
  })
})

describe("LG-9 an installation without keys of a log", () => {
  it("makes one in a sandbox", async () => {
    const made = { PURSER_DATA_DIR: at("sandbox") }
    assert.match(await purser("ledger log-key", made), /^sandbox\.invalid\/books\+/u)
    assert.strictEqual(statSync(at("sandbox/log.key")).mode & 0o777, 0o600)
  })

  it("refuses to sign beside a wallet", async () => {
    const { code, stderr } = await run(["ledger", "head"], {
      PURSER_DATA_DIR: at("data"),
      PURSER_MONERO_WALLET_RPC_URL: "http://127.0.0.1:1",
      PURSER_MONERO_DAEMON_URL: "http://127.0.0.1:1",
      PURSER_MONERO_START_HEIGHT: "1",
      PURSER_TOKEN_KEYS: `one:${"07".repeat(32)}`
    })
    assert.strictEqual(code, 1)
    assert.include(stderr, "set PURSER_LOG_KEYS and PURSER_LOG_ORIGIN")
  })
})
