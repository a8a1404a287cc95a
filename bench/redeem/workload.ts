/** Makes the tickets that both servers sell: secrets, the ids that scrypt makes of them, and transactions. */
import { createHash, scrypt } from "node:crypto"

/** A paid ticket, everything in lower-case hex. */
export interface PaidTicket {
  readonly pid: string
  readonly id8: string
  readonly transactionId: string
}

/** The address that every ticket is made for; its keys are nobody's. */
export const primaryAddress =
  "49mmJ3sD7qXBzxBNtxhAGgRXd2HUAmwUDdMUe1GM7bHeewKBpFepmfWfXQrhU2M5UETEYTp8gLVFNL5Mj5PbiJnCVn63wBw"
/** 0.01 XMR. */
export const priceMinor = 10_000_000_000n

/** What ids are salted with; see `deriveId8` of the domain. */
export const salt = Buffer.from(`purser/id8/v1\0mainnet\0${primaryAddress}`)

const digest = (text: string): string => createHash("sha256").update(text).digest("hex")

/** The first 8 bytes of scrypt, as the domain derives ids. */
export const deriveId8 = (pid: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(pid, salt, 8, { N: 2 ** 14, r: 8, p: 1 }, (error, key) => error === null ? resolve(key) : reject(error))
  })

const ticketOf = async (seed: string, index: number): Promise<PaidTicket> => {
  const pid = digest(`${seed} pid ${index}`)
  const id8 = await deriveId8(Buffer.from(pid, "hex"))
  return { pid, id8: id8.toString("hex"), transactionId: digest(`${seed} transaction ${index}`) }
}

/** The tickets of a seed; the same seed gives the same. */
export const makeTickets = (seed: string, count: number): Promise<ReadonlyArray<PaidTicket>> =>
  Promise.all(Array.from({ length: count }, (_, index) => ticketOf(seed, index)))

/** A request for a ticket that nobody paid. */
export const unknownTicket = (seed: string, index: number): { readonly pid: string; readonly id8: string } => ({
  pid: digest(`${seed} unknown ${index}`),
  id8: digest(`${seed} unknown id ${index}`).slice(0, 16)
})
