// Checks a document of a Functions app against its JSON Schema: node check.mjs host|function < document
// Prints a JSON array of errors; an empty one where there are none.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv-draft-04";

const require = createRequire(import.meta.url);
const kind = process.argv[2];
if (kind !== "host" && kind !== "function") {
  console.error("host or function");
  process.exit(2);
}

const schema = JSON.parse(readFileSync(require.resolve(`schemastore/schemas/json/${kind}.json`), "utf8"));
if (kind === "host") {
  // The host has known it since 2025 (HttpWorkerOptions.EnableProxyingHttpRequest); the collected schema does not yet.
  schema.oneOf = [{ $ref: "#/definitions/version-2" }];
  schema.definitions["version-2"].properties.customHandler.properties.enableProxyingHttpRequest = { type: "boolean" };
}

const validate = new Ajv({ allErrors: true, strict: false, logger: false }).compile(schema);
validate(JSON.parse(readFileSync(0, "utf8")));
console.log(JSON.stringify((validate.errors ?? []).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`)));
