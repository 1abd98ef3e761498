import { defineConfig } from "vitest/config";

// Real pages against the real server: one after the other, each wait bounded.
export default defineConfig({
  test: {
    include: ["e2e/**/*.e2e.ts"],
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
