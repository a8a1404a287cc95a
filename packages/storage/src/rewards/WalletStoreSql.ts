/** Keeps links to wallets in the database at hand. */
import { PayeeAddress, PlayerId, WalletLink, WalletStore } from "@purser/domain/rewards"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { Services } from "../Database.ts"
import { decoded } from "../decoded.ts"
import { amongListed, listed } from "../dialect/lists.ts"
import { asStorageError } from "../failures.ts"
import * as Queries from "../Queries.ts"
import { contended } from "./contended.ts"

interface AddressRow {
  readonly address: string
  readonly player_id: string
}
interface LinkRow extends AddressRow {
  readonly linked_at_millis: bigint
  readonly effective_at_millis: bigint
}
interface Tables {
  readonly wallet_address: AddressRow
  readonly wallet_link: LinkRow
}
type Sql = Queries.Queries<Tables>

const rowOf = (link: WalletLink): LinkRow => ({
  player_id: link.playerId,
  address: link.address,
  linked_at_millis: BigInt(link.linkedAtMillis),
  effective_at_millis: BigInt(link.effectiveAtMillis)
})

const linkOf = (row: LinkRow): WalletLink =>
  new WalletLink({
    playerId: PlayerId.make(row.player_id),
    address: PayeeAddress.make(row.address),
    linkedAtMillis: Number(row.linked_at_millis),
    effectiveAtMillis: Number(row.effective_at_millis)
  })

const links = ({ build, compiled, dialect }: Sql) =>
  compiled(
    (playerIds: unknown) =>
      build.selectFrom("wallet_link").selectAll().where(amongListed[dialect]("player_id", playerIds))
        .orderBy("linked_at_millis").orderBy("player_id"),
    listed[dialect]([])
  )

const owner = ({ build }: Sql, address: PayeeAddress) =>
  build.selectFrom("wallet_address").select("player_id").where("address", "=", address)

/** Changes nothing, but only where the address is nobody's or the player's own; waits for whoever is taking it. */
const takeAddress = ({ build }: Sql, { address, playerId }: WalletLink) =>
  build.insertInto("wallet_address").values({ address, player_id: playerId })
    .onConflict((conflict) =>
      conflict.column("address").doUpdateSet(({ ref }) => ({ player_id: ref("excluded.player_id") }))
        .whereRef("wallet_address.player_id", "=", "excluded.player_id")
    )

const addLink = ({ build }: Sql, link: WalletLink) =>
  build.insertInto("wallet_link").values(rowOf(link)).onConflict((conflict) => conflict.doNothing())

const add = Effect.fnUntraced(function*(queries: Sql, link: WalletLink) {
  const taken = yield* queries.changed(takeAddress(queries, link))
  if (taken === 0) return yield* contended("WalletStore.add", "the address is another player's")
  const added = yield* queries.changed(addLink(queries, link))
  if (added === 0) return yield* contended("WalletStore.add", "the player has a link of that moment")
})

const forget = (queries: Sql, playerId: PlayerId) =>
  Effect.forEach(
    ["wallet_link", "wallet_address"] as const,
    (table) => queries.run(queries.build.deleteFrom(table).where("player_id", "=", playerId)),
    { discard: true }
  )

/** A `WalletStore` on SQLite or PostgreSQL. */
export const layer: Layer.Layer<WalletStore, never, Services> = Layer.effect(
  WalletStore,
  Effect.gen(function*() {
    const queries = yield* Queries.make<Tables>()
    const { atomically } = yield* Transaction
    const read = links(queries)
    return WalletStore.of({
      links: (playerIds) =>
        playerIds.length === 0
          ? Effect.succeed([])
          : asStorageError("WalletStore.links")(decoded(read(listed[queries.dialect](playerIds)), linkOf)),
      ownerOf: (address) =>
        asStorageError("WalletStore.ownerOf")(
          Effect.map(
            decoded(queries.all(owner(queries, address)), (row) => PlayerId.make(row.player_id)),
            ([playerId]) => Option.fromUndefinedOr(playerId)
          )
        ),
      add: (link) => atomically(asStorageError("WalletStore.add")(add(queries, link))),
      forget: (playerId) => atomically(asStorageError("WalletStore.forget")(forget(queries, playerId)))
    })
  })
)
