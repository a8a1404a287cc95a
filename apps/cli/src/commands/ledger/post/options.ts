/** Turns the options of the command into the object that a line of a file would hold. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { type CommandFailed, failed } from "../../../terminal/CommandFailed.ts"
import type { AskedKind } from "./fields.ts"

type Text = Option.Option<string>

/** What was typed. */
export interface Options {
  readonly debit: Text
  readonly credit: Text
  readonly amount: Text
  readonly asset: Text
  readonly reason: Text
  readonly reference: Text
  readonly id: Text
  readonly idempotencyKey: Text
  readonly effective: Text
  readonly expires: Text
  readonly metadata: Readonly<Record<string, string>>
  readonly hold: boolean
  readonly settle: Text
  readonly void: Text
  readonly reverse: Text
}

/** The option that a field of a line is given by. */
const optionOf: Readonly<Record<string, string>> = {
  idempotency_key: "--idempotency-key",
  effective_at: "--effective",
  expires_at: "--expires",
  pending_id: "--settle or --void",
  reverses: "--reverse"
}

/** How a field is called on the command line. */
export const optionName = (field: string): string => optionOf[field] ?? `--${field}`

const kindOf = (options: Options): Effect.Effect<AskedKind, CommandFailed> => {
  const chosen: ReadonlyArray<AskedKind> = [
    ...options.hold ? ["hold" as const] : [],
    ...(["settle", "void", "reverse"] as const).filter((kind) => Option.isSome(options[kind]))
  ]
  return chosen.length > 1
    ? Effect.fail(failed(`give only one of ${chosen.map((kind) => `--${kind}`).join(" and ")}`))
    : Effect.succeed(chosen[0] ?? "post")
}

/** Whether nothing was typed that says what to post. */
export const isEmpty = ({ hold, metadata, ...texts }: Options): boolean =>
  !hold && Object.keys(metadata).length === 0 && Object.values(texts).every(Option.isNone)

/** The object. */
export const objectOf = (options: Options): Effect.Effect<Readonly<Record<string, unknown>>, CommandFailed> =>
  Effect.map(kindOf(options), (kind) => {
    const texts = {
      id: options.id,
      debit: options.debit,
      credit: options.credit,
      amount: options.amount,
      asset: options.asset,
      reason: options.reason,
      reference: options.reference,
      idempotency_key: options.idempotencyKey,
      effective_at: options.effective,
      expires_at: options.expires,
      pending_id: Option.orElse(options.settle, () => options.void),
      reverses: options.reverse
    }
    return {
      kind,
      ...Object.fromEntries(
        Object.entries(texts).flatMap(([name, text]) => Option.isSome(text) ? [[name, text.value]] : [])
      ),
      ...Object.keys(options.metadata).length === 0 ? {} : { metadata: options.metadata }
    }
  })
