/** Gathers the HTTP server and what it is told. */
export { parseTrustedProxies, type TrustedProxies, TrustedProxyMalformed } from "./given/TrustedProxies.ts"
export * from "./Health.ts"
export * from "./HttpServers.ts"
export * from "./limits/index.ts"
export * as Listener from "./Listener.ts"
export * from "./ListenRefused.ts"
