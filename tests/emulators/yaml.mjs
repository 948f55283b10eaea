// Prints a YAML document as JSON: node yaml.mjs < document
import { readFileSync } from "node:fs";
import { parse } from "yaml";

console.log(JSON.stringify(parse(readFileSync(0, "utf8"))));
