/** Tells what every store of players must do. */
import { assert, type Vitest } from "@effect/vitest"
import { EpicId, Player, PlayerId, PlayerStore, VerificationRecord } from "@purser/domain/rewards"
import { playerOf } from "@purser/domain/rewards/testing"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import { failureOf } from "../onEveryStore.ts"

type It = Vitest.MethodsNonLive<PlayerStore | Transaction>

/** Stores a player; answers with what is stored. */
export const putOne = (player: Player) =>
  PlayerStore.use((players) => Effect.map(players.put([player]), ([stored]) => stored!))

/** A change of a stored player. */
export const changed = (player: Player, fields: Partial<Player>): Player => new Player({ ...player, ...fields })

const idsOf = (players: ReadonlyArray<Player>): ReadonlyArray<string> => players.map(({ id }) => id)

const find = (name: string) =>
  PlayerStore.use((players) => Effect.map(players.byIds([PlayerId.make(name)]), ([player]) => player))

const full = playerOf("full", {
  discordName: "\"ä\" {a,NULL}\\'",
  membership: "left",
  link: "unknown",
  verifiedAtMillis: Number.MAX_SAFE_INTEGER,
  verifiedBy: "refresh",
  stats: "private",
  region: "NORTH-AMERICA",
  risk: "hold",
  lastGainAtMillis: 1,
  nextReadAtMillis: 2,
  nextVerificationAtMillis: 3,
  createdAtMillis: 4
})

const erased = playerOf("erased", {
  discordId: null,
  discordName: "",
  epicId: null,
  membership: "unknown",
  link: "not_linked",
  verifiedAtMillis: null,
  verifiedBy: null,
  stats: "unknown",
  risk: "confirmed",
  erasedAtMillis: 5
})

const keeping = (it: It): void => {
  it.effect("gives back every field, the version one higher, in the order given", () =>
    Effect.gen(function*() {
      const players = yield* PlayerStore
      const stored = [changed(full, { version: 1 }), changed(erased, { version: 1 })]
      assert.deepStrictEqual(yield* players.put([full, erased]), stored)
      assert.deepStrictEqual(yield* find("full"), stored[0])
      assert.deepStrictEqual(yield* find("erased"), stored[1])
      const again = yield* players.put([stored[1]!, stored[0]!])
      assert.deepStrictEqual(again, [changed(erased, { version: 2 }), changed(full, { version: 2 })])
    }))

  it.effect("finds by ids, Discord accounts and Epic accounts", () =>
    Effect.gen(function*() {
      const players = yield* PlayerStore
      const stored = yield* putOne(playerOf("found"))
      const other = yield* putOne(playerOf("found-other"))
      const ids = [stored.id, PlayerId.make("nobody"), stored.id]
      assert.deepStrictEqual(yield* players.byIds(ids), [stored])
      assert.deepStrictEqual(idsOf(yield* players.byIds([other.id, stored.id])).toSorted(), ["found", "found-other"])
      assert.deepStrictEqual(yield* players.byDiscordIds([stored.discordId!, playerOf("unmet").discordId!]), [stored])
      assert.deepStrictEqual(yield* players.byEpicId(stored.epicId!), Option.some(stored))
      assert.deepStrictEqual(yield* players.byEpicId(EpicId.make("nobody's")), Option.none())
      assert.deepStrictEqual(
        [yield* players.byIds([]), yield* players.byDiscordIds([]), yield* players.put([])],
        [[], [], []]
      )
    }))

  it.effect("keeps and finds thousands at once", () =>
    Effect.gen(function*() {
      const players = yield* PlayerStore
      const many = Array.from({ length: 2000 }, (_, index) =>
        playerOf(`many-${index}`, { nextVerificationAtMillis: 10 ** 12, nextReadAtMillis: 10 ** 12 }))
      const stored = yield* players.put(many)
      yield* players.put(stored)
      const found = yield* players.byIds(many.map(({ id }) =>
        id
      ))
      assert.strictEqual(found.length, 2000)
      assert.isTrue(found.every(({ version }) => version === 2))
    }))
}

const contending = (it: It): void => {
  it.effect("replaces only the version that is stored", () =>
    Effect.gen(function*() {
      const first = yield* putOne(playerOf("versions"))
      const second = yield* putOne(changed(first, { risk: "watch" }))
      assert.strictEqual(second.version, 2)
      for (const version of [0, 1, 3]) {
        assert.strictEqual(yield* failureOf(putOne(changed(second, { risk: "hold", version }))), "Contended")
      }
      assert.strictEqual(yield* failureOf(putOne(playerOf("never-stored", { version: 4 }))), "Contended")
      assert.deepStrictEqual([yield* find("versions"), yield* find("never-stored")], [second, undefined])
    }))

  it.effect("writes nothing when one of several has changed", () =>
    Effect.gen(function*() {
      const players = yield* PlayerStore
      const [one, two] = yield* players.put([playerOf("some-a"), playerOf("some-b")])
      const newer = yield* putOne(changed(two!, { risk: "watch" }))
      const batch = [changed(one!, { epicId: null }), two!, playerOf("some-c")]
      assert.strictEqual(yield* failureOf(players.put(batch)), "Contended")
      assert.strictEqual(yield* failureOf(players.put([one!, one!])), "Contended")
      assert.deepStrictEqual([yield* find("some-a"), yield* find("some-b"), yield* find("some-c")], [
        one,
        newer,
        undefined
      ])
    }))

  it.effect("gives no account of one player to another", () =>
    Effect.gen(function*() {
      const players = yield* PlayerStore
      const owner = yield* putOne(playerOf("owner"))
      const other = yield* putOne(playerOf("claimant", { epicId: null }))
      const claims = [
        changed(other, { epicId: owner.epicId }),
        playerOf("late", { epicId: owner.epicId }),
        playerOf("double", { discordId: owner.discordId })
      ]
      for (const claim of claims) assert.strictEqual(yield* failureOf(players.put([claim])), "Contended")
      const twins = [
        playerOf("twin-a", { epicId: EpicId.make("twin") }),
        playerOf("twin-b", { epicId: EpicId.make("twin") })
      ]
      assert.strictEqual(yield* failureOf(players.put(twins)), "Contended")
      assert.deepStrictEqual(yield* players.byEpicId(owner.epicId!), Option.some(owner))
      assert.deepStrictEqual(yield* find("claimant"), other)
      assert.deepStrictEqual(yield* players.byIds([...claims.slice(1), ...twins].map(({ id }) => id)), [])
    }))

  it.effect("leaves the transaction around a refusal usable", () =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      const owner = yield* putOne(playerOf("kept"))
      const claim = Effect.exit(putOne(playerOf("refused", { epicId: owner.epicId })))
      const [before, refused, after] = yield* atomically(
        Effect.all([putOne(playerOf("before")), claim, putOne(playerOf("after"))])
      )
      assert.isTrue(Exit.isFailure(refused))
      assert.deepStrictEqual([yield* find("before"), yield* find("refused"), yield* find("after")], [
        before,
        undefined,
        after
      ])
    }))

  it.effect("passes Epic accounts on within one call, in a circle too", () =>
    Effect.gen(function*() {
      const players = yield* PlayerStore
      const [one, two, three] = yield* players.put(["a", "b", "c"].map((name) => playerOf(`circle-${name}`)))
      const moved = yield* players.put([
        changed(one!, { epicId: two!.epicId }),
        changed(two!, { epicId: one!.epicId }),
        changed(three!, { epicId: null }),
        playerOf("circle-d", { epicId: three!.epicId })
      ])
      assert.deepStrictEqual(
        (yield* players.byIds(moved.map(({ id }) => id))).toSorted((left, right) => left.id < right.id ? -1 : 1),
        moved
      )
    }))

  it.effect("frees the Discord account of who is erased", () =>
    Effect.gen(function*() {
      const stored = yield* putOne(playerOf("leaver"))
      yield* putOne(changed(stored, { discordId: null, epicId: null, erasedAtMillis: 9 }))
      const back = yield* putOne(playerOf("leaver-again", { discordId: stored.discordId, epicId: stored.epicId }))
      assert.deepStrictEqual(
        yield* PlayerStore.use(({ byDiscordIds }) => byDiscordIds([stored.discordId!])),
        [back]
      )
    }))

  it.effect("forgets what its transaction undoes", () =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      const stored = yield* putOne(playerOf("undone"))
      const change = Effect.andThen(putOne(changed(stored, { risk: "hold" })), Effect.fail("no"))
      assert.strictEqual(yield* Effect.flip(atomically(change)), "no")
      assert.deepStrictEqual(yield* find("undone"), stored)
      assert.strictEqual((yield* putOne(changed(stored, { risk: "watch" }))).version, 2)
    }))

  it.effect("gives an Epic account to one of 16 who claim it at once", () =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      const epicId = EpicId.make("rushed")
      const answers = yield* Effect.all(
        Array.from(
          { length: 16 },
          (_, index) => Effect.exit(atomically(putOne(playerOf(`rush-${index}`, { epicId }))))
        ),
        { concurrency: "unbounded" }
      )
      const winners = answers.filter(Exit.isSuccess)
      assert.strictEqual(winners.length, 1)
      assert.deepStrictEqual(
        yield* PlayerStore.use(({ byEpicId }) => byEpicId(epicId)),
        Option.some(winners[0]!.value)
      )
    }))
}

/** Times far behind those of other tests, so that only these are due. */
const past = (millis: number): number => millis - 1_000_000

const paged = (name: string, fields: Partial<Player> = {}) => playerOf(`zz-${name}`, fields)

const listing = (it: It): void => {
  it.effect("lists who is due for a reading, the longest due first", () =>
    Effect.gen(function*() {
      const players = yield* PlayerStore
      const due = (name: string, millis: number, fields: Partial<Player> = {}) =>
        playerOf(`reading-${name}`, { nextReadAtMillis: past(millis), ...fields })
      yield* players.put([
        due("c", 2),
        due("a", 3),
        due("b", 2),
        due("later", 4),
        due("unlinked", 1, { epicId: null }),
        due("private", 1, { stats: "private" })
      ])
      const ids = ["reading-private", "reading-b", "reading-c", "reading-a"]
      assert.deepStrictEqual(idsOf(yield* players.dueForReading(past(3), 1000)), ids)
      assert.deepStrictEqual(idsOf(yield* players.dueForReading(past(3), 2)), ids.slice(0, 2))
      assert.deepStrictEqual(yield* players.dueForReading(past(0), 1000), [])
    }))

  it.effect("lists who is due for a verification, the longest due first", () =>
    Effect.gen(function*() {
      const players = yield* PlayerStore
      const due = (name: string, millis: number, fields: Partial<Player> = {}) =>
        playerOf(`verifying-${name}`, { nextVerificationAtMillis: past(millis), ...fields })
      yield* players.put([
        due("b", 2),
        due("a", 2),
        due("unlinked", 1, { epicId: null, link: "not_linked", membership: "left" }),
        due("later", 4),
        due("erased", 1, { discordId: null, epicId: null, erasedAtMillis: 1 })
      ])
      const ids = ["verifying-unlinked", "verifying-a", "verifying-b"]
      assert.deepStrictEqual(idsOf(yield* players.dueForVerification(past(3), 1000)), ids)
      assert.deepStrictEqual(idsOf(yield* players.dueForVerification(past(3), 1)), ids.slice(0, 1))
    }))

  it.effect("pages by id, stable while players come", () =>
    Effect.gen(function*() {
      const players = yield* PlayerStore
      yield* players.put([
        paged("d"),
        paged("b", { risk: "hold" }),
        paged("f", { risk: "hold" }),
        paged("c", { discordId: null, epicId: null, erasedAtMillis: 1 })
      ])
      const first = yield* players.list({ after: PlayerId.make("zz-"), limit: 2 })
      assert.deepStrictEqual(idsOf(first), ["zz-b", "zz-d"])
      yield* players.put([paged("a"), paged("e", { risk: "hold" })])
      assert.deepStrictEqual(idsOf(yield* players.list({ after: first[1]!.id, limit: 2 })), ["zz-e", "zz-f"])
      assert.deepStrictEqual(
        idsOf(yield* players.list({ risk: "hold", after: PlayerId.make("zz-b"), limit: 9 })),
        ["zz-e", "zz-f"]
      )
      assert.isTrue(idsOf(yield* players.list({ limit: 1 })).every((id) => id < "zz-"))
    }))

  it.effect("takes a page out of bounds for a fault", () =>
    Effect.gen(function*() {
      const players = yield* PlayerStore
      for (const limit of [0, -1, 1001, 1.5, Number.NaN]) {
        const asked: ReadonlyArray<Effect.Effect<unknown, unknown>> = [
          players.list({ limit }),
          players.dueForReading(0, limit),
          players.dueForVerification(0, limit),
          players.verifications(PlayerId.make("nobody"), limit)
        ]
        for (const ask of asked) assert.isTrue(Exit.hasDies(yield* Effect.exit(ask)))
      }
    }))
}

const record = (name: string, atMillis: number, fields: Partial<VerificationRecord> = {}): VerificationRecord =>
  new VerificationRecord({
    playerId: PlayerId.make(name),
    atMillis,
    source: "sign_in",
    membership: "member",
    link: "linked",
    epicId: EpicId.make(`epic-${name}`),
    outcome: "ok",
    ...fields
  })

const verifying = (it: It): void => {
  it.effect("remembers verifications, newest first", () =>
    Effect.gen(function*() {
      const players = yield* PlayerStore
      const { id } = yield* putOne(playerOf("verified"))
      yield* putOne(playerOf("verified-too"))
      const records = [
        record("verified", 2_000_000, { source: "player", outcome: "epic_taken" }),
        record("verified", 3_000_000, { source: "admin", membership: "left", link: "not_linked", epicId: null }),
        record("verified", 3_000_000, {
          source: "refresh",
          membership: "unknown",
          link: "unknown",
          outcome: "unanswered"
        }),
        record("verified", 1_000_000)
      ]
      yield* players.addVerifications([...records, record("verified-too", 4_000_000)])
      yield* players.addVerifications([])
      const newest = [2, 1, 0, 3].map((at) => records[at]!)
      assert.deepStrictEqual(yield* players.verifications(id, 1000), newest)
      assert.deepStrictEqual(yield* players.verifications(id, 2), newest.slice(0, 2))
    }))

  it.effect("forgets verifications by age and by player", () =>
    Effect.gen(function*() {
      const players = yield* PlayerStore
      const [one, two] = yield* players.put([playerOf("pruned"), playerOf("pruned-too")])
      yield* players.addVerifications([
        ...[10, 20, 30].map((millis) => record("pruned", millis)),
        ...[15, 20].map((millis) => record("pruned-too", millis))
      ])
      assert.strictEqual(yield* players.pruneVerifications(20), 2)
      assert.strictEqual(yield* players.pruneVerifications(20), 0)
      yield* players.forgetVerifications(one!.id)
      assert.deepStrictEqual(yield* players.verifications(one!.id, 9), [])
      assert.deepStrictEqual(yield* players.verifications(two!.id, 9), [record("pruned-too", 20)])
    }))
}

/** The suite. */
export const playerSuite = (it: It): void => {
  keeping(it)
  contending(it)
  listing(it)
  verifying(it)
}
