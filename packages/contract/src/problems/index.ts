/** Gathers what a refusal looks like. */
export * from "./Problem.ts"
export * from "./problemKinds.ts"
