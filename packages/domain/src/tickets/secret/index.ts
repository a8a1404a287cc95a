/** Gathers secrets: payment ids, service tokens and what is derived from them. */
export * from "./deriveId8.ts"
export * from "./PaymentId.ts"
export * from "./RandomBytes.ts"
export * from "./Scrypt.ts"
export * from "./ServiceToken.ts"
export * from "./TokenKeys.ts"
