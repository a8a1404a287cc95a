/** Gathers money: assets, exact amounts, splitting. */
export * as Allotment from "./Allotment.ts"
export * as Amount from "./Amount.ts"
export * as Asset from "./Asset.ts"
