/** Makes signals and reviews with everything filled in but what a test is about. */
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import { PlayerId } from "../../rewards/index.ts"
import { DedupeKey, Review, ReviewNote, Signal } from "../index.ts"

const keyOf = (name: string): DedupeKey => DedupeKey.make(bytesToHex(sha256(utf8ToBytes(name))))

/** Too many kills in no window, of severity `low`. Its key follows from the name. */
export const signalOf = (name: string, fields: Partial<Signal> = {}): Signal =>
  new Signal({
    kind: "KillRate",
    playerId: PlayerId.make("player-1"),
    window: null,
    value: 9,
    threshold: 4,
    severity: "low",
    dedupeKey: keyOf(name),
    evidence: ["kills 9 in 4 minutes"],
    ...fields
  })

/** A review that clears a signal. */
export const reviewOf = ({ dedupeKey }: Signal, fields: Partial<Review> = {}): Review =>
  new Review({
    dedupeKey,
    verdict: "cleared",
    note: ReviewNote.make("looked at it"),
    actor: "admin",
    atMillis: 0,
    ...fields
  })
