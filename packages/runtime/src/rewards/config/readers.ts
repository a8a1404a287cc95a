/** Reads the values of the rewards program: amounts of BAN, zones, ids, addresses, flags, texts that are shown. */
import { Amount, Asset } from "@purser/domain/money"
import { DiscordAccountId, Product } from "@purser/domain/rewards"
import { type BananoAddress, openSeed, parseAddress } from "@purser/integrations/banano"
import type { DiscordId } from "@purser/integrations/discord"
import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { httpUrl } from "../../config/Variable.ts"

/** Minor units in one BAN. */
const minorPerBan = 10n ** BigInt(Asset.BAN.scale)

/** Reads a decimal amount of BAN between whole bounds, both allowed, into minor units, exactly. */
export const banText = (least: bigint, most: bigint) => (value: string): Result.Result<bigint, string> => {
  const refusal = `expected an amount of BAN from ${least} to ${most} with up to ${Asset.BAN.scale} decimals`
  const amount = Result.mapError(Amount.parse(value, Asset.BAN), () => refusal)
  return Result.flatMap(
    amount,
    (minor) =>
      minor >= least * minorPerBan && minor <= most * minorPerBan ? Result.succeed(minor) : Result.fail(refusal)
  )
}

/** Reads an amount of BAN above zero. */
export const rateText = (value: string): Result.Result<bigint, string> =>
  Result.flatMap(
    banText(0n, 1000n)(value),
    (minor) => minor > 0n ? Result.succeed(minor) : Result.fail("expected an amount above zero")
  )

/** Reads a zone of the IANA database. Offsets are none: they know no summer. */
export const zoneText = (value: string): Result.Result<DateTime.TimeZone, string> => {
  const zone = /^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/u.test(value) ? DateTime.zoneMakeNamed(value) : Option.none()
  return Option.match(zone, {
    onNone: () => Result.fail("expected a zone of the IANA database such as Europe/Berlin"),
    onSome: (found) => Result.succeed(found)
  })
}

const isAccountId = Schema.is(DiscordAccountId)

/** Reads the id of an account of Discord. */
export const accountIdText = (value: string): Result.Result<DiscordAccountId, string> =>
  isAccountId(value) && BigInt(value) < 2n ** 64n
    ? Result.succeed(value)
    : Result.fail("expected an id of Discord: 17 to 20 digits")

/** Reads the id of a server or an application of Discord, which look the same. */
export const discordIdText = (value: string): Result.Result<DiscordId, string> =>
  Result.map(accountIdText(value), (id) => id as string as DiscordId)

/** Reads ids of accounts of Discord, separated by commas. */
export const accountIdsText = (value: string): Result.Result<ReadonlySet<DiscordAccountId>, string> => {
  const ids = value.split(",").map((part) => part.trim()).filter((part) => part !== "")
  return Result.map(Result.all(ids.map(accountIdText)), (all) => new Set(all))
}

/** Reads an address that is asked: no login in it, and nothing behind its path. */
export const serviceUrl = (value: string): Result.Result<string, string> =>
  Result.flatMap(
    httpUrl(value),
    (url) => /[?#]/u.test(url) ? Result.fail("expected an address without ? and #") : Result.succeed(url)
  )

/** Whether the host of an address is this machine: `localhost`, 127.0.0.0/8, ::1, or the "any" address. */
export const isLoopback = (host: string): boolean => {
  // URLs write IPv4 in one way only, whatever was typed, and an IPv4 within IPv6 in hexadecimal.
  const name = host.replace(/\.$/u, "")
  return /^(?:.+\.)?localhost$/u.test(name) || /^(?:127|0)\.\d+\.\d+\.\d+$/u.test(name) ||
    /^\[(?:::1?|::(?:ffff:)?(?:7f[0-9a-f]{2}|0):[0-9a-f]+)\]$/u.test(name)
}

const isPrivate = ({ hostname, protocol }: URL): boolean => protocol === "https:" || isLoopback(hostname)

/** Reads an address that sign-ins go through: nobody on the way may listen. */
export const privateUrl = (value: string): Result.Result<string, string> =>
  Result.flatMap(
    serviceUrl(value),
    (url) => isPrivate(new URL(url)) ? Result.succeed(url) : Result.fail("expected https, or http on this machine")
  )

/** Reads where browsers reach the server: scheme, host and port. */
export const originText = (value: string): Result.Result<string, string> =>
  Result.flatMap(privateUrl(value), (text) => {
    const { origin, pathname } = new URL(text)
    return pathname === "/" ? Result.succeed(origin) : Result.fail("expected no path behind the host")
  })

/** Reads the key or token of a provider. */
export const keyText = (value: string): Result.Result<Redacted.Redacted<string>, string> =>
  /^[\x21-\x7e]{1,1024}$/u.test(value)
    ? Result.succeed(Redacted.make(value))
    : Result.fail("expected 1 to 1024 printable characters without spaces")

/** What a secret that others must not guess has at least, in characters, and so in bytes. */
export const leastSecretLength = 32

/** Reads a long secret. */
export const secretText = (value: string): Result.Result<Redacted.Redacted<string>, string> =>
  value.length >= leastSecretLength && value.length <= 1024
    ? Result.succeed(Redacted.make(value))
    : Result.fail(`expected ${leastSecretLength} to 1024 characters`)

/** Reads the name of a header, in lower case. */
export const headerText = (value: string): Result.Result<string, string> =>
  /^[A-Za-z][A-Za-z0-9-]{0,63}$/u.test(value)
    ? Result.succeed(value.toLowerCase())
    : Result.fail("expected the name of a header")

/** Reads a Banano address, checksum and all. */
export const bananoText = (value: string): Result.Result<BananoAddress, string> =>
  Result.mapError(parseAddress(value), ({ reason }) => `expected a Banano address (${reason})`)

/** Takes a seed that `sealSeed` has sealed; whether a key opens it is looked at beside the keys. */
export const sealedText = (value: string): Result.Result<Redacted.Redacted<string>, string> =>
  Result.match(openSeed(value, []), {
    onFailure: ({ reason }) =>
      reason === "Malformed"
        ? Result.fail("expected a sealed seed: banano-seed-v1:…")
        : Result.succeed(Redacted.make(value)),
    onSuccess: () => Result.succeed(Redacted.make(value))
  })

/** Takes what the face of an installation takes there. */
const fitting = <A>(schema: Schema.Schema<A>, expected: string) => {
  const fits = Schema.is(schema)
  return (value: unknown): Result.Result<A, string> => fits(value) ? Result.succeed(value) : Result.fail(expected)
}

/** Reads a name that is shown. */
export const nameText = fitting(Product.fields.appName, "expected one line of 1 to 80 characters")

/** Reads what a page shows or links to. */
export const placeText = fitting(
  Product.fields.bannerUrl,
  "expected an https address or a path such as /banner.png, of at most 500 characters"
)

/** Reads an invitation to Discord. */
export const inviteText = fitting(
  Product.fields.discordInviteUrl,
  "expected an https address of at most 500 characters"
)

/** Reads a language that is spoken here. */
export const localeText = fitting(Product.fields.defaultLocale, "expected one of en, de, es")

const featureFlags = fitting(Product.fields.featureFlags, "expected at most 32 flags, named in lower case")

/** Reads flags, `name=true,name=false`: each name once, and only these two words. */
export const flagsText = (value: string): Result.Result<Readonly<Record<string, boolean>>, string> => {
  const parts = value.split(",").map((part) => part.trim()).filter((part) => part !== "")
  const pairs = parts.map((part) => /^(\w{1,100})=(true|false)$/u.exec(part))
  if (pairs.includes(null)) return Result.fail("expected true or false for every name")
  const flags = Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? "", pair?.[2] === "true"]))
  if (Object.keys(flags).length < pairs.length) return Result.fail("every flag once")
  if ("dry_run_banner" in flags) return Result.fail("dry_run_banner follows from PURSER_REWARDS_MODE")
  return featureFlags(flags)
}
