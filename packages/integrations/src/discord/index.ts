/** Gathers what is known of Discord. */
export { DiscordId } from "./DiscordId.ts"
