import { defineProject, mergeConfig } from "vitest/config"
import { shared } from "../../vitest.shared.ts"

export default mergeConfig(
  shared,
  defineProject({
    test: {
      name: "integrations",
      globalSetup: ["../../scripts/testing/regtest/setup.ts"],
      testTimeout: 120_000
    }
  })
)
