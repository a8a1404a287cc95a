/** Gathers the HTTP server and what it is told. */
export * as Listener from "./Listener.ts"
