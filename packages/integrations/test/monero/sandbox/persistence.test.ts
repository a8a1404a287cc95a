/** Stops and starts sandboxes on one file. */
import { assert, describe, it } from "@effect/vitest"
import { MoneroWallet } from "@purser/integrations/monero"
import type { RunningSandbox } from "@purser/integrations/monero/sandbox"
import * as Effect from "effect/Effect"
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import { dataFile, withSandbox } from "./running.ts"

const most = 18_446_744_073_709_551_615n

const seen = ({ walletUrl }: RunningSandbox) =>
  MoneroWallet.use((wallet) => wallet.incoming(0)).pipe(
    Effect.provide(MoneroWallet.layer({ url: walletUrl }), { local: true })
  )

const refresh = ({ walletUrl }: RunningSandbox) =>
  MoneroWallet.use((wallet) => wallet.refresh).pipe(
    Effect.provide(MoneroWallet.layer({ url: walletUrl }), { local: true })
  )

describe("TK-15 the file of a sandbox", () => {
  it.live("continues where it was, wallet and pool included", () =>
    Effect.gen(function*() {
      const file = yield* dataFile
      const before = yield* withSandbox((sandbox) =>
        Effect.gen(function*() {
          yield* sandbox.pay({ address: sandbox.primaryAddress, amountMinor: most, unlockTime: most })
          yield* sandbox.mine(2, 3n)
          yield* refresh(sandbox)
          yield* sandbox.reorganise({ depth: 1, fate: "lost" })
          yield* sandbox.pay({ address: sandbox.primaryAddress, amountMinor: 1n })
          return { status: yield* sandbox.status, seen: yield* seen(sandbox) }
        }), { dataFile: file })
      yield* withSandbox((sandbox) =>
        Effect.gen(function*() {
          assert.deepStrictEqual(yield* sandbox.status, before.status)
          assert.deepStrictEqual(yield* seen(sandbox), before.seen)
          yield* sandbox.stopDaemon
        }), { dataFile: file })
      assert.deepInclude(yield* withSandbox(({ status }) => status, { dataFile: file }), { daemon: "down" })
    }))

  it.live("is there before the answer, for its owner only, and nothing is left beside it", () =>
    Effect.gen(function*() {
      const file = yield* dataFile
      yield* withSandbox((sandbox) =>
        Effect.gen(function*() {
          const { transactionId } = yield* sandbox.pay({ address: sandbox.primaryAddress, amountMinor: 1n })
          assert.include(yield* Effect.promise(() => readFile(file, "utf8")), transactionId)
        }), { dataFile: file })
      assert.strictEqual((yield* Effect.promise(() => stat(file))).mode & 0o777, 0o600)
      assert.deepStrictEqual(yield* Effect.promise(() => readdir(dirname(file))), ["chain.json"])
    }))

  it.live("is written only when something changed", () =>
    Effect.gen(function*() {
      const file = yield* dataFile
      yield* withSandbox((sandbox) =>
        Effect.gen(function*() {
          yield* sandbox.mine(1)
          yield* refresh(sandbox)
          const inode = (yield* Effect.promise(() => stat(file))).ino
          for (let looks = 0; looks < 3; looks++) yield* refresh(sandbox)
          assert.strictEqual((yield* Effect.promise(() => stat(file))).ino, inode)
        }), { dataFile: file })
    }))

  it.live("replaces what a crash left half-written", () =>
    Effect.gen(function*() {
      const file = yield* dataFile
      yield* Effect.promise(async () => {
        await mkdir(dirname(file), { recursive: true })
        await writeFile(`${file}.new`, "{\"format\":1,\"hei")
      })
      assert.deepInclude(yield* withSandbox(({ status }) => status, { dataFile: file }), { height: 1 })
      assert.deepStrictEqual(yield* Effect.promise(() => readdir(dirname(file))), ["chain.json"])
    }))

  it.live.each([
    { what: "no JSON", text: "{" },
    { what: "something else", text: "{}" },
    {
      what: "a later format",
      text: "{\"format\":2,\"height\":1,\"walletHeight\":1,\"isDaemonUp\":true,\"transactions\":[]}"
    },
    {
      what: "a negative height",
      text: "{\"format\":1,\"height\":-1,\"walletHeight\":1,\"isDaemonUp\":true,\"transactions\":[]}"
    }
  ])("is refused and left alone when it holds $what", ({ text }) =>
    Effect.gen(function*() {
      const file = yield* dataFile
      yield* Effect.promise(async () => {
        await mkdir(dirname(file), { recursive: true })
        await writeFile(file, text)
      })
      const refused = yield* Effect.flip(withSandbox(({ status }) => status, { dataFile: file }))
      assert.deepInclude(refused, { _tag: "SandboxRefused", reason: "DataFile" })
      assert.strictEqual(yield* Effect.promise(() => readFile(file, "utf8")), text)
    }))

  it.live("is refused where no folder can be", () =>
    Effect.gen(function*() {
      const file = yield* dataFile
      yield* Effect.promise(() => writeFile(dirname(file), "a file in the way"))
      const refused = yield* Effect.flip(withSandbox(({ status }) => status, { dataFile: file }))
      assert.deepInclude(refused, { reason: "DataFile" })
    }))

  it.live("changes nothing when it cannot be written", () =>
    Effect.gen(function*() {
      const file = yield* dataFile
      yield* withSandbox((sandbox) =>
        Effect.gen(function*() {
          const folder = dirname(file)
          yield* Effect.promise(async () => {
            await rm(folder, { recursive: true })
            await writeFile(folder, "a file in the way")
            await chmod(folder, 0o600)
          })
          assert.deepInclude(yield* Effect.flip(sandbox.mine(1)), { code: "data_file" })
          assert.deepInclude(yield* sandbox.status, { height: 1 })
          yield* Effect.promise(() => rm(folder))
          yield* sandbox.mine(1)
          assert.deepInclude(yield* sandbox.status, { height: 2 })
        }), { dataFile: file })
    }))
})
