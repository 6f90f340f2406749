import { equal } from "node:assert/strict";
import { hideInOutput } from "../../../../src/cli/output/hide_output.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

/** What is printed of a text. */
function printed(text: string): string {
  const host = fakeHost({});
  hideInOutput(host).terminal.out(text);
  return host.seen.out;
}

Deno.test("hide output: JSON stays JSON, and a name that is nested without end stays a text", () => {
  equal(JSON.stringify(JSON.parse(printed('{"a":[1,"b"]}\n'))), '{"a":[1,"b"]}');
  for (
    const deep of ["[".repeat(20_000) + "]".repeat(20_000), `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`, "[a"]
  ) {
    equal(printed(`${deep}\n`), `${deep}\n`);
  }
});
