/** Holds Purser's redemptions against a bare server that does the same work, in interleaved rounds of one run. */
import { type ChildProcess, fork } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { fire, type Round, type Shot } from "./load.ts"
import { makeTickets, type PaidTicket, unknownTicket } from "./workload.ts"

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "string" },
    rounds: { type: "string", default: "7" },
    callers: { type: "string", default: "32" }
  }
})
const rounds = flags.quick ? 3 : Number(flags.rounds)
const callers = Number(flags.callers)
const firstShots = flags.quick ? 40 : 64
const otherShots = flags.quick ? 2000 : 6000

const servers = ["bare", "purser"] as const
type ServerName = (typeof servers)[number]
const targets: Readonly<Record<string, number>> = { first: 0.9, repeated: 0.5, unknown: 0.7 }

const start = (name: ServerName, folder: string): Promise<{ readonly child: ChildProcess; readonly port: number }> =>
  new Promise((resolve, reject) => {
    const child = fork(
      join(import.meta.dirname, `${name}Server.ts`),
      [join(folder, `${name}.sqlite`), join(folder, "tickets.json")],
      { execArgv: ["--conditions=@purser/source"], stdio: ["ignore", "inherit", "inherit", "ipc"] }
    )
    child.once("message", (message: { readonly port: number }) => resolve({ child, port: message.port }))
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}`)))
  })

const bodyOf = ({ id8, pid }: Pick<PaidTicket, "id8" | "pid">): string => JSON.stringify({ pid, payment_id: id8 })

const shotsOf = (tickets: ReadonlyArray<PaidTicket>, round: number): Readonly<Record<string, ReadonlyArray<Shot>>> => {
  const fresh = tickets.slice(round * firstShots, (round + 1) * firstShots)
  const claimed = tickets.slice(0, (round + 1) * firstShots)
  const times = Array.from({ length: otherShots }, (_, index) => index)
  return {
    first: fresh.map((ticket) => ({ body: bodyOf(ticket), status: 200 })),
    repeated: times.map((index) => ({ body: bodyOf(claimed[index % claimed.length]!), status: 200 })),
    unknown: times.map((index) => ({ body: bodyOf(unknownTicket(`round ${round}`, index)), status: 404 }))
  }
}

const median = (values: ReadonlyArray<number>): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0

const folder = mkdtempSync(join(tmpdir(), "purser-bench-"))
const running: Array<ChildProcess> = []
try {
  process.stderr.write(`making ${(rounds + 1) * firstShots} tickets…\n`)
  const tickets = await makeTickets("bench", (rounds + 1) * firstShots)
  writeFileSync(join(folder, "tickets.json"), JSON.stringify(tickets))
  const ports: Record<string, number> = {}
  for (const name of servers) {
    const { child, port } = await start(name, folder)
    running.push(child)
    ports[name] = port
  }
  const found = new Map<string, Array<Round>>()
  for (let round = 0; round <= rounds; round++) {
    for (const [shape, shots] of Object.entries(shotsOf(tickets, round))) {
      const order = round % 2 === 0 ? servers : servers.toReversed()
      for (const name of order) {
        const measured = await fire(ports[name]!, shots, callers)
        // The first round warms both up.
        if (round > 0) found.set(`${shape} ${name}`, [...found.get(`${shape} ${name}`) ?? [], measured])
      }
    }
  }
  const row = (shape: string, server: ServerName) => {
    const measured = found.get(`${shape} ${server}`) ?? []
    return {
      shape,
      server,
      callers,
      perSecond: Math.round(median(measured.map(({ perSecond }) => perSecond))),
      p50Millis: Number(median(measured.map(({ p50Millis }) => p50Millis)).toFixed(2)),
      p99Millis: Number(median(measured.map(({ p99Millis }) => p99Millis)).toFixed(2))
    }
  }
  const table = Object.entries(targets).map(([shape, target]) => {
    const [bare, purser] = [row(shape, "bare"), row(shape, "purser")]
    const ratios = (found.get(`${shape} purser`) ?? []).map(({ perSecond }, index) =>
      perSecond / (found.get(`${shape} bare`)?.[index]?.perSecond ?? Number.NaN)
    )
    return { shape, target, ratio: Number(median(ratios).toFixed(2)), bare, purser }
  })
  process.stdout.write(
    [
      "| redemption | bare, 1/s | Purser, 1/s | ratio | wanted | Purser p50, ms | Purser p99, ms |",
      "| --- | --- | --- | --- | --- | --- | --- |",
      ...table.map(({ bare, purser, ratio, shape, target }) =>
        `| ${shape} | ${bare.perSecond} | ${purser.perSecond} | ${ratio} | ${target} | ${purser.p50Millis} | ${purser.p99Millis} |`
      )
    ].join("\n") + "\n"
  )
  if (flags.json !== undefined) {
    writeFileSync(
      flags.json,
      table.flatMap(({ bare, purser }) => [bare, purser]).map((line) => `${JSON.stringify(line)}\n`).join("")
    )
  }
  if (table.some(({ ratio, target }) => ratio < target)) process.exitCode = 1
} finally {
  for (const child of running) child.kill("SIGKILL")
  rmSync(folder, { recursive: true, force: true })
}
