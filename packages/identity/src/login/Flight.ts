/** Carries what one sign-in does and finds out through the library, which calls back without saying for whom. */
import type { IdentityError, LoginRefused } from "@purser/domain/identity"
import * as Effect from "effect/Effect"
import { AsyncLocalStorage } from "node:async_hooks"
import type { DiscordUser } from "../IdentityOptions.ts"

/** The two steps that the library leaves to us. */
export interface FlightSteps {
  /** An access token for the code; it goes no further than to `userOf`. */
  readonly exchange: (proof: { readonly code: string; readonly codeVerifier: string | undefined }) => Promise<string>
  readonly userOf: (accessToken: string) => Promise<DiscordUser>
}

/** A sign-in under way. */
export interface Flight extends FlightSteps {
  /** Why a step failed: the library only says that one did. */
  failure: IdentityError | LoginRefused | undefined
  /** Whether the state was found to be too old: the library says the same of it as of a wrong one. */
  isExpired: boolean
  /** What the library last met and only logged, such as a failure of the database. */
  met: unknown
  /** Runs a step where the sign-in runs: in its trace, by its clock. */
  readonly run: <A, E>(effect: Effect.Effect<A, E>) => Promise<A>
}

const flights = new AsyncLocalStorage<Flight>()

/** The sign-in that the library is working for now. */
export const currentFlight = (): Flight | undefined => flights.getStore()

/** Runs a call into the library on behalf of a sign-in. */
export const inFlight = <A>(flight: Flight, body: () => Promise<A>): Promise<A> => flights.run(flight, body)

/** Runs a step as a promise, and keeps what it fails with. */
export const step = <A>(
  flight: Flight,
  effect: Effect.Effect<A, IdentityError | LoginRefused>
): Promise<A> =>
  flight.run(Effect.tapError(effect, (failure) =>
    Effect.sync(() => {
      flight.failure = failure
    })))
