import { deepEqual, ok } from "node:assert/strict";
import { documentationPage } from "../support/docs/pages.ts";

const PAGE = documentationPage("docs/troubleshooting.md").text;

/** The messages of the table that follows this line. */
function messagesAfter(line: string): readonly string[] {
  const [, after = ""] = PAGE.split(`${line}\n\n`);
  const [table = ""] = after.split("\n\n");
  return [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, message = ""]) => message);
}

function sourcesBelow(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    return isDirectory ? sourcesBelow(path) : [Deno.readTextFileSync(path)];
  });
}

Deno.test("docs: every message of atmos that the page about troubleshooting has is in the sources", () => {
  const sources = sourcesBelow("src").join("\n");
  const messages = messagesAfter("What atmos says:");
  ok(messages.length > 5, messages.join());
  deepEqual(messages.filter((message) => !sources.includes(message)), []);
});
