import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/*/{test,conformance}/**/*.test.ts"],
    testTimeout: 30_000,
  },
});
