/** Registers the providers of the rewards program, and the sandboxes that stand in for them. */
import { inFile, optional, withFallback } from "../../config/declare.ts"
import { keysText, listenerText } from "../../config/readers.ts"
import { oneOf, wholeNumber } from "../../config/Variable.ts"
import { bananoText, discordIdText, headerText, keyText, privateUrl, sealedText, serviceUrl } from "./readers.ts"

/** Where money leaves. */
export const banano = {
  bananoNode: optional({
    name: "PURSER_BANANO_NODE_RPC",
    purpose: "Address of a Banano node's RPC. `live` wants https, and not this machine.",
    example: "https://node.example.com/api",
    place: inFile("integrations", "banano.node_rpc", "text"),
    parse: serviceUrl
  }),
  bananoNodeKey: optional({
    name: "PURSER_BANANO_NODE_KEY",
    purpose: "What the node's provider wants to see in a header.",
    example: "a key of the provider",
    secret: true,
    place: inFile("integrations", "banano.node_key", "text"),
    parse: keyText
  }),
  bananoNodeKeyHeader: withFallback({
    name: "PURSER_BANANO_NODE_KEY_HEADER",
    purpose: "The header that carries it.",
    fallback: "authorization",
    example: "x-api-key",
    place: inFile("integrations", "banano.node_key_header", "text"),
    parse: headerText
  }),
  bananoSeed: optional({
    name: "PURSER_BANANO_SEED",
    purpose: "The seed of the operator's account, sealed: a seed as it is does not belong into settings.",
    example: "banano-seed-v1:…",
    secret: true,
    place: inFile("integrations", "banano.seed", "text"),
    parse: sealedText
  }),
  bananoSealingKeys: optional({
    name: "PURSER_BANANO_SEALING_KEYS",
    purpose:
      "Keys that the seed is sealed with: `id:hex[,id:hex]`, 32 bytes each, used for nothing else; the first seals.",
    example: "2026a:64 hexadecimal digits",
    secret: true,
    place: inFile("integrations", "banano.sealing_keys", "text"),
    parse: keysText
  }),
  bananoRepresentative: optional({
    name: "PURSER_BANANO_REPRESENTATIVE",
    purpose: "Who votes with the operator's balance. The account's own choice stays when unset.",
    example: "ban_1e5aqegc1jb7qe964u4adzmcezyo6o146zb8hm6dft8tkp79za3sxwjym5rx",
    place: inFile("integrations", "banano.representative", "text"),
    parse: bananoText
  }),
  bananoWork: withFallback({
    name: "PURSER_BANANO_WORK",
    purpose: "Who finds the work of blocks: this process (`local`), or the `node` if it can.",
    fallback: "local",
    example: "node",
    place: inFile("integrations", "banano.work", "text"),
    parse: oneOf(["local", "node"])
  })
}

/** Where players sign in, and whose members they are. */
export const discord = {
  discordClientId: optional({
    name: "PURSER_DISCORD_CLIENT_ID",
    purpose: "Id of the Discord application that players sign in with.",
    example: "123456789012345678",
    place: inFile("integrations", "discord.client_id", "text"),
    parse: discordIdText
  }),
  discordClientSecret: optional({
    name: "PURSER_DISCORD_CLIENT_SECRET",
    purpose: "Secret of that application.",
    example: "a secret of Discord",
    secret: true,
    place: inFile("integrations", "discord.client_secret", "text"),
    parse: keyText
  }),
  discordBotToken: optional({
    name: "PURSER_DISCORD_BOT_TOKEN",
    purpose: "Token of a bot in the server, by which membership is confirmed later.",
    example: "a token of Discord",
    secret: true,
    place: inFile("integrations", "discord.bot_token", "text"),
    parse: keyText
  }),
  discordGuild: optional({
    name: "PURSER_DISCORD_GUILD_ID",
    purpose: "Id of the server whose members can earn.",
    example: "123456789012345678",
    place: inFile("integrations", "discord.guild_id", "text"),
    parse: discordIdText
  }),
  discordApi: withFallback({
    name: "PURSER_DISCORD_API_URL",
    purpose: "Where Discord's API is.",
    fallback: "https://discord.com/api/v10",
    example: "https://discord.com/api/v10",
    place: inFile("integrations", "discord.api_url", "text"),
    parse: privateUrl
  }),
  discordAuthorize: withFallback({
    name: "PURSER_DISCORD_AUTHORIZE_URL",
    purpose: "The page on which players consent.",
    fallback: "https://discord.com/oauth2/authorize",
    example: "https://discord.com/oauth2/authorize",
    place: inFile("integrations", "discord.authorize_url", "text"),
    parse: privateUrl
  })
}

/** Who knows which Epic account a member has, and what it did. */
export const play = {
  yuniteKey: optional({
    name: "PURSER_YUNITE_API_KEY",
    purpose: "Token of Yunite, which knows the Epic accounts of members.",
    example: "a token of Yunite",
    secret: true,
    place: inFile("integrations", "yunite.api_key", "text"),
    parse: keyText
  }),
  yuniteGuild: optional({
    name: "PURSER_YUNITE_GUILD_ID",
    purpose: "Id of the server at Yunite; that of Discord when unset.",
    example: "123456789012345678",
    place: inFile("integrations", "yunite.guild_id", "text"),
    parse: discordIdText
  }),
  yuniteUrl: withFallback({
    name: "PURSER_YUNITE_URL",
    purpose: "Where Yunite's API is.",
    fallback: "https://yunite.xyz/api",
    example: "https://yunite.xyz/api",
    place: inFile("integrations", "yunite.url", "text"),
    parse: serviceUrl
  }),
  fortniteKey: optional({
    name: "PURSER_FORTNITE_API_KEY",
    purpose: "Key of the provider of Fortnite stats.",
    example: "a key of fortnite-api.com",
    secret: true,
    place: inFile("integrations", "fortnite.api_key", "text"),
    parse: keyText
  }),
  fortniteUrl: withFallback({
    name: "PURSER_FORTNITE_URL",
    purpose: "Where the stats are.",
    fallback: "https://fortnite-api.com",
    example: "https://fortnite-api.com",
    place: inFile("integrations", "fortnite.url", "text"),
    parse: serviceUrl
  }),
  fortniteHeader: withFallback({
    name: "PURSER_FORTNITE_HEADER",
    purpose: "The header that carries the key.",
    fallback: "authorization",
    example: "authorization",
    place: inFile("integrations", "fortnite.header", "text"),
    parse: headerText
  }),
  fortniteScheme: optional({
    name: "PURSER_FORTNITE_SCHEME",
    purpose: "A word before the key, such as `Bearer`. None by default.",
    example: "Bearer",
    place: inFile("integrations", "fortnite.scheme", "text"),
    parse: oneOf(["Bearer", "Basic", "Token", "ApiKey"])
  }),
  fortnitePerMinute: withFallback({
    name: "PURSER_FORTNITE_PER_MINUTE",
    purpose: "Most questions about stats in a minute, for the whole process.",
    fallback: "180",
    example: "180",
    place: inFile("integrations", "fortnite.per_minute", "number"),
    parse: wholeNumber(1, 100_000)
  }),
  fortnitePerSecond: withFallback({
    name: "PURSER_FORTNITE_PER_SECOND",
    purpose: "Most of them in a second.",
    fallback: "3",
    example: "3",
    place: inFile("integrations", "fortnite.per_second", "number"),
    parse: wholeNumber(1, 1000)
  })
}

const standIn = <Name extends string>(name: Name, what: string, fallback: string) =>
  withFallback({
    name,
    purpose: `Where the sandbox that stands in for ${what} listens, loopback only; port 0 takes a free one.`,
    fallback,
    example: "127.0.0.1:0",
    parse: listenerText
  })

/** The sandboxes of mode `sandbox`. */
export const sandboxes = {
  bananoSandbox: standIn("PURSER_SANDBOX_BANANO", "a Banano node", "127.0.0.1:8083"),
  discordSandbox: standIn("PURSER_SANDBOX_DISCORD", "Discord", "127.0.0.1:8084"),
  yuniteSandbox: standIn("PURSER_SANDBOX_YUNITE", "Yunite", "127.0.0.1:8085"),
  fortniteSandbox: standIn("PURSER_SANDBOX_FORTNITE", "the stats of Fortnite", "127.0.0.1:8086")
}
