// Serves this page and the built SDK. Any file server would do, as long as the Parley server allows its origin.
//
//   npm ci && npm run build                              (in sdk-js, once)
//   PARLEY_HTTP_CORS_ORIGINS=http://127.0.0.1:8081 ./parley up
//   node sdk-js/examples/browser-minimal/serve.js        then open http://127.0.0.1:8081
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";

// Another folder of examples may be named: node serve.js room
const page = new URL(`../${process.argv[2] ?? "browser-minimal"}/index.html`, import.meta.url);
const sdk = new URL("../../packages/client/dist/", import.meta.url);
const types = { html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8", map: "application/json" };

const server = createServer((request, response) => {
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  const file = path.startsWith("/sdk/") ? new URL(path.slice("/sdk/".length), sdk) : page;
  readFile(file).then(
    (body) => {
      response.writeHead(200, { "content-type": types[file.pathname.split(".").at(-1)] ?? "application/octet-stream" });
      response.end(body);
    },
    () => response.writeHead(404).end("not found: was the SDK built? npm run build"),
  );
});
server.listen(Number(process.env.PORT ?? 8081), "127.0.0.1", () => {
  console.log(`open http://127.0.0.1:${server.address().port}`);
});
