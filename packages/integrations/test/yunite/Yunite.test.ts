/** Looks up links with the real client at the sandbox, and lets the sandbox go wrong. */
import { assert, describe, it } from "@effect/vitest"
import { DiscordId } from "@purser/integrations/discord"
import { Yunite, type YuniteOptions } from "@purser/integrations/yunite"
import { type RunningSandbox, type SandboxFault, YuniteSandbox } from "@purser/integrations/yunite/sandbox"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

const idAt = (index: number): DiscordId =>
  Schema.decodeSync(DiscordId)(String(175_928_847_299_117_000n + BigInt(index)))

const guildId = idAt(999)
const token = "a-secret-of-the-guild"
const epic = { epicId: "AB".repeat(16), epicName: "Jonesy", verifiedAtMillis: 1_767_323_045_000 }

const withSandbox = <A, E>(
  use: (sandbox: RunningSandbox, yunite: Yunite["Service"]) => Effect.Effect<A, E>,
  change: Partial<YuniteOptions> = {}
) =>
  YuniteSandbox.use((sandbox) =>
    Yunite.use((yunite) => use(sandbox, yunite)).pipe(
      Effect.provide(Yunite.layer({ guildId, token: Redacted.make(token), url: sandbox.apiUrl, ...change }), {
        local: true
      })
    )
  ).pipe(
    Effect.provide(YuniteSandbox.layer({ host: "127.0.0.1", port: 0, guildId, token: Redacted.make(token) }), {
      local: true
    })
  )

const tagOf = Effect.fnUntraced(function*(yunite: Yunite["Service"], id: DiscordId) {
  const answer = (yield* yunite.lookUp([id])).get(id)
  return answer === undefined ? "none" : Result.merge(answer)._tag
})

describe("RW-2 RW-14 what Yunite knows of players", () => {
  it.live("follows who joins, links, relinks, unlinks and leaves", () =>
    withSandbox((sandbox, yunite) =>
      Effect.gen(function*() {
        const id = idAt(1)
        assert.strictEqual(yield* tagOf(yunite, id), "NotInGuild")
        yield* sandbox.join(id)
        assert.strictEqual(yield* tagOf(yunite, id), "NotLinked")
        yield* sandbox.link(id, epic)
        assert.deepEqual(Result.getOrThrow((yield* yunite.lookUp([id])).get(id)!), {
          _tag: "Linked",
          epicId: "ab".repeat(16) as never,
          epicName: "Jonesy",
          verifiedAtMillis: 1_767_323_045_000
        })
        yield* sandbox.link(id, { ...epic, epicId: "cd".repeat(16) })
        assert.deepInclude(Result.getOrThrow((yield* yunite.lookUp([id])).get(id)!), {
          epicId: "cd".repeat(16) as never
        })
        yield* sandbox.leave(id)
        assert.strictEqual(yield* tagOf(yunite, id), "NotInGuild")
        yield* sandbox.join(id)
        yield* sandbox.unlink(id)
        assert.strictEqual(yield* tagOf(yunite, id), "NotLinked")
      })
    ))

  it.live("is asked in batches of at most fifty, each id once", () =>
    withSandbox((sandbox, yunite) =>
      Effect.gen(function*() {
        const ids = Array.from({ length: 120 }, (_, index) => idAt(index))
        const answers = yield* yunite.lookUp([...ids, ...ids])
        assert.deepEqual([...answers.keys()], ids)
        assert.deepEqual(sandbox.questions.map(({ length }) => length), [50, 50, 20])
        assert.strictEqual((yield* yunite.lookUp([])).size, 0)
      }), { batchMost: 500 }))

  it.live("is an error for the id that is left out, and for no other", () =>
    withSandbox((sandbox, yunite) =>
      Effect.gen(function*() {
        yield* sandbox.fail([{ kind: "omit" }])
        const answers = yield* yunite.lookUp([idAt(1), idAt(2)])
        assert.deepInclude(Result.merge(answers.get(idAt(1))!), { _tag: "YuniteUnanswered", why: "left out" })
        assert.deepInclude(Result.merge(answers.get(idAt(2))!), { _tag: "NotInGuild" })
      })
    ))

  it.live("is an error for an id of which two things are said", () =>
    withSandbox((sandbox, yunite) =>
      Effect.gen(function*() {
        yield* sandbox.fail([{ kind: "contradict" }])
        const answer = (yield* yunite.lookUp([idAt(1)])).get(idAt(1))!
        assert.deepInclude(Result.merge(answer), { _tag: "YuniteUnanswered", why: "contradicted" })
      })
    ))

  it.live("is an error for the id whose link cannot be read, and for no other", () =>
    withSandbox((sandbox, yunite) =>
      Effect.gen(function*() {
        yield* sandbox.join(idAt(1))
        yield* sandbox.link(idAt(1), { ...epic, epicId: "none" })
        const answers = yield* yunite.lookUp([idAt(1), idAt(2)])
        assert.deepInclude(Result.merge(answers.get(idAt(1))!), { _tag: "YuniteUnanswered", why: "unreadable" })
        assert.deepInclude(Result.merge(answers.get(idAt(2))!), { _tag: "NotInGuild" })
      })
    ))
})

type Case = readonly [fault: SandboxFault, error: object, asked: number]

const saying = (status: number, headers = {}): SandboxFault => ({ kind: "status", status, headers, answers: 5 })

describe("RW-14 a look-up that goes wrong", () => {
  it.live.each<Case>([
    [saying(401), { _tag: "YuniteBadToken" }, 1],
    [saying(402), { _tag: "YuniteNoPremium" }, 1],
    [saying(403), { _tag: "YuniteNoRight" }, 1],
    [saying(400), { _tag: "YuniteStatus", status: 400 }, 1],
    [saying(500), { _tag: "YuniteStatus", status: 500 }, 4],
    [saying(429), { _tag: "YuniteLimited", retryAfterMillis: undefined }, 1],
    [saying(429, { "retry-after": "60" }), { _tag: "YuniteLimited", retryAfterMillis: 60_000 }, 1],
    [{ kind: "reset", answers: 5 }, { _tag: "YuniteUnreachable" }, 4],
    [{ kind: "silence", answers: 5 }, { _tag: "YuniteUnreachable", why: "timed out" }, 1],
    [{ kind: "truncated", answers: 5 }, { _tag: "YuniteMalformed" }, 1]
  ])(
    "is never an answer: %o is %o",
    ([fault, error, asked]) =>
      withSandbox((sandbox, yunite) =>
        Effect.gen(function*() {
          yield* sandbox.fail([fault])
          const failure = yield* Effect.flip(yunite.lookUp([idAt(1)]))
          assert.deepInclude(failure, error)
          assert.strictEqual(sandbox.questions.length, asked)
          assert.notInclude(`${failure.message} ${JSON.stringify(failure)}`, token)
        }), { timeoutMillis: fault.kind === "silence" ? 300 : 10_000 })
  )

  it.live("is tried again after trouble that passes, and after the wait that is told", () =>
    withSandbox((sandbox, yunite) =>
      Effect.gen(function*() {
        yield* sandbox.fail([
          { kind: "status", status: 503 },
          { kind: "reset" },
          { kind: "status", status: 429, headers: { "retry-after": "0.05" } }
        ])
        assert.strictEqual(yield* tagOf(yunite, idAt(1)), "NotInGuild")
        assert.strictEqual(sandbox.questions.length, 4)
      })
    ))

  it.live.each([{ "retry-after": "60" }, {}])(
    "asks nothing while Yunite wants no questions: %o",
    (headers) =>
      withSandbox((sandbox, yunite) =>
        Effect.gen(function*() {
          yield* sandbox.fail([saying(429, headers)])
          yield* Effect.flip(yunite.lookUp([idAt(1)]))
          const second = yield* Effect.flip(yunite.lookUp([idAt(2)]))
          assert.strictEqual(second._tag, "YuniteLimited")
          assert.strictEqual(sandbox.questions.length, 1)
        })
      )
  )

  it.live("refuses an answer that is too large", () =>
    withSandbox((_sandbox, yunite) =>
      Effect.gen(function*() {
        assert.deepInclude(yield* Effect.flip(yunite.lookUp([idAt(1)])), { why: "answer too large" })
      }), { bytesMost: 10 }))

  it.live("never tells the token, not even one that is no header", () =>
    withSandbox((_sandbox, yunite) =>
      Effect.gen(function*() {
        const failure = yield* Effect.flip(yunite.lookUp([idAt(1)]))
        assert.strictEqual(failure._tag, "YuniteUnreachable")
        assert.notInclude(`${failure.message} ${String(failure)}`, "line")
      }), { token: Redacted.make("two\nline") }))

  it.live("is told of a wrong token by the server itself", () =>
    withSandbox((_sandbox, yunite) =>
      Effect.gen(function*() {
        assert.strictEqual((yield* Effect.flip(yunite.lookUp([idAt(1)])))._tag, "YuniteBadToken")
      }), { token: Redacted.make("another") }))
})
