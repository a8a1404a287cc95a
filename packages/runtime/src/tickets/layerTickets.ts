/** Sets the use cases of tickets up on the stores, keys and wallet of an installation. */
import { MoneroAddress, TicketIntake, Tickets, TicketSettings } from "@purser/domain/tickets"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Settings } from "../config/Settings.ts"
import { WalletAddress } from "../monero/WalletAddress.ts"
import { layerTokenKeys } from "./layerKeys.ts"
import { layerScryptNode } from "./scryptNode.ts"

/** Derivations at once: as many as libuv has threads, and one for those who bring no id. Each takes 16 MiB. */
const rations = { scryptWithIdConcurrency: 4, scryptWithoutIdConcurrency: 1, scryptQueue: 64 } as const

const layerSettings = (
  { confirmationTiers, confirmations, requiredMinor, tokenFormat }: Pick<
    Settings,
    "confirmations" | "confirmationTiers" | "requiredMinor" | "tokenFormat"
  >
) =>
  Layer.effect(
    TicketSettings,
    Effect.gen(function*() {
      const primaryAddress = yield* WalletAddress
      const { network } = yield* Effect.fromResult(MoneroAddress.decode(primaryAddress))
      return { network, primaryAddress, requiredMinor, confirmations, confirmationTiers, tokenFormat, ...rations }
    })
  )

/** Money coming in, booked and reconciled; needs no key. */
export const layerIntake = (settings: Settings) => Layer.provide(TicketIntake.layer, layerSettings(settings))

/** Redeeming, looking at tokens and revoking them. */
export const layerTickets = (settings: Settings) =>
  Layer.provide(
    Tickets.layer,
    Layer.mergeAll(layerSettings(settings), layerTokenKeys(settings), layerScryptNode)
  )
