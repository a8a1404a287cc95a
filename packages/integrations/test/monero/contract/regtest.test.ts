/** Holds a real monerod and a real monero-wallet-rpc to the contract, so that the sandbox is worth something. */
import { describe, it, layer } from "@effect/vitest"
import * as Layer from "effect/Layer"
import { inject } from "vitest"
import { missing, monero } from "../../../../../scripts/testing/requirement.ts"
import { clients, holdContract } from "./moneroContract.ts"
import { networkRegtest } from "./networkRegtest.ts"

const absent = missing(monero)

describe("TK-5 TK-6 TK-15 Monero contract on a real monerod", () => {
  if (absent === undefined) {
    const network = networkRegtest(inject("regtestPort"))
    layer(clients.pipe(Layer.provideMerge(network)), { excludeTestServices: true, timeout: 300_000 })(holdContract)
  } else it("is held", (context) => context.skip(absent))
})
