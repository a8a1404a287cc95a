/** Gathers who a user is: the port, its models, errors and rules. */
export * from "./Identity.ts"
export * from "./IdentityError.ts"
export * as IdentityRules from "./IdentityRules.ts"
export * from "./SignedIn.ts"
