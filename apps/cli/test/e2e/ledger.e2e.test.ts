import { assert, describe, it } from "@effect/vitest"
import { spawnSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll } from "vitest"
import { temporaryFolder } from "./installation.ts"
import { type Ended, pipe, run } from "./program.ts"

const folder = temporaryFolder()
afterAll(folder.remove)
/** Each test runs several processes. */
const patienceMillis = 180_000
const environment = { PURSER_DATA_DIR: join(folder.path, "data") }

const ledger = (...words: ReadonlyArray<string>): Promise<Ended> => run(["ledger", ...words], environment)

const done = async (...words: ReadonlyArray<string>): Promise<string> => {
  const { code, stderr, stdout } = await ledger(...words)
  assert.strictEqual(code, 0, `${words.join(" ")}\n${stderr}`)
  return stdout
}

const post = (...words: ReadonlyArray<string>) =>
  ledger("post", "--debit", "cash", "--credit", "sales", "--reason", "order.paid", ...words)

const id = (digit: number): string => `00000000-0000-4000-8000-00000000000${digit}`

const parsedLines = (text: string) => text.trim().split("\n").map((line) => JSON.parse(line))

beforeAll(async () => {
  await run(["migrate"], environment)
  await done("open", "cash", "--asset", "EUR", "--side", "debit")
  await done("open", "sales", "--asset", "EUR", "--side", "credit", "--metadata", "team=shop")
  await done("open", "user:1", "--asset", "EUR", "--side", "credit", "--rule", "debits_at_most_credits")
}, patienceMillis)

describe("LG-14 accounts on the command line", { timeout: patienceMillis }, () => {
  it("are opened once", async () => {
    assert.strictEqual(await done("open", "cash", "--asset", "EUR", "--side", "debit"), "open: cash, EUR\n")
    const other = await ledger("open", "cash", "--asset", "EUR", "--side", "credit")
    assert.strictEqual(other.code, 1)
    assert.include(other.stderr, "AccountExistsWithDifferentFields: cash (normalSide)")
    const [cash, sales] = JSON.parse(await done("accounts", "--json"))
    assert.deepInclude(cash, { code: "cash", asset: "EUR", normal_side: "debit", overdraft_minor: "0" })
    assert.deepStrictEqual(sales.metadata, { team: "shop" })
  })

  it("are refused by name", async () => {
    const unknown = await ledger("open", "x", "--asset", "GBP", "--side", "debit")
    assert.strictEqual(unknown.code, 1)
    assert.include(unknown.stderr, "AssetUnknown: no asset GBP")
    const idle = await ledger("open", "x", "--asset", "EUR", "--side", "debit", "--overdraft", "5")
    assert.include(idle.stderr, "--overdraft: has no meaning")
    assert.include((await ledger("close", "nobody")).stderr, "AccountNotFound: nobody")
  })

  it("are closed, and take nothing from then on", async () => {
    await done("open", "old", "--asset", "EUR", "--side", "debit")
    assert.strictEqual(await done("close", "old"), "closed: old\n")
    assert.strictEqual(await done("close", "old"), "closed: old\n")
    const { stderr } = await ledger("post", "--debit", "old", "--credit", "sales", "--amount", "1 EUR", "--reason", "a")
    assert.include(stderr, "refused: DebitAccountClosed")
  })
})

describe("LG-14 LG-6 a transfer on the command line", { timeout: patienceMillis }, () => {
  it("is booked once, and shown", async () => {
    const words = [
      "--amount",
      "12.50 EUR",
      "--id",
      id(1),
      "--reference",
      "42",
      "--metadata",
      "a=1",
      "--metadata",
      "b=2"
    ]
    const first = await post(...words)
    assert.strictEqual(first.code, 0, first.stderr)
    assert.match(first.stdout, new RegExp(`^booked +${id(1)}\\nposted +12\\.50 EUR$`, "mu"))
    assert.match((await post(...words)).stdout, new RegExp(`^already booked +${id(1)}$`, "mu"))
    const clash = await post("--amount", "12.51 EUR", "--id", id(1), "--reference", "42")
    assert.strictEqual(clash.code, 1)
    assert.include(clash.stderr, "refused: TransferExistsWithDifferentAmount")
    const found = JSON.parse(await done("transfers", "--reference", "42", "--metadata", "b=2", "--json"))
    assert.lengthOf(found.transfers, 1)
    assert.deepInclude(found.transfers[0], { id: id(1), amount_minor: "1250", metadata: { a: "1", b: "2" } })
    assert.isNull(found.next)
  })

  it("says what would happen, and books nothing", async () => {
    const before = await done("balance", "sales")
    const { code, stdout } = await post("--amount", "1.00 EUR", "--dry-run")
    assert.strictEqual(code, 0)
    assert.match(stdout, /^would be booked +[0-9a-f-]{36}$/mu)
    assert.notInclude(stdout, "sequence")
    assert.strictEqual(await done("balance", "sales"), before)
    const refused = await post("--amount", "0.00 EUR", "--dry-run", "--json")
    assert.strictEqual(refused.code, 1)
    assert.deepInclude(JSON.parse(refused.stdout), {
      dry_run: true,
      outcome: "refused",
      reason: "AmountMustBePositive",
      retryable: false
    })
  })

  it("is held, settled in part, released, and undone", async () => {
    assert.strictEqual((await post("--hold", "--amount", "5 EUR", "--id", id(2))).code, 0)
    assert.match(await done("balance", "sales"), /^balance +12\.50 EUR$/mu)
    const settled = await done("post", "--settle", id(2), "--amount", "1.25", "--reason", "order.sent", "--id", id(3))
    assert.match(settled, /^settled +1\.25 EUR$/mu)
    assert.strictEqual((await post("--hold", "--amount", "5 EUR", "--id", id(4))).code, 0)
    assert.match(await done("post", "--void", id(4), "--reason", "order.gone"), /^released +5\.00 EUR$/mu)
    const undone = await done("post", "--reverse", id(1), "--reason", "order.returned", "--json")
    const { transfers: [reversal] } = JSON.parse(undone)
    assert.deepInclude(reversal, { debit: "sales", credit: "cash", amount_minor: "1250", reverses: id(1) })
    const again = await ledger("post", "--reverse", id(1), "--reason", "order.returned")
    assert.include(again.stderr, "refused: TransferAlreadyReversed")
    const other = await ledger("post", "--settle", id(2), "--amount", "1 XMR", "--reason", "order.sent")
    assert.include(other.stderr, "refused: AssetsMustMatch (asset): the hold is of EUR, the amount of XMR")
  })

  it("is refused by the name of the option", async () => {
    const { code, stderr } = await post("--amount=-1 EUR")
    assert.strictEqual(code, 1)
    assert.include(stderr, "--amount: Malformed")
    const missing = await ledger("post", "--debit", "cash", "--amount", "1 EUR", "--reason", "a")
    assert.include(missing.stderr, "--credit: is missing")
  })
})

const line = (fields: object) => JSON.stringify({ debit: "cash", credit: "user:1", reason: "file.line", ...fields })

describe("LG-14 LG-4 files of transfers", { timeout: patienceMillis }, () => {
  const given = [
    line({ id: id(5), amount: "10.00 EUR", effective_at: "2026-01-31T10:00:00+01:00" }),
    "",
    `[${line({ id: id(6), amount_minor: "500", asset: "EUR" })},${
      line({ id: id(7), debit: "user:1", credit: "cash", amount: "99 EUR" })
    }]`,
    line({ idempotency_key: "key-1", kind: "hold", amount: "1 EUR", expires_at: "2099-01-01" }),
    "nonsense",
    line({ id: id(8), amount: 5 }),
    line({ id: id(8), amount: "5 EUR", refrence: "x" }),
    line({ amount: "5 EUR" }),
    line({ id: id(8), debit: "user:1", credit: "nobody", amount: "5 EUR" }),
    `{"kind":"reverse","reverses":"${id(5)}","id":"${id(9)}","reason":"file.line"}`
  ].join("\n")

  it("are answered line by line, in order", async () => {
    const { code, stderr, stdout } = await pipe(given, ["ledger", "post", "--file", "-", "--json"], environment)
    assert.strictEqual(code, 1)
    const answers = parsedLines(stdout)
    assert.deepStrictEqual(answers.map(({ line }) => line), [1, 3, 4, 5, 6, 7, 8, 9, 10])
    assert.deepStrictEqual(
      answers.map(({ field, index, reason }) => reason === undefined ? null : [reason, index, field]),
      [
        null,
        ["InsufficientFunds", 1, answers[1].field],
        null,
        ["LineMalformed", 0, null],
        ["RequestMalformed", 0, "amount"],
        ["RequestMalformed", 0, "refrence"],
        ["RequestMalformed", 0, "id"],
        ["CreditAccountNotFound", 0, answers[7].field],
        null
      ]
    )
    assert.isTrue(answers[1].retryable)
    assert.deepInclude(answers[0].transfers[0], { amount_minor: "1000", effective_at: "2026-01-31T09:00:00.000Z" })
    assert.deepInclude(answers[8].transfers[0], { reverses: id(5), debit: "user:1", amount_minor: "1000" })
    assert.include(stderr, "3 booked, 0 already booked, 6 refused")
  })

  it("book nothing twice when they are given again", async () => {
    const { stderr, stdout } = await pipe(given, ["ledger", "post", "--file", "-"], environment)
    assert.include(stderr, "0 booked, 3 already booked, 6 refused")
    assert.match(stdout, /^line 1: already booked: posted 10\.00 EUR, debit cash, credit user:1, sequence \d+$/mu)
    assert.match(stdout, /^line 3: refused: InsufficientFunds/mu)
  })

  it("are tried without booking", async () => {
    const path = join(folder.path, "dry.ndjson")
    const lines = [
      line({ id: id(8), amount: "3 EUR" }),
      line({ idempotency_key: "dry", debit: "user:1", credit: "cash", amount: "2 EUR" })
    ]
    writeFileSync(path, `${lines.join("\n")}\n`)
    const before = await done("accounts")
    const { code, stderr, stdout } = await ledger("post", "--file", path, "--dry-run")
    assert.strictEqual(code, 0, stderr)
    assert.include(stderr, "2 would be booked")
    assert.match(stdout, /^line 2: would be posted 2\.00 EUR, debit user:1, credit cash$/mu)
    assert.strictEqual(await done("accounts"), before)
    assert.include((await ledger("post", "--file", "/nonexistent")).stderr, "/nonexistent can not be read (ENOENT)")
  })
})

describe("LG-14 LG-7 the books on the command line", { timeout: patienceMillis }, () => {
  it("are read page by page", async () => {
    const first = JSON.parse(await done("transfers", "--oldest", "--limit", "2", "--json"))
    assert.deepStrictEqual(first.transfers.map(({ sequence }: { sequence: string }) => sequence), ["1", "2"])
    const text = await done("transfers", "--oldest", "--limit", "2", "--after", first.next)
    assert.match(text, /^ +3 /mu)
    assert.match(text, /^more: --after 4$/mu)
    const page = JSON.parse(await done("statement", "sales", "--limit", "1", "--json"))
    assert.deepStrictEqual([page.lines[0].line, page.next], ["1", "1"])
    assert.notInclude(await done("statement", "sales", "--after", page.next), "more:")
  })

  it("are searched by every condition", async () => {
    const count = async (...words: ReadonlyArray<string>): Promise<number> =>
      JSON.parse(await done("transfers", "--json", ...words)).transfers.length
    assert.strictEqual(await count("--prefix", "user:", "--kind", "hold"), 1)
    assert.strictEqual(await count("--account", "user:1", "--reason", "file.line"), 3)
    assert.strictEqual(await count("--to", "2020-01-01"), 0)
    assert.strictEqual(await count("--from", "2020-01-01", "--reference", "42"), 1)
    assert.strictEqual(await done("transfers", "--reason", "never"), "no transfers\n")
    assert.include((await ledger("transfers", "--limit", "1001")).stderr, "--limit: expected 1 to 1,000")
    assert.include((await ledger("transfers", "--after", "x")).stderr, "--after: expected a whole number")
  })

  it("stand still at a point in the past", async () => {
    assert.match(await done("balance", "sales", "--at-sequence", "1"), /^balance +12\.50 EUR$/mu)
    assert.match(await done("balance", "user:1", "--at-time", "2026-02-01"), /^balance +10\.00 EUR$/mu)
  })

  it("end quietly when nobody reads on", () => {
    const main = join(import.meta.dirname, "../../src/main.ts")
    const lines = Array.from(
      { length: 3000 },
      (_, index) =>
        JSON.stringify({
          idempotency_key: `pipe-${index}`,
          debit: "cash",
          credit: "sales",
          amount: "1 EUR",
          reason: "pipe"
        })
    )
    const shell = `"${process.execPath}" --conditions=@purser/source "${main}" ledger post --file - | head -n 1`
    const { stderr, stdout } = spawnSync("sh", ["-c", shell], {
      env: { PATH: process.env["PATH"] ?? "", ...environment },
      input: lines.join("\n"),
      encoding: "utf8"
    })
    assert.match(stdout, /^line 1: posted 1\.00 EUR/u)
    assert.strictEqual(stderr, "")
  })
})
