import { deepEqual, equal } from "node:assert/strict";
import { confirmTrust } from "../../../../src/cli/project/trust_question.ts";
import type { UntrustedPower } from "../../../../src/config/trust/trust_gate.ts";
import { Secret } from "../../../../src/secret.ts";

function many(count: number): readonly UntrustedPower[] {
  const alike = Array.from({ length: count - 1 }, (_, at) => power(at + 2, "sets a variable"));
  return [power(1, "says where AWS is called"), ...alike];
}

function power(line: number, reason: string): UntrustedPower {
  const place = { file: "/repo/atmos.yaml", line, column: 1 };
  const record = { file: place.file, hash: `${line}`, path: "a", line, column: 1, value: "b" };
  return { path: "a", place, content: new Secret("b"), shown: "b", reason, record, isChanged: false };
}

async function asked(powers: readonly UntrustedPower[]): Promise<readonly string[]> {
  let text = "";
  const terminal = {
    isTty: {},
    err: (part: string) => void (text += part),
    line: () => Promise.resolve("y"),
  };
  equal(await confirmTrust({ terminal } as unknown as Parameters<typeof confirmTrust>[0], powers), true);
  return text.split("\n");
}

Deno.test("trust question: where the list may have left the screen, each kind of setting stands beside the question", async () => {
  deepEqual(await asked(many(20)), ["Trust 20 settings? [y/N] "]);
  deepEqual(await asked(many(3000)), [
    "All together:",
    "  1 setting (/repo/atmos.yaml:1): says where AWS is called",
    "  2999 settings (/repo/atmos.yaml:2): sets a variable",
    "Trust 3000 settings? [y/N] ",
  ]);
});
