/** Decodes environment and files into the settings of one process, naming everything that is wrong at once. */
import type { TokenFormat } from "@purser/domain/tickets"
import * as Listener from "@purser/http/listener"
import * as Data from "effect/Data"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { join } from "node:path"
import { reusedKeys } from "../keys/reusedKeys.ts"
import { decodeRewards } from "../rewards/decodeRewards.ts"
import type { RewardsSettings } from "../rewards/RewardsSettings.ts"
import { type ConfigFiles, noConfigFiles } from "./files/ConfigFiles.ts"
import type { KeySetting, Tier } from "./readers.ts"
import { type Environment, type FileTexts, isGiven, read, type Refusal, type ValuesOf } from "./Variable.ts"
import { variables } from "./variables.ts"

/** Which database holds the books. */
export type DatabaseSettings =
  | { readonly dialect: "sqlite"; readonly path: string }
  | { readonly dialect: "postgres"; readonly url: Redacted.Redacted<string> }

/** Where Monero is: the sandbox that this installation runs, or a wallet and a daemon. */
export type MoneroSettings =
  | { readonly mode: "sandbox"; readonly listener: Listener.Listener; readonly blockIntervalMillis: number }
  | {
    readonly mode: "rpc"
    readonly walletUrl: string
    readonly daemonUrl: string
    readonly user: string | null
    readonly password: Redacted.Redacted<string> | null
  }

/** Everything that a host starts from. `null` stands for "not set; make one" where a key can be generated. */
export interface Settings {
  readonly http: Listener.Listener
  readonly internalHttp: Listener.Listener
  readonly httpFallback: Listener.Listener | null
  readonly internalHttpFallback: Listener.Listener | null
  readonly internalKey: Redacted.Redacted<string> | null
  readonly trustedProxies: ReadonlyArray<string>
  /** Redemptions a caller may ask for in a minute. */
  readonly redeemLimit: number
  readonly dataDir: string
  readonly database: DatabaseSettings
  readonly databaseConnections: number
  readonly monero: MoneroSettings
  readonly startHeight: number
  readonly confirmations: number
  readonly confirmationTiers: ReadonlyArray<Tier>
  readonly requiredMinor: bigint
  readonly pollIntervalMillis: number
  readonly primaryAddress: string | null
  /** Transactions that the operator sent from the wallet. */
  readonly ownTransactions: ReadonlySet<string>
  readonly tokenKeys: ReadonlyArray<KeySetting> | null
  readonly tokenFormat: TokenFormat
  /** Keys that sign heads of the ledger's log, and the name that the log has for good. */
  readonly logKeys: ReadonlyArray<KeySetting> | null
  readonly logOrigin: string | null
  readonly reconcileIntervalMillis: number
  readonly workerAddress: Listener.Listener | null
  readonly logLevel: "Trace" | "Debug" | "Info" | "Warn" | "Error" | "Fatal" | "None"
  readonly logFormat: "auto" | "json" | "text"
  readonly otlpEndpoint: string | null
  readonly serviceName: string
  /** The files that settings were read from. */
  readonly configFiles: ReadonlyArray<string>
  readonly rewards: RewardsSettings
}

/** The settings cannot be used as they are. Every problem is listed; no value is quoted. */
export class SettingsRefused
  extends Data.TaggedError("SettingsRefused")<{ readonly refusals: ReadonlyArray<Refusal> }>
{
  override get message(): string {
    return this.refusals.map(({ name, problem }) => `${name}: ${problem}`).join("\n")
  }
}

type Values = ValuesOf<typeof variables>
const known = new Set(Object.values(variables).flatMap(({ name, secret }) => secret ? [name, `${name}_FILE`] : [name]))

const unknownNames = (environment: Environment): ReadonlyArray<Refusal> =>
  Object.keys(environment)
    .filter((name) => name.startsWith("PURSER_") && !known.has(name))
    .map((name) => ({ name, problem: "no such setting" }))

interface Reading {
  readonly values: Values
  readonly refusals: ReadonlyArray<Refusal>
}

const readAll = (environment: Environment, texts: FileTexts): Reading => {
  const refusals: Array<Refusal> = [...unknownNames(environment)]
  const entries = Object.entries(variables).map(([key, variable]) => {
    const result = read<unknown>(variable, environment, texts)
    if (Result.isFailure(result)) refusals.push(result.failure)
    return [key, Result.isSuccess(result) ? result.success : null] as const
  })
  // The keys and types come from the same record.
  return { values: Object.fromEntries(entries) as unknown as Values, refusals }
}

const required = (name: string): Refusal => ({ name, problem: "required with PURSER_MONERO_WALLET_RPC_URL" })

const missing = (values: Values): ReadonlyArray<Refusal> => {
  const refusals: Array<Refusal> = []
  if (values.moneroWalletRpcUrl !== null) {
    for (const key of ["moneroDaemonUrl", "moneroStartHeight", "tokenKeys"] as const) {
      if (values[key] === null) refusals.push(required(variables[key].name))
    }
  }
  if ((values.moneroRpcUser === null) !== (values.moneroRpcPassword === null)) {
    refusals.push({ name: "PURSER_MONERO_RPC_USER", problem: "user and password belong together" })
  }
  return refusals
}

const isSamePlace = (left: Listener.Listener, right: Listener.Listener): boolean =>
  Listener.print(left) === Listener.print(right) && !(left._tag === "tcp" && left.port === 0)

/** What is fine by itself and not beside the rest. */
const contradictions = (values: Values): ReadonlyArray<Refusal> => [
  ...isSamePlace(values.http, values.internalHttp)
    ? [{ name: variables.internalHttp.name, problem: "must differ from PURSER_HTTP" }]
    : [],
  ...values.workerAddress !== null && (values.workerAddress._tag !== "tcp" || values.database?.dialect !== "postgres")
    ? [{ name: variables.workerAddress.name, problem: "expected host:port, and only beside a PostgreSQL database" }]
    : [],
  ...values.logKeys !== null && values.logOrigin === null
    ? [{ name: variables.logOrigin.name, problem: "required with PURSER_LOG_KEYS" }]
    : []
]

const keysOf = (keys: ReadonlyArray<KeySetting> | null) => (keys ?? []).map(({ secret }) => secret)

const reused = (values: Values): ReadonlyArray<Refusal> =>
  reusedKeys([
    {
      name: variables.internalKey.name,
      secrets: values.internalKey === null ? [] : [Redacted.make(values.internalKey)]
    },
    { name: variables.tokenKeys.name, secrets: keysOf(values.tokenKeys) },
    { name: variables.logKeys.name, secrets: keysOf(values.logKeys) },
    { name: variables.bananoSealingKeys.name, secrets: keysOf(values.bananoSealingKeys) },
    { name: variables.sessionSecret.name, secrets: values.sessionSecret === null ? [] : [values.sessionSecret] },
    { name: variables.totpKeys.name, secrets: keysOf(values.totpKeys) }
  ])

const moneroSettings = (values: Values): MoneroSettings =>
  values.moneroWalletRpcUrl === null
    ? { mode: "sandbox", listener: values.sandboxHttp, blockIntervalMillis: values.sandboxBlockInterval }
    : {
      mode: "rpc",
      walletUrl: values.moneroWalletRpcUrl,
      daemonUrl: values.moneroDaemonUrl ?? "",
      user: values.moneroRpcUser,
      password: values.moneroRpcPassword === null ? null : Redacted.make(values.moneroRpcPassword)
    }

const settings = (values: Values, rewards: RewardsSettings, configFiles: ReadonlyArray<string>): Settings => ({
  http: values.http,
  internalHttp: values.internalHttp,
  httpFallback: values.httpFallback,
  internalHttpFallback: values.internalHttpFallback,
  internalKey: values.internalKey === null ? null : Redacted.make(values.internalKey),
  trustedProxies: values.trustedProxies,
  redeemLimit: values.redeemLimit,
  dataDir: values.dataDir,
  database: values.database ?? { dialect: "sqlite", path: join(values.dataDir, "purser.sqlite") },
  databaseConnections: values.databaseConnections,
  monero: moneroSettings(values),
  startHeight: values.moneroStartHeight ?? 0,
  confirmations: values.moneroConfirmations,
  confirmationTiers: values.moneroConfirmationTiers,
  requiredMinor: values.moneroMinAmount,
  pollIntervalMillis: values.moneroPollInterval,
  primaryAddress: values.moneroAddress,
  ownTransactions: values.moneroOwnTransactions,
  tokenKeys: values.tokenKeys,
  tokenFormat: values.tokenFormat,
  logKeys: values.logKeys,
  logOrigin: values.logOrigin,
  reconcileIntervalMillis: values.reconcileInterval,
  workerAddress: values.workerAddress,
  logLevel: values.logLevel,
  logFormat: values.logFormat,
  otlpEndpoint: values.otlpEndpoint,
  serviceName: values.serviceName,
  configFiles,
  rewards
})

/** Names a setting by the line that it stands on, where it was read from a file. */
const placed = (environment: Environment, texts: FileTexts) => ({ name, problem }: Refusal): Refusal => ({
  name: isGiven(name, environment) ? name : texts.get(name)?.where ?? name,
  problem
})

/**
 * Reads settings from an environment whose secret files have been read in (`SecretFiles`), and from what stands in the
 * configuration files. The environment wins.
 */
export const decode = (
  environment: Environment,
  files: ConfigFiles = noConfigFiles
): Result.Result<Settings, SettingsRefused> => {
  const { refusals, values } = readAll(environment, files.texts)
  const unusable = [...files.refusals, ...refusals]
  if (unusable.length > 0) return Result.fail(new SettingsRefused({ refusals: unusable }))
  const rewards = decodeRewards(values, { isPlay: values.moneroWalletRpcUrl === null })
  const all = [
    ...missing(values),
    ...contradictions(values),
    ...reused(values),
    ...Result.isFailure(rewards) ? rewards.failure : []
  ].map(placed(environment, files.texts))
  return all.length === 0 && Result.isSuccess(rewards)
    ? Result.succeed(settings(values, rewards.success, files.paths))
    : Result.fail(new SettingsRefused({ refusals: all }))
}
