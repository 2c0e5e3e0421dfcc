// AsyncAPI's own parser reads a document of events: no error, no warning. See test.sh.
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const HINTS = [2, 3]; // severities that advise on style only
const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], "utf8"));
const found = diagnostics.filter((it) => !HINTS.includes(it.severity));
for (const it of found) console.error(`${it.path.join(".")}: ${it.message} (${it.code})`);
if (!document || found.length > 0) process.exit(1);
const count = (part) => document[part]().all().length;
if (count("channels") === 0 || count("messages") < count("channels")) {
  console.error("there is no message in a channel");
  process.exit(1);
}
console.log(`${count("channels")} channels, ${count("messages")} messages`);
