// Checks a document against its JSON Schema: node check.mjs host|function|workflow|bom < document. A workflow is YAML.
// Prints a JSON array of errors; an empty one where there are none.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import Ajv from "ajv";
import Ajv04 from "ajv-draft-04";
import { parse } from "yaml";

const require = createRequire(import.meta.url);
const options = { allErrors: true, strict: false, logger: false };
const json = (path) => JSON.parse(readFileSync(path, "utf8"));
const collected = (name) => json(require.resolve(`schemastore/schemas/json/${name}.json`));

function ofHost() {
  const schema = collected("host");
  // The host has known it since 2025 (HttpWorkerOptions.EnableProxyingHttpRequest); the collected schema does not yet.
  schema.oneOf = [{ $ref: "#/definitions/version-2" }];
  schema.definitions["version-2"].properties.customHandler.properties.enableProxyingHttpRequest = { type: "boolean" };
  return new Ajv04(options).compile(schema);
}

function ofBom() {
  // The package exports no schemas, but has them; those that this one refers to lie beside it.
  const folder = join(dirname(require.resolve("@cyclonedx/cyclonedx-library/package.json")), "res", "schema");
  const ajv = new Ajv(options);
  for (const name of ["spdx", "jsf-0.82"]) {
    ajv.addSchema(json(join(folder, `${name}.SNAPSHOT.schema.json`)), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  return ajv.compile(json(join(folder, "bom-1.6.SNAPSHOT.schema.json")));
}

function ofWorkflow() {
  const schema = collected("github-workflow");
  // GitHub has this permission since 2024, and names its machines anew each year; the collected schema is older.
  schema.definitions["permissions-event"].properties.attestations = { $ref: "#/definitions/permissions-level" };
  schema.definitions.normalJob.properties["runs-on"] = { type: "string", pattern: "^ubuntu-[0-9]{2}[.]04$" };
  return new Ajv(options).compile(schema);
}

const kinds = {
  host: { read: JSON.parse, compile: ofHost },
  function: { read: JSON.parse, compile: () => new Ajv04(options).compile(collected("function")) },
  workflow: { read: parse, compile: ofWorkflow },
  bom: { read: JSON.parse, compile: ofBom },
};
const kind = kinds[process.argv[2]];
if (!kind) {
  console.error(Object.keys(kinds).join(" or "));
  process.exit(2);
}

const validate = kind.compile();
validate(kind.read(readFileSync(0, "utf8")));
console.log(JSON.stringify((validate.errors ?? []).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`)));
