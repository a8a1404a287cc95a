/** Holds the keys that tests sign with: their seeds are known to everybody. */
import { makeSigningKey, type SigningKey } from "@purser/domain/transparency"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"

/** The key of 32 equal bytes. */
export const keyOf = (name: string, byte: number): SigningKey =>
  Result.getOrThrow(makeSigningKey(name, Redacted.make(new Uint8Array(32).fill(byte))))

/** The name of our own vector. */
export const origin = "purser.example/books/main"
