/** Keeps links to wallets in memory. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { StorageError } from "../../transaction/index.ts"
import { MemoryState, type MemoryTable } from "../../transaction/testing/index.ts"
import { type PayeeAddress, type PlayerId, type WalletLink, WalletStore } from "../index.ts"
import { byText } from "./byText.ts"

interface Tables {
  readonly owners: MemoryTable<PayeeAddress, PlayerId>
  readonly links: MemoryTable<PlayerId, ReadonlyArray<WalletLink>>
}

const contended = (cause: string): Result.Result<never, StorageError> =>
  Result.fail(new StorageError({ failure: "Contended", operation: "WalletStore.add", cause }))

const add = ({ links, owners }: Tables, link: WalletLink): Result.Result<void, StorageError> => {
  const owner = owners.get(link.address)
  if (owner !== undefined && owner !== link.playerId) return contended("the address is another player's")
  const before = links.get(link.playerId) ?? []
  if (before.some(({ linkedAtMillis }) => linkedAtMillis === link.linkedAtMillis)) {
    return contended("the player has a link of that moment")
  }
  owners.set(link.address, link.playerId)
  links.set(link.playerId, [...before, link])
  return Result.succeed(undefined)
}

const forget = ({ links, owners }: Tables, playerId: PlayerId): void => {
  for (const { address } of links.get(playerId) ?? []) owners.delete(address)
  links.delete(playerId)
}

const oldestFirst = (left: WalletLink, right: WalletLink): number =>
  left.linkedAtMillis - right.linkedAtMillis || byText(left.playerId, right.playerId)

/** A `WalletStore` in two tables. */
export const walletsInMemory: Layer.Layer<WalletStore, never, MemoryState> = Layer.effect(
  WalletStore,
  Effect.gen(function*() {
    const { statement, table } = yield* MemoryState
    const tables: Tables = { owners: table(), links: table() }
    return WalletStore.of({
      links: (playerIds) =>
        statement(() => [...new Set(playerIds)].flatMap((id) => tables.links.get(id) ?? []).sort(oldestFirst)),
      ownerOf: (address) => statement(() => Option.fromUndefinedOr(tables.owners.get(address))),
      add: (link) => Effect.flatMap(statement(() => add(tables, link)), Effect.fromResult),
      forget: (playerId) => statement(() => forget(tables, playerId))
    })
  })
)
