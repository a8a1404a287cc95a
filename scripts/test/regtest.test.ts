import { assert, describe, it } from "@effect/vitest"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import type { RegtestChain } from "../testing/regtest/chain.ts"
import { guardedFolder, startGuarded } from "../testing/regtest/guarded.ts"
import { leaseRegtest } from "../testing/regtest/lease.ts"
import { serveLeases } from "../testing/regtest/leases.ts"

const until = async (holds: () => boolean): Promise<boolean> => {
  for (let round = 0; round < 100; round++) {
    if (holds()) return true
    await sleep(100)
  }
  return false
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** A run of its own that guards a folder and a program, which writes its id into the folder. */
const startRun = async () => {
  const module = new URL("../testing/regtest/guarded.ts", import.meta.url).href
  const script = `const { guardedFolder, startGuarded } = await import("${module}")
    const { path } = guardedFolder("guard")
    const program = await startGuarded(["sleep", "1000"], path + "/out")
    process.stdout.write(JSON.stringify({ path, pid: program.pid }))
    setInterval(() => undefined, 1000)`
  const run = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] })
  const [line] = await once(run.stdout, "data") as [Buffer]
  return { run, ...JSON.parse(line.toString()) as { readonly path: string; readonly pid: number } }
}

describe("TK-15 programs of a run", () => {
  it.each(["SIGKILL", "SIGTERM", "SIGINT"] as const)("end when it gets %s", async (signal) => {
    const { path, pid, run } = await startRun()
    assert.isTrue(isRunning(pid) && existsSync(path))
    run.kill(signal)
    assert.isTrue(await until(() => !isRunning(pid) && !existsSync(path)))
  })

  it("end when told, and their folder goes", async () => {
    const folder = guardedFolder("guard")
    const program = await startGuarded(["sleep", "1000"], `${folder.path}/out`)
    await program.end("SIGTERM")
    assert.isFalse(program.isAlive() || isRunning(program.pid))
    await program.end("SIGTERM")
    await folder.remove()
    assert.isFalse(existsSync(folder.path))
  })
})

/** A chain of nothing that notes what is asked of it. */
const chainOf = (notes: Array<string>): RegtestChain => {
  const note = (text: string) => async () => void notes.push(text)
  let operators = 0
  return {
    newOperator: async () => {
      const name = `operator ${++operators}`
      notes.push(`${name} opens`)
      return {
        endpoints: {
          daemonUrl: name,
          payerUrl: "",
          payerAddress: "",
          operatorUrl: "",
          operatorUser: "",
          operatorPassword: "",
          operatorAddress: "",
          operatorSubaddresses: [],
          spenderUrl: ""
        },
        stopDaemon: note("stopDaemon"),
        startDaemon: () => Promise.reject(new Error("the port is taken")),
        killOperator: note("killOperator"),
        startOperator: note("startOperator"),
        close: note(`${name} closes`)
      }
    },
    stop: note("stop")
  }
}

describe("TK-15 leases of the chain", () => {
  it("start nothing before the first", async () => {
    const notes: Array<string> = []
    const leases = await serveLeases(async () => chainOf(notes))
    await leases.close()
    assert.deepStrictEqual(notes, [])
  })

  it("follow each other", async () => {
    const notes: Array<string> = []
    const leases = await serveLeases(async () => chainOf(notes))
    const first = await leaseRegtest(leases.port)
    const waiting = leaseRegtest(leases.port)
    await first.stopDaemon()
    await first.release()
    const second = await waiting
    assert.strictEqual(second.endpoints.daemonUrl, "operator 2")
    assert.deepStrictEqual(notes, ["operator 1 opens", "stopDaemon", "operator 1 closes", "operator 2 opens"])
    await leases.close()
    assert.deepStrictEqual(notes.slice(4), ["operator 2 closes", "stop"])
  })

  it("say what went wrong", async () => {
    const leases = await serveLeases(async () => chainOf([]))
    const lease = await leaseRegtest(leases.port)
    const failure = await lease.startDaemon().then(() => undefined, (error: Error) => error.message)
    assert.strictEqual(failure, "the port is taken")
    await lease.killOperator()
    await leases.close()
  })

  it("fail when the chain cannot start", async () => {
    const leases = await serveLeases(() => Promise.reject(new Error("no monerod")))
    const failure = await leaseRegtest(leases.port).then(() => undefined, (error: Error) => error.message)
    assert.strictEqual(failure, "no monerod")
    await leases.close()
  })
})
