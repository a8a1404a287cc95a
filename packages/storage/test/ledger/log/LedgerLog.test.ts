import { describe, layer } from "@effect/vitest"
import * as Layer from "effect/Layer"
import { stores } from "../stores.ts"
import { logSuite, sameSalts } from "../suite/logSuite.ts"

describe.each(stores)("LG-9 log of the ledger in %s", (_, world) => {
  layer(Layer.provide(world, sameSalts), { excludeTestServices: true, timeout: "180 seconds" })(logSuite)
})
