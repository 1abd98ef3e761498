// Writes the TypeScript types: what the SDK is given (results, events: defaults filled in) and what it gives (inputs).
import { valueKind } from "./contract.mjs";

/** Names that mean something else in the SDK; all others keep their name of the contract. */
const RENAMED = { Error: "WireError", Channel: "ChannelRecord" };
export const typeName = (message) => RENAMED[message.name] ?? message.name;

export const enumName = (descriptor) => {
  const parts = descriptor.typeName.replace("parley.v1.", "").split(".");
  return parts.join("");
};

export function writeTypes(contract) {
  const outputs = new Set(contract.outputs);
  const inputOnly = contract.inputs.filter((message) => !outputs.has(message));
  const written = [
    HEAD,
    ...enumsOf(contract).map(writeEnum),
    ...contract.outputs.map((message) => writeOutput(contract, message)),
    ...inputOnly.map((message) => writeInput(contract, message)),
    writeCommands(contract),
  ];
  return `${written.join("\n")}`;
}

const HEAD = `
/** A JSON value, as custom fields hold them. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object, as custom fields are. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A member of a oneof that this version does not know: the event or answer of a newer server. */
export interface Unknown {
  readonly kind: "unknown";
}
`;

export function enumsOf(contract) {
  const found = new Map();
  for (const message of [...contract.outputs, ...contract.inputs]) {
    for (const field of message.fields) if (field.enum) found.set(field.enum.typeName, field.enum);
  }
  return [...found.values()];
}

function writeEnum(descriptor) {
  const values = descriptor.values.map((value) => `  | ${JSON.stringify(value.name)}`).join("\n");
  return `/** One of \`${descriptor.typeName.replace("parley.v1.", "")}\` of the contract. */
export type ${enumName(descriptor)} =\n${values};\n`;
}

const doc = (text, indent) => (text ? `${indent}/** ${text.replaceAll("*/", "* /")} */\n` : "");

function scalarType(field) {
  const value = valueKind(field);
  switch (value.kind) {
    case "enum":
      return enumName(value.enum);
    case "timestamp":
      return "Date";
    case "object":
      return "JsonObject";
    case "message":
      return typeName(value.message);
    default:
      return value.kind;
  }
}

export function fieldType(field) {
  if (field.fieldKind === "list") return `readonly ${scalarType(field)}[]`;
  if (field.fieldKind === "map") return `Readonly<Record<string, ${scalarType(field)}>>`;
  return scalarType(field);
}

/** True when a missing value means "absent" rather than a default. */
export const isOptional = (field) =>
  field.fieldKind === "message" || (field.fieldKind !== "list" && field.fieldKind !== "map" && field.presence === 1);

export const oneofsOf = (message) =>
  message.oneofs.filter((oneof) => !oneof.fields.every((field) => field.proto.proto3Optional));
export const plainFields = (message) => message.fields.filter((field) => !oneofsOf(message).includes(field.oneof));
export const oneofName = (message, oneof) =>
  typeName(message) + oneof.localName.charAt(0).toUpperCase() + oneof.localName.slice(1);

function writeOutput(contract, message) {
  const lines = plainFields(message).map((field) => {
    const optional = isOptional(field);
    const type = fieldType(field) + (optional ? " | undefined" : "");
    return `${doc(contract.comment(field), "  ")}  readonly ${field.jsonName}${optional ? "?" : ""}: ${type};`;
  });
  const unions = oneofsOf(message).map((oneof) => writeOneof(message, oneof));
  for (const oneof of oneofsOf(message)) lines.push(`  readonly ${oneof.localName}: ${oneofName(message, oneof)};`);
  return `${doc(contract.comment(message), "")}${declare(typeName(message), lines)}${unions.join("")}`;
}

const declare = (name, lines) =>
  lines.length > 0
    ? `export interface ${name} {\n${lines.join("\n")}\n}\n`
    : `export type ${name} = Readonly<Record<string, never>>;\n`;

function writeOneof(message, oneof) {
  const members = oneof.fields.map(
    (field) => `  | { readonly kind: "${field.jsonName}"; readonly body: ${scalarType(field)} }`,
  );
  return `\n/** Which \`${oneof.name}\` a ${typeName(message)} holds. */
export type ${oneofName(message, oneof)} =\n${[...members, "  | Unknown"].join("\n")};\n`;
}

function writeInput(contract, message) {
  const lines = message.fields.map((field) => {
    const required = contract.option(field, "rules")?.required ?? false;
    const type = fieldType(field) + (required ? "" : " | undefined");
    return `${doc(contract.comment(field), "  ")}  readonly ${field.jsonName}${required ? "" : "?"}: ${type};`;
  });
  return `${doc(contract.comment(message), "")}${declare(typeName(message), lines)}`;
}

function writeCommands(contract) {
  const lines = contract.commands.map((field) => {
    const result = contract.results.get(field.jsonName);
    return `  readonly ${field.jsonName}: { readonly input: ${typeName(field.message)}; readonly result: ${typeName(result)} };`;
  });
  return `/** Every command: what it takes and what it gives. */
export interface Commands {\n${lines.join("\n")}\n}

/** The name of a command. */
export type CommandName = keyof Commands;

/** What a command takes. */
export type InputOf<C extends CommandName> = Commands[C]["input"];

/** What a command gives. */
export type ResultOf<C extends CommandName> = Commands[C]["result"];
`;
}
