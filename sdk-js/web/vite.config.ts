import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The gateway serves dist/ at "/": relative addresses and hashed names let any path prefix and any cache time do.
export default defineConfig({
  base: "./",
  plugins: [react(), tailwindcss()],
  resolve: {
    // The library's sources, so that the app never runs on a stale build of it.
    alias: {
      "@parley/client/rooms": fileURLToPath(new URL("../packages/client/src/rooms/index.ts", import.meta.url)),
      "@parley/client": fileURLToPath(new URL("../packages/client/src/index.ts", import.meta.url)),
    },
  },
  build: {
    target: "es2022",
    // A data: address would need a looser content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
