/** Registers every environment variable that Purser reads; `.env.example` and the configuration page are made from it. */
import type { TokenFormat } from "@purser/domain/tickets"
import * as Result from "effect/Result"
import { rewardsSections, rewardsVariables } from "../rewards/config/variables.ts"
import { optional, withFallback } from "./declare.ts"
import { durationMillis } from "./durationText.ts"
import { databaseText, keysText, listenerText, originText, tiersText, transactionIdsText, xmrText } from "./readers.ts"
import { httpUrl, list, oneOf, text, wholeNumber } from "./Variable.ts"

/** Where requests arrive and who may call. */
const listeners = {
  http: withFallback({
    name: "PURSER_HTTP",
    purpose: "Where the public API listens: `host:port`, or `unix:/path` for a socket.",
    fallback: "127.0.0.1:8080",
    example: "127.0.0.1:8080",
    parse: listenerText
  }),
  internalHttp: withFallback({
    name: "PURSER_INTERNAL_HTTP",
    purpose: "Where revocation, metrics and administration listen; never the same as the public one.",
    fallback: "127.0.0.1:8081",
    example: "unix:/run/purser/internal.sock",
    parse: listenerText
  }),
  httpFallback: optional({
    name: "PURSER_HTTP_FALLBACK",
    purpose: "Where the public API listens when it can not have `PURSER_HTTP`; said in a warning. Nowhere by default.",
    example: "127.0.0.1:8080",
    parse: listenerText
  }),
  internalHttpFallback: optional({
    name: "PURSER_INTERNAL_HTTP_FALLBACK",
    purpose: "The same for `PURSER_INTERNAL_HTTP`.",
    example: "127.0.0.1:8081",
    parse: listenerText
  }),
  internalKey: optional({
    name: "PURSER_INTERNAL_KEY",
    purpose: "Bearer key of internal calls; 16 characters or more are advised. Made in the data directory when unset.",
    example: "64 hexadecimal digits",
    secret: true,
    parse: (value) =>
      /^[\x21-\x7e]{1,512}$/u.test(value)
        ? Result.succeed(value)
        : Result.fail("expected 1 to 512 printable characters without spaces")
  }),
  trustedProxies: withFallback({
    name: "PURSER_TRUSTED_PROXIES",
    purpose:
      "Addresses or ranges of proxies whose `X-Forwarded-For` is believed, separated by commas. None by default.",
    fallback: "",
    example: "127.0.0.1,10.0.0.0/8",
    parse: list
  }),
  redeemLimit: withFallback({
    name: "PURSER_REDEEM_LIMIT",
    purpose: "How many redemptions one caller may ask for in a minute; behind a proxy that is not trusted all are one.",
    fallback: "3000",
    example: "600",
    parse: wholeNumber(1, 1_000_000_000)
  })
}

/** Where the books are kept. */
const storage = {
  dataDir: withFallback({
    name: "PURSER_DATA_DIR",
    purpose: "Folder of the embedded database, generated keys and the sandbox.",
    fallback: ".purser",
    example: "/var/lib/purser",
    parse: text
  }),
  database: optional({
    name: "PURSER_DATABASE_URL",
    purpose: "`sqlite:PATH` or `postgres://…`. SQLite in the data directory when unset.",
    example: "postgres://purser@127.0.0.1:5432/purser",
    secret: true,
    parse: databaseText
  }),
  databaseConnections: withFallback({
    name: "PURSER_DATABASE_CONNECTIONS",
    purpose: "Most connections that one process opens to PostgreSQL.",
    fallback: "10",
    example: "10",
    parse: wholeNumber(2, 500)
  })
}

/** Files that settings may stand in. */
const files = {
  configFolder: optional({
    name: "PURSER_CONFIG_FOLDER",
    purpose:
      "Folder of `payout.yaml`, `integrations.yaml` and `product.yaml`, none of which has to be there. `config` where the process starts, if that exists.",
    example: "/etc/purser/config",
    parse: text
  })
}

/** The Monero rail. */
const monero = {
  moneroWalletRpcUrl: optional({
    name: "PURSER_MONERO_WALLET_RPC_URL",
    purpose: "Address of monero-wallet-rpc. Unset: the sandbox stands in for Monero.",
    example: "http://127.0.0.1:18083",
    parse: httpUrl
  }),
  moneroDaemonUrl: optional({
    name: "PURSER_MONERO_DAEMON_URL",
    purpose: "Address of the monerod that the wallet follows. Required with a wallet.",
    example: "http://127.0.0.1:18081",
    parse: httpUrl
  }),
  moneroRpcUser: optional({
    name: "PURSER_MONERO_RPC_USER",
    purpose: "User for digest authentication at wallet and daemon.",
    example: "purser",
    parse: text
  }),
  moneroRpcPassword: optional({
    name: "PURSER_MONERO_RPC_PASSWORD",
    purpose: "Password for digest authentication at wallet and daemon.",
    example: "a long random text",
    secret: true,
    parse: text
  }),
  moneroStartHeight: optional({
    name: "PURSER_MONERO_START_HEIGHT",
    purpose: "First block whose payments count, a height. Required with a wallet; the sandbox starts at 0.",
    example: "3456789",
    parse: wholeNumber(0, 1_000_000_000)
  }),
  moneroConfirmations: withFallback({
    name: "PURSER_MONERO_CONFIRMATIONS",
    purpose: "Blocks on top of a payment before it counts.",
    fallback: "10",
    example: "10",
    parse: wholeNumber(1, 720)
  }),
  moneroConfirmationTiers: withFallback({
    name: "PURSER_MONERO_CONFIRMATION_TIERS",
    purpose: "More confirmations for larger payments: `XMR=blocks`, separated by commas.",
    fallback: "",
    example: "1=15,50=30",
    parse: tiersText
  }),
  moneroMinAmount: withFallback({
    name: "PURSER_MONERO_MIN_AMOUNT",
    purpose: "What a ticket costs at least, in XMR. Smaller payments to one ticket add up.",
    fallback: "0.01",
    example: "0.01",
    parse: xmrText
  }),
  moneroPollInterval: withFallback({
    name: "PURSER_MONERO_POLL_INTERVAL",
    purpose: "How long to wait between two looks at wallet and daemon.",
    fallback: "5 seconds",
    example: "5 seconds",
    parse: durationMillis({ minimumMillis: 50, maximumMillis: 600_000 })
  }),
  moneroAddress: optional({
    name: "PURSER_MONERO_ADDRESS",
    purpose:
      "Primary address that tickets are paid to. The wallet is asked when unset; the start stops when they differ.",
    example: "4…",
    parse: text
  }),
  moneroOwnTransactions: withFallback({
    name: "PURSER_MONERO_OWN_TRANSACTIONS",
    purpose:
      "Ids of transactions that you sent from this wallet, separated by commas. A view-only wallet shows their change as a payment; listed here it is set apart.",
    fallback: "",
    example: "64 hexadecimal digits",
    parse: transactionIdsText
  })
}

/** Tickets and their tokens. */
const tickets = {
  tokenKeys: optional({
    name: "PURSER_TOKEN_KEYS",
    purpose:
      "Keys that tokens are derived with: `id:hex[,id:hex]`, 32 bytes each, the first signs. Required with a wallet.",
    example: "k1:64 hexadecimal digits",
    secret: true,
    parse: keysText
  }),
  tokenFormat: withFallback({
    name: "PURSER_TOKEN_FORMAT",
    purpose: "Format of new tokens: `2` is keyed; `1` is the plain hash that older clients compute themselves.",
    fallback: "2",
    example: "2",
    parse: (value) => Result.map(oneOf(["1", "2"])(value), (format): TokenFormat => format === "1" ? 1 : 2)
  })
}

/** The verifiable log of the ledger. */
const ledger = {
  logKeys: optional({
    name: "PURSER_LOG_KEYS",
    purpose:
      "Ed25519 seeds that sign heads of the ledger's log: `id:hex[,id:hex]`, 32 bytes each; all of them sign. A sandbox makes its own; elsewhere heads and proofs are refused without.",
    example: "2026a:64 hexadecimal digits",
    secret: true,
    parse: keysText
  }),
  logOrigin: optional({
    name: "PURSER_LOG_ORIGIN",
    purpose: "Name of the ledger's log, for good: what its heads and keys are called. Required with `PURSER_LOG_KEYS`.",
    example: "example.com/books",
    parse: originText
  })
}

/** The sandbox that stands in for Monero. */
const sandbox = {
  sandboxHttp: withFallback({
    name: "PURSER_SANDBOX_HTTP",
    purpose: "Where the Monero sandbox listens, loopback only; port 0 takes a free one.",
    fallback: "127.0.0.1:8082",
    example: "127.0.0.1:0",
    parse: listenerText
  }),
  sandboxBlockInterval: withFallback({
    name: "PURSER_SANDBOX_BLOCK_INTERVAL",
    purpose: "How often the sandbox mines a block by itself.",
    fallback: "1 second",
    example: "1 second",
    parse: durationMillis({ minimumMillis: 10, maximumMillis: 3_600_000 })
  })
}

/** What the process tells about itself. */
const telemetry = {
  logLevel: withFallback({
    name: "PURSER_LOG_LEVEL",
    purpose: "Least severe log line that is written.",
    fallback: "Info",
    example: "Warn",
    parse: oneOf(["Trace", "Debug", "Info", "Warn", "Error", "Fatal", "None"])
  }),
  logFormat: withFallback({
    name: "PURSER_LOG_FORMAT",
    purpose: "`json` for machines, `text` for people; `auto` takes text on a terminal.",
    fallback: "auto",
    example: "json",
    parse: oneOf(["auto", "json", "text"])
  }),
  otlpEndpoint: optional({
    name: "OTEL_EXPORTER_OTLP_ENDPOINT",
    purpose: "OpenTelemetry collector that traces, metrics and logs are sent to, by HTTP and JSON. None by default.",
    example: "http://127.0.0.1:4318",
    parse: httpUrl
  }),
  serviceName: withFallback({
    name: "OTEL_SERVICE_NAME",
    purpose: "Name of this process in traces.",
    fallback: "purser",
    example: "purser-worker-1",
    parse: text
  })
}

/** What the worker does by itself. */
const upkeep = {
  reconcileInterval: withFallback({
    name: "PURSER_RECONCILE_INTERVAL",
    purpose: "How often the books are held against themselves and against every rail.",
    fallback: "15 minutes",
    example: "15 minutes",
    parse: durationMillis({ minimumMillis: 100, maximumMillis: 86_400_000 })
  })
}

/** How several workers find each other. */
const cluster = {
  workerAddress: optional({
    name: "PURSER_WORKER_ADDRESS",
    purpose:
      "`host:port` under which other workers reach this one. Set it on every worker when several share one PostgreSQL.",
    example: "10.0.0.5:34431",
    parse: listenerText
  })
}

/** Every variable, by the section it is documented in. */
export const sections = {
  Listeners: listeners,
  Storage: storage,
  Files: files,
  Monero: monero,
  Tickets: tickets,
  Ledger: ledger,
  Sandbox: sandbox,
  Telemetry: telemetry,
  Upkeep: upkeep,
  Workers: cluster,
  ...rewardsSections
}

/** Every variable by its short name. */
export const variables = {
  ...listeners,
  ...storage,
  ...files,
  ...monero,
  ...tickets,
  ...ledger,
  ...sandbox,
  ...telemetry,
  ...upkeep,
  ...cluster,
  ...rewardsVariables
}
