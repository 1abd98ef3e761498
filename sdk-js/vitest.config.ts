import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    // The web app is tested on the library's sources, as it is built.
    alias: {
      "@parley/client/rooms": fileURLToPath(new URL("packages/client/src/rooms/index.ts", import.meta.url)),
      "@parley/client": fileURLToPath(new URL("packages/client/src/index.ts", import.meta.url)),
    },
  },
  test: {
    include: ["packages/*/{test,conformance}/**/*.test.ts", "web/src/**/*.test.ts"],
    testTimeout: 30_000,
    maxConcurrency: 4, // scenarios of conformance/ that are played at once
  },
});
