/** Gathers what is known of Discord. */
export { createdAtMillis, DiscordId } from "./DiscordId.ts"
