// Reads the contract into the few facts that the writers need.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createFileRegistry, fromBinary, getExtension, hasExtension, ScalarType } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

const schema = fileURLToPath(new URL("../../../../../shared-schema", import.meta.url));
const buf = process.env.BUF ?? fileURLToPath(new URL("../../../../../.parley/bin/buf", import.meta.url));

/** The registry of every message, enum and extension of the contract. */
export function readRegistry() {
  const bytes = execFileSync(buf, ["build", schema, "-o", "-"], { maxBuffer: 16 << 20 });
  return { set: fromBinary(FileDescriptorSetSchema, bytes) };
}

export function readContract() {
  const { set } = readRegistry();
  const registry = createFileRegistry(set);
  const option = (descriptor, name) => {
    const extension = registry.getExtension(`parley.v1.${name}`);
    const options = descriptor.proto.options;
    return options && hasExtension(options, extension) ? getExtension(options, extension) : undefined;
  };
  const message = (name) => registry.getMessage(`parley.v1.${name}`);
  const comments = readComments(set);
  return {
    message,
    option,
    comment: (descriptor) => comments.get(pathOf(descriptor)) ?? "",
    commands: message("Cmd").fields.filter((field) => field.oneof),
    results: new Map(message("Ok").fields.map((field) => [field.jsonName, field.message])),
    effects: effectNames(registry, option),
    inputs: reachable(
      message("Cmd")
        .fields.filter((field) => field.oneof)
        .map((field) => field.message),
    ),
    outputs: reachable(["Reply", "Push", "Ctl", "GuestSession"].map(message)),
    errorCodes: registry.getEnum("parley.v1.ErrorCode"),
  };
}

function effectNames(registry, option) {
  const methods = registry.getService("parley.v1.Api").methods;
  return methods
    .filter((method) => option(method, "route")?.effect && !option(method, "route").restOnly)
    .map((method) => method.name.charAt(0).toLowerCase() + method.name.slice(1));
}

/** Messages of the contract (not google.protobuf) that these lead to, in order of first use. */
function reachable(roots) {
  const found = new Map();
  const visit = (message) => {
    if (found.has(message.typeName) || !message.typeName.startsWith("parley.v1.")) return;
    found.set(message.typeName, message);
    for (const field of message.fields) {
      const next =
        field.fieldKind === "map" ? (field.mapKind === "message" ? field.message : undefined) : field.message;
      if (next) visit(next);
    }
  };
  roots.forEach(visit);
  return [...found.values()];
}

const pathOf = (descriptor) => descriptor.typeName ?? `${descriptor.parent.typeName}.${descriptor.name}`;

/** Leading comments by full name, e.g. "parley.v1.Message.text". */
function readComments(set) {
  const comments = new Map();
  for (const file of set.file) {
    for (const location of file.sourceCodeInfo?.location ?? []) {
      const text = location.leadingComments.trim();
      if (text) comments.set(nameAt(file, location.path), text.replace(/\s+/g, " "));
    }
  }
  return comments;
}

// Path numbers of descriptor.proto: file.message_type = 4, file.enum_type = 5; message.field = 2, nested_type = 3,
// enum_type = 4.
function nameAt(file, path) {
  const names = [file.package];
  let at = file;
  for (let i = 0; i + 1 < path.length; i += 2) {
    const list =
      at === file
        ? { 4: at.messageType, 5: at.enumType }[path[i]]
        : { 2: at.field, 3: at.nestedType, 4: at.enumType }[path[i]];
    at = list?.[path[i + 1]];
    if (!at) return "";
    names.push(at.name);
  }
  return names.join(".");
}

/** How a singular value of this field is written in JSON and held in TypeScript: one name per kind. */
export function valueKind(field) {
  if (field.enum) return { kind: "enum", enum: field.enum };
  if (field.message) {
    if (field.message.typeName === "google.protobuf.Timestamp") return { kind: "timestamp" };
    if (field.message.typeName === "google.protobuf.Struct") return { kind: "object" };
    return { kind: "message", message: field.message };
  }
  if (field.scalar === ScalarType.STRING) return { kind: "string" };
  if (field.scalar === ScalarType.BOOL) return { kind: "boolean" };
  return { kind: "number" };
}
