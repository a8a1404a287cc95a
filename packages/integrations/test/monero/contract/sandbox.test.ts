/** Holds the sandbox to the contract of the real programs. */
import { describe, layer } from "@effect/vitest"
import * as Layer from "effect/Layer"
import { clients, holdContract } from "./moneroContract.ts"
import { networkSandbox } from "./networkSandbox.ts"

describe("TK-5 TK-6 TK-15 Monero contract on the sandbox", () => {
  layer(clients.pipe(Layer.provideMerge(networkSandbox)), { excludeTestServices: true })(holdContract)
})
