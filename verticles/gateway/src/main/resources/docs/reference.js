// Draws the reference from the OpenAPI document. Text goes in as text nodes only, so nothing in it can become markup.
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

const typeOf = (schema) => {
  if (schema.$ref) {
    const name = schema.$ref.split("/").pop();
    return make("a", { href: `#schema-${name}` }, name);
  }
  if (schema.type === "array") return make("span", {}, "list of ", typeOf(schema.items));
  return make("code", {}, schema.format ?? schema.type ?? "any");
};

const limitsOf = (schema) =>
  Object.entries(schema)
    .filter(([name]) => /^(min|max|pattern|enum|uniqueItems|x-max)/.test(name))
    .map(([name, value]) => `${name.replace("x-", "")}: ${Array.isArray(value) ? value.join(", ") : value}`)
    .join("; ");

const table = (rows) => {
  const body = make("tbody");
  for (const { name, schema, description, required } of rows) {
    body.append(
      make(
        "tr",
        {},
        make("td", {}, make("code", {}, name), required ? " *" : ""),
        make("td", {}, typeOf(schema)),
        make("td", {}, description ?? schema.description ?? "", make("br"), make("small", {}, limitsOf(schema))),
      ),
    );
  }
  return make("table", {}, body);
};

const fields = (schema) =>
  table(
    Object.entries(schema.properties ?? {}).map(([name, property]) => ({
      name,
      schema: property,
      required: (schema.required ?? []).includes(name),
    })),
  );

const example = (content) => make("pre", {}, JSON.stringify(content.example, null, 2));

const operationSection = (path, method, operation) => {
  const section = make(
    "section",
    { id: operation.operationId },
    make("h3", {}, make("span", { class: "method" }, method.toUpperCase()), make("code", {}, path)),
    make("p", {}, make("strong", {}, operation.summary ?? ""), " ", operation.description ?? ""),
  );
  if (operation.parameters) section.append(make("h4", {}, "Parameters"), table(operation.parameters));
  const body = operation.requestBody?.content["application/json"];
  if (body) section.append(make("h4", {}, "Body"), fields(body.schema), example(body));
  for (const [status, response] of Object.entries(operation.responses)) {
    const content = response.content?.["application/json"];
    if (content) section.append(make("h4", {}, `${status}: `, typeOf(content.schema)), example(content));
  }
  const problems = Object.keys(operation.responses).filter((status) => status >= "400");
  const links = problems.flatMap((status) => [make("a", { href: `#problem-${status}` }, status), " "]);
  section.append(make("p", {}, "Refusals: ", ...links, ` Rate limit class: ${operation["x-rate-limit-class"]}`));
  return section;
};

const draw = (api) => {
  const content = document.getElementById("content");
  const toc = document.getElementById("toc");
  content.replaceChildren(make("h2", {}, "Reference"), make("p", {}, api.info.description));
  for (const tag of api.tags) {
    toc.append(make("h2", {}, tag.name));
    content.append(make("h2", {}, tag.name));
    for (const [path, methods] of Object.entries(api.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        if (!operation.tags.includes(tag.name)) continue;
        toc.append(make("a", { href: `#${operation.operationId}` }, operation.operationId));
        content.append(operationSection(path, method, operation));
      }
    }
  }
  content.append(make("h2", {}, "Refusals"));
  for (const [name, response] of Object.entries(api.components.responses)) {
    const status = name.replace("Problem", "");
    content.append(
      make("section", { id: `problem-${status}` }, make("h3", {}, status), make("p", {}, response.description)),
    );
  }
  content.append(make("h2", {}, "Schemas"));
  for (const [name, schema] of Object.entries(api.components.schemas)) {
    const about = make("p", {}, schema.description ?? "");
    content.append(make("section", { id: `schema-${name}` }, make("h3", {}, name), about, fields(schema)));
  }
};

const filter = document.getElementById("filter");
filter.addEventListener("input", () => {
  for (const link of document.querySelectorAll("#toc a")) {
    link.hidden = !link.textContent.toLowerCase().includes(filter.value.toLowerCase());
  }
});

fetch("/v1/openapi.json")
  .then((response) => response.json())
  .then(draw)
  .catch((failure) => document.getElementById("content").replaceChildren(`The document cannot be read: ${failure}`));
