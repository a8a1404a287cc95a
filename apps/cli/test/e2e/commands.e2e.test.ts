import { assert, describe, it } from "@effect/vitest"
import { chmodSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { afterAll } from "vitest"
import { ask, internalKey, quick, ready, serve, temporaryFolder } from "./installation.ts"
import { type Environment, run } from "./program.ts"

const folder = temporaryFolder()
afterAll(folder.remove)
const address = "49mmJ3sD7qXBzxBNtxhAGgRXd2HUAmwUDdMUe1GM7bHeewKBpFepmfWfXQrhU2M5UETEYTp8gLVFNL5Mj5PbiJnCVn63wBw"

describe("TK-14 PF-11 tickets on the command line", () => {
  it("are printed as JSON for programs", async () => {
    const { code, stdout } = await run(["ticket", "new", "--address", address, "--json"])
    const ticket = JSON.parse(stdout)
    assert.strictEqual(code, 0)
    assert.sameMembers(Object.keys(ticket), ["pid", "payment_id", "address", "uri"])
    assert.match(ticket.pid, /^[0-9a-f]{64}$/u)
    assert.match(ticket.payment_id, /^[0-9a-f]{16}$/u)
    assert.match(ticket.address, /^4[1-9A-HJ-NP-Za-km-z]{105}$/u)
    assert.strictEqual(ticket.uri, `monero:${ticket.address}`)
  })

  it("are kept in a file for their owner, and never written over", async () => {
    const file = join(folder.path, "one.json")
    const words = ["ticket", "new", "--address", address, "--amount", "0.01", "--out", file]
    const first = await run(words)
    assert.strictEqual(first.code, 0, first.stderr)
    assert.strictEqual(statSync(file).mode & 0o777, 0o600)
    const kept = readFileSync(file, "utf8")
    assert.notInclude(first.stdout, JSON.parse(kept).pid)
    const second = await run(words)
    assert.strictEqual(second.code, 1)
    assert.include(second.stderr, "never written over")
    assert.strictEqual(readFileSync(file, "utf8"), kept)
    const link = await run(["ticket", "uri", file, "--amount", "1.5"])
    assert.strictEqual(link.stdout, `monero:${JSON.parse(kept).address}?tx_amount=1.5\n`)
  })

  it.each([
    ["an address", ["ticket", "new", "--address", "4abc"], "--address: not a usable Monero address"],
    ["an amount", ["ticket", "new", "--address", address, "--amount", "0"], "--amount: must be above zero"],
    ["a fraction", ["ticket", "new", "--address", address, "--amount", "0.0000000000001"], "--amount: not an amount"],
    ["a file", ["ticket", "redeem", "/nonexistent"], "/nonexistent can not be read (ENOENT)"],
    ["a url", ["ticket", "status", "00", "--url", "ftp://x"], "--url: expected an http or https address"],
    ["a token", ["ticket", "status", "00"], "a token has 64 hexadecimal digits"],
    ["an account", ["ledger", "balance", "a b"], "a b is not an account code"],
    ["a time", ["ledger", "balance", "a", "--at", "soon"], "--at: expected a time"]
  ])("refuse %s that can not be used", async (_, words, message) => {
    const { code, stderr } = await run(words, { PURSER_DATA_DIR: join(folder.path, "none") })
    assert.strictEqual(code, 1)
    assert.include(stderr, message)
  })

  it("say when nobody answers", async () => {
    const file = join(folder.path, "two.json")
    await run(["ticket", "new", "--address", address, "--out", file])
    const { code, stderr } = await run(["ticket", "redeem", file, "--url", "http://127.0.0.1:9"])
    assert.strictEqual(code, 1)
    assert.include(stderr, "is it running there?")
  })
})

describe("PF-11 LG-14 the command line", () => {
  it.each([[], ["ticket"], ["ledger"], ["sandbox"], ["serve"], ["doctor"]])("explains %s", async (...words) => {
    const { code, stdout } = await run([...words, "--help"])
    assert.strictEqual(code, 0)
    assert.match(stdout, /usage/iu)
  })

  it("names every setting that is wrong, with exit code 2", async () => {
    const { code, stderr } = await run(["doctor"], { PURSER_HTTP: "x", PURSER_HTPP: "127.0.0.1:1" })
    assert.strictEqual(code, 2)
    assert.include(stderr, "PURSER_HTTP: expected host:port or unix:/path")
    assert.include(stderr, "PURSER_HTPP: no such setting")
  })

  it("asks for a migration before it looks at books", async () => {
    const { code, stderr } = await run(["ledger", "accounts"], { PURSER_DATA_DIR: join(folder.path, "fresh") })
    assert.strictEqual(code, 1)
    assert.include(stderr, "run purser migrate")
  })

  it("migrates once", async () => {
    const environment = { PURSER_DATA_DIR: join(folder.path, "migrated") }
    assert.match((await run(["migrate", "--status"], environment)).stdout, /^0001_base +pending$/mu)
    assert.match((await run(["migrate"], environment)).stdout, /^migrated: 0001_base/u)
    assert.strictEqual((await run(["migrate"], environment)).stdout, "up to date\n")
    assert.strictEqual((await run(["ledger", "accounts"], environment)).stdout, "no accounts\n")
  })

  it("examines an installation", async () => {
    const environment = { ...quick(join(folder.path, "examined")), PURSER_SANDBOX_HTTP: "127.0.0.1:9" }
    const { code, stdout } = await run(["doctor"], environment)
    assert.strictEqual(code, 0, stdout)
    assert.match(stdout, /^ok +database +sqlite/mu)
    assert.match(stdout, /^warning +monero +the sandbox .* not running/mu)
    const refused = await run(["doctor", "--json"], {
      ...environment,
      PURSER_DATABASE_URL: "postgres://u:p@127.0.0.1:9/d"
    })
    assert.strictEqual(refused.code, 1)
    assert.deepInclude(JSON.parse(refused.stdout).findings, {
      check: "database",
      state: "failed",
      detail: "127.0.0.1:9: Unreachable"
    })
    assert.notInclude(refused.stdout + refused.stderr, "u:p")
  })
})

const refused = async (environment: Environment): Promise<string> => {
  const { code, stderr } = await run(["serve"], environment)
  assert.strictEqual(code, 1, stderr)
  return stderr
}

describe("PF-1 PF-9 TK-3 starts that can not succeed", () => {
  it("name a port that is in use", async () => {
    const server = createServer().listen(0, "127.0.0.1")
    await new Promise((resolve) => server.once("listening", resolve))
    const { port } = server.address() as { readonly port: number }
    const message = await refused({ ...quick(join(folder.path, "port")), PURSER_HTTP: `127.0.0.1:${port}` })
    assert.include(message, `127.0.0.1:${port}`)
    assert.include(message, "Stop what listens there")
    server.close()
  })

  it("name a file that is no database", async () => {
    const path = join(folder.path, "letter.txt")
    writeFileSync(path, "Dear reader, this is not a database at all. ".repeat(10))
    const message = await refused({ ...quick(join(folder.path, "letter")), PURSER_DATABASE_URL: `sqlite:${path}` })
    assert.include(message, "NotADatabase")
    assert.isTrue(readFileSync(path, "utf8").startsWith("Dear reader"))
  })

  it("name a database that was half copied", async () => {
    const environment = { PURSER_DATA_DIR: join(folder.path, "half") }
    await run(["migrate"], environment)
    const path = join(environment.PURSER_DATA_DIR, "purser.sqlite")
    truncateSync(path, Math.floor(statSync(path).size / 2))
    assert.include(await refused({ ...quick(join(folder.path, "half")), ...environment }), "HalfWritten")
  })

  it("name a folder that can not be made", async () => {
    const message = await refused({ ...quick(join(folder.path, "proc")), PURSER_DATABASE_URL: "sqlite:/proc/none/b" })
    assert.include(message, "FolderNotWritable")
  })

  it("name a data directory that can not be written", async () => {
    const path = join(folder.path, "file")
    writeFileSync(path, "a file where a folder is wanted")
    const message = await refused({ ...quick(folder.path), PURSER_DATA_DIR: join(path, "data") })
    assert.include(message, join(path, "data"))
    const closed = join(folder.path, "closed")
    mkdirSync(closed)
    chmodSync(closed, 0o500)
    // Root writes everywhere, so for root this one starts to work and is not tried.
    if (process.getuid?.() !== 0) {
      assert.include(await refused({ ...quick(folder.path), PURSER_DATA_DIR: join(closed, "data") }), closed)
    }
  })
})

describe("TK-2 TK-3 PF-2 doors", () => {
  it("serve the public on a socket and the operator on a port", async () => {
    const path = join(folder.path, "doors")
    mkdirSync(path)
    const socket = join(path, "public.sock")
    const environment = { ...quick(path), PURSER_HTTP: `unix:${socket}` }
    const first = await serve(environment)
    assert.isTrue(statSync(socket).isSocket())
    await first.running.kill("SIGKILL")
    // The file of the dead process is still there: the next start takes it away.
    const second = await serve(environment)
    try {
      assert.strictEqual((await ask(`${second.internalUrl}/metrics`)).status, 401)
      const headers = { authorization: `Bearer ${internalKey}` }
      const metrics = await ask(`${second.internalUrl}/metrics`, { headers })
      assert.strictEqual(metrics.status, 200)
      assert.include(metrics.text, "# TYPE")
      await ready({ ...second, publicUrl: second.internalUrl })
    } finally {
      const { code } = await second.running.kill("SIGTERM")
      assert.strictEqual(code, 0)
    }
  })

  it("open elsewhere where the operator said so", async () => {
    const path = join(folder.path, "fallback")
    const environment = {
      ...quick(path),
      PURSER_HTTP: `unix:${join(path, "no", "such", "folder.sock")}`,
      PURSER_HTTP_FALLBACK: "127.0.0.1:0"
    }
    const served = await serve(environment)
    try {
      await ready(served)
      assert.match(served.publicUrl, /^http:\/\/127\.0\.0\.1:\d+$/u)
      assert.include(served.running.stderr(), "FolderMissing")
    } finally {
      await served.running.kill("SIGTERM")
    }
  })
})
