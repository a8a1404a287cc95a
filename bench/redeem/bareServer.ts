/** Serves redemptions with node:http and better-sqlite3 alone: the floor that Purser is held against. */
import Sqlite from "better-sqlite3"
import { createHash, createHmac, timingSafeEqual } from "node:crypto"
import { readFileSync } from "node:fs"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { deriveId8, type PaidTicket, priceMinor } from "./workload.ts"

const [path = "", ticketsPath = ""] = process.argv.slice(2)
const database = new Sqlite(path)
database.pragma("journal_mode = WAL")
database.pragma("synchronous = FULL")
database.defaultSafeIntegers(true)
database.exec(`
  CREATE TABLE ticket (id8 BLOB PRIMARY KEY, transaction_id BLOB NOT NULL, credited INTEGER NOT NULL,
    commitment BLOB UNIQUE, token_hash BLOB UNIQUE) STRICT;
  CREATE TABLE account (code TEXT PRIMARY KEY, debits INTEGER NOT NULL, credits INTEGER NOT NULL) STRICT;
  CREATE TABLE transfer (sequence INTEGER PRIMARY KEY, debit TEXT NOT NULL, credit TEXT NOT NULL, amount INTEGER NOT NULL,
    reference TEXT NOT NULL) STRICT;
  CREATE TABLE outbox (sequence INTEGER PRIMARY KEY, topic TEXT NOT NULL, payload TEXT NOT NULL) STRICT;
`)
const seed = database.prepare("INSERT INTO ticket (id8, transaction_id, credited) VALUES (?, ?, ?)")
database.transaction(() => {
  for (const { id8, transactionId } of JSON.parse(readFileSync(ticketsPath, "utf8")) as ReadonlyArray<PaidTicket>) {
    seed.run(Buffer.from(id8, "hex"), Buffer.from(transactionId, "hex"), priceMinor)
  }
  for (const code of ["unclaimed", "claimed"]) {
    database.prepare("INSERT INTO account VALUES (?, 0, ?)").run(code, code === "unclaimed" ? 10n ** 15n : 0n)
  }
})()

interface Row {
  readonly id8: Buffer
  readonly transaction_id: Buffer
  readonly credited: bigint
  readonly commitment: Buffer | null
}

const byCommitment = database.prepare<[Buffer], Row>("SELECT * FROM ticket WHERE commitment = ?")
const byId8 = database.prepare<[Buffer], Row>("SELECT * FROM ticket WHERE id8 = ?")
const claim = database.prepare<[Buffer, Buffer, Buffer, bigint], Row>(
  "UPDATE ticket SET commitment = ?, token_hash = ? WHERE id8 = ? AND commitment IS NULL AND credited >= ? RETURNING *"
)
const move = database.prepare("INSERT INTO transfer (debit, credit, amount, reference) VALUES (?, ?, ?, ?)")
const debit = database.prepare("UPDATE account SET debits = debits + ? WHERE code = ?")
const credit = database.prepare("UPDATE account SET credits = credits + ? WHERE code = ?")
const tell = database.prepare("INSERT INTO outbox (topic, payload) VALUES (?, ?)")

const tokenKey = Buffer.alloc(32, 7)
const tokenOf = (pid: Buffer, { transaction_id }: Row): Buffer =>
  createHmac("sha3-256", tokenKey).update("purser/token/v2").update(pid).update(transaction_id).digest()
const hashOf = (prefix: string, bytes: Buffer): Buffer => createHash("sha3-256").update(prefix).update(bytes).digest()

const claimOnce = database.transaction((commitment: Buffer, token: Buffer, row: Row): Row | undefined => {
  const claimed = claim.get(commitment, hashOf("purser/token-hash/v1", token), row.id8, priceMinor)
  if (claimed === undefined) return undefined
  move.run("unclaimed", "claimed", claimed.credited, claimed.transaction_id.toString("hex"))
  debit.run(claimed.credited, "unclaimed")
  credit.run(claimed.credited, "claimed")
  tell.run("ticket.claimed", JSON.stringify({ amount: String(claimed.credited) }))
  return claimed
})

const answer = (response: ServerResponse, status: number, body: object): void => {
  const text = JSON.stringify(body)
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) })
  response.end(text)
}

const redeem = async (response: ServerResponse, text: string): Promise<void> => {
  const { payment_id, pid: hex } = JSON.parse(text) as { readonly pid?: unknown; readonly payment_id?: unknown }
  if (typeof hex !== "string" || !/^[0-9a-f]{64}$/iu.test(hex)) return answer(response, 400, { code: "malformed" })
  if (typeof payment_id !== "string" || !/^[0-9a-f]{16}$/u.test(payment_id)) {
    return answer(response, 400, { code: "malformed" })
  }
  const pid = Buffer.from(hex, "hex")
  const commitment = hashOf("purser/commit/v1", pid)
  const known = byCommitment.get(commitment)
  if (known !== undefined) {
    const service_token = tokenOf(pid, known).toString("hex")
    return answer(response, 200, { status: "already_claimed", service_token, balance: String(known.credited) })
  }
  const id8 = Buffer.from(payment_id, "hex")
  const row = byId8.get(id8)
  if (row === undefined) return answer(response, 404, { code: "ticket_not_found" })
  if (!timingSafeEqual(await deriveId8(pid), id8)) return answer(response, 404, { code: "ticket_not_found" })
  const token = tokenOf(pid, row)
  const claimed = claimOnce.immediate(commitment, token, row)
  if (claimed === undefined) return answer(response, 409, { code: "claimed" })
  answer(response, 200, { status: "success", service_token: token.toString("hex"), balance: String(claimed.credited) })
}

const mostBytes = 16_384

const read = (request: IncomingMessage, done: (text: string) => void): void => {
  const chunks: Array<Buffer> = []
  let bytes = 0
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > mostBytes) request.destroy()
    else chunks.push(chunk)
  })
  request.on("end", () => done(Buffer.concat(chunks).toString("utf8")))
}

const server = createServer((request, response) => {
  if (request.method !== "POST" || request.url !== "/api/v1/redeem") return answer(response, 404, { code: "not_found" })
  read(request, (text) => {
    redeem(response, text).catch(() => answer(response, 400, { code: "malformed" }))
  })
})

server.listen(0, "127.0.0.1", () => {
  const address = server.address()
  process.send?.({ port: typeof address === "object" && address !== null ? address.port : 0 })
})
