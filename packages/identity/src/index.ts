/** Gathers who a user is: sign-in, sessions, second factor and roles. */
export type { DatabaseTarget, PostgresTarget, SqliteTarget } from "./database/IdentityDatabase.ts"
export * as IdentityBetterAuth from "./IdentityBetterAuth.ts"
export type { DiscordAccess, DiscordApplication, DiscordUser, IdentityOptions } from "./IdentityOptions.ts"
export type { SealingKey } from "./secondFactor/sealed.ts"
