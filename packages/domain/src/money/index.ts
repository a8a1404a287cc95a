/** Gathers assets, exact amounts and allotment. */
export * as Asset from "./Asset.ts"
