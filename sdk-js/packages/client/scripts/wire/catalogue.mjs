// Writes the tables: error codes with their meaning, limits on input fields, which commands have an effect.
const RETRIES = ["never", "after", "refresh", "resume", "reconnect"];

export function writeCatalogue(contract) {
  return `
/** What to do after a refusal. */
export type RetryAdvice = ${RETRIES.map((name) => `"${name}"`).join(" | ")};

/** Every refusal of the contract: its number, what it means, what to do next. */
export const errorCodes = {\n${errorLines(contract).join("\n")}
} as const satisfies Record<string, { code: number; title: string; retry: RetryAdvice }>;

/** The stable name of a refusal. */
export type WireErrorName = keyof typeof errorCodes;

/** What a field of a command may hold; see \`Rules\` in the contract. */
export interface FieldRules {
  readonly required?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxBytes?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly min?: number;
  readonly max?: number;
}

/** Limits of input fields, by message and field. */
export const fieldRules = {\n${ruleLines(contract).join("\n")}
} as const satisfies Record<string, Record<string, FieldRules>>;

/** Commands that change something: they carry an idempotency key, so repeating them is safe. */
export const effects: ReadonlySet<string> = new Set([\n${contract.effects.map((name) => `  "${name}",`).join("\n")}\n]);
`;
}

function errorLines(contract) {
  return contract.errorCodes.values
    .filter((value) => value.number > 0)
    .map((value) => {
      const { title, retry } = contract.option(value, "meaning");
      return `  ${value.name}: { code: ${value.number}, title: ${JSON.stringify(title)}, retry: "${RETRIES[retry]}" },`;
    });
}

function ruleLines(contract) {
  return contract.inputs.flatMap((message) => {
    const fields = message.fields
      .map((field) => [field.jsonName, contract.option(field, "rules")])
      .filter(([, rules]) => rules);
    if (fields.length === 0) return [];
    return [`  ${message.name}: {`, ...fields.map(([name, rules]) => `    ${name}: ${ruleText(rules)},`), "  },"];
  });
}

const RULES = [
  "required",
  "minLength",
  "maxLength",
  "maxBytes",
  "pattern",
  "minItems",
  "maxItems",
  "uniqueItems",
  "min",
  "max",
];

function ruleText(rules) {
  const set = RULES.filter((name) => rules[name]).map((name) => {
    const value = typeof rules[name] === "bigint" ? Number(rules[name]) : rules[name];
    return `${name}: ${JSON.stringify(value)}`;
  });
  return `{ ${set.join(", ")} }`;
}
