// Writes one decoder per message that a server sends: JSON of the canonical mapping to the types, defaults filled in.
import { valueKind } from "./contract.mjs";
import { enumName, enumsOf, isOptional, oneofName, oneofsOf, plainFields, typeName } from "./types.mjs";

export function writeDecoders(contract) {
  const used = new Set();
  const body = contract.outputs.map((message) => decoder(message, used)).join("\n");
  const enums = enumsOf(contract).filter((descriptor) => used.has(descriptor));
  const names = [
    ...enums.map(enumName),
    ...contract.outputs.flatMap((message) => [
      typeName(message),
      ...oneofsOf(message).map((oneof) => oneofName(message, oneof)),
    ]),
  ];
  return `import * as json from "./json.js";
import type {\n${[...names, "CommandName"]
    .sort()
    .map((name) => `  ${name},`)
    .join("\n")}\n} from "./types.js";

${enums.map(writeEnum).join("\n")}
${body}
${resultNames(contract)}`;
}

function resultNames(contract) {
  const names = contract.commands.map((field) => `  "${field.jsonName}",`);
  return `/** Every command by its JSON name. */
export const commandNames: readonly CommandName[] = [\n${names.join("\n")}\n];
`;
}

const constantName = (descriptor) =>
  enumName(descriptor).charAt(0).toLowerCase() + enumName(descriptor).slice(1) + "Names";

function writeEnum(descriptor) {
  const values = descriptor.values.map((value) => `  ${value.number}: "${value.name}",`).join("\n");
  return `const ${constantName(descriptor)}: json.EnumNames<${enumName(descriptor)}> = {\n${values}\n};\n`;
}

function decoder(message, used) {
  const name = typeName(message);
  const lines = plainFields(message).map((field) => `    ${field.jsonName}: ${decodeField(field, used)},`);
  for (const oneof of oneofsOf(message))
    lines.push(`    ${oneof.localName}: decode${oneofName(message, oneof)}(from),`);
  const unions = oneofsOf(message).map((oneof) => oneofDecoder(message, oneof));
  if (lines.length === 0)
    return `export function decode${name}(value: unknown): ${name} {\n  json.object(value);\n  return {};\n}\n`;
  return `export function decode${name}(value: unknown): ${name} {
  const from = json.object(value);
  return {\n${lines.join("\n")}\n  };\n}\n${unions.join("")}`;
}

function oneofDecoder(message, oneof) {
  const name = oneofName(message, oneof);
  const cases = oneof.fields.map(
    (field) => `  if (json.has(from, "${field.jsonName}")) {
    return { kind: "${field.jsonName}", body: decode${typeName(field.message)}(from["${field.jsonName}"]) };
  }`,
  );
  return `\nfunction decode${name}(from: json.Members): ${name} {\n${cases.join("\n")}\n  return { kind: "unknown" };\n}\n`;
}

function decodeField(field, used) {
  const value = valueKind(field);
  const access = `from["${field.jsonName}"]`;
  const reader = readerOf(value, used);
  if (field.fieldKind === "list") return `json.list(${access}, ${reader})`;
  if (field.fieldKind === "map") return `json.map(${access}, ${reader})`;
  if (isOptional(field)) return `json.optional(${access}, ${reader})`;
  return value.kind === "enum" ? `json.enumeration(${access}, ${constantName(value.enum)})` : `${reader}(${access})`;
}

function readerOf(value, used) {
  if (value.kind === "message") return `decode${typeName(value.message)}`;
  if (value.kind !== "enum") return `json.${value.kind === "object" ? "struct" : value.kind}`;
  used.add(value.enum);
  return `(item) => json.enumeration(item, ${constantName(value.enum)})`;
}
