// Writes src/wire/{types,decode,catalogue}.ts from the contract in shared-schema. Run: npm run generate. A test fails
// when
// what is checked in differs from what this writes.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readContract } from "./wire/contract.mjs";
import { writeCatalogue } from "./wire/catalogue.mjs";
import { writeDecoders } from "./wire/decoders.mjs";
import { writeTypes } from "./wire/types.mjs";

/** The generated files: name to text. */
export async function generateWire() {
  const contract = readContract();
  const texts = { types: writeTypes(contract), decode: writeDecoders(contract), catalogue: writeCatalogue(contract) };
  const files = {};
  for (const [name, text] of Object.entries(texts)) {
    files[`${name}.ts`] = `// Code generated from shared-schema/contracts by npm run generate. DO NOT EDIT.\n${text}`;
  }
  return files;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL("../src/wire/", import.meta.url);
  for (const [name, text] of Object.entries(await generateWire())) writeFileSync(new URL(name, folder), text);
}
