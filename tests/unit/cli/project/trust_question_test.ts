import { deepEqual, equal, ok } from "node:assert/strict";
import { confirmTrust, powersText } from "../../../../src/cli/project/trust_question.ts";
import type { UntrustedPower } from "../../../../src/config/trust/trust_gate.ts";
import { recordFetched } from "../../../../src/hidden_texts.ts";
import { Secret } from "../../../../src/secret.ts";

function many(count: number): readonly UntrustedPower[] {
  const alike = Array.from({ length: count - 1 }, (_, at) => power(at + 2, "sets a variable"));
  return [power(1, "sets the AWS endpoint"), ...alike];
}

function power(line: number, reason: string, shown = "b"): UntrustedPower {
  const place = { file: "/repo/atmos.yaml", line, column: 1 };
  const record = { file: place.file, hash: `${line}`, path: "a", line, column: 1, value: "b" };
  return { path: "a", place, content: new Secret("b"), shown, reason, record, isChanged: false };
}

async function asked(powers: readonly UntrustedPower[]): Promise<readonly string[]> {
  let text = "";
  const terminal = {
    isTty: {},
    err: (part: string) => void (text += part),
    errRaw: (part: string) => void (text += part),
    line: () => Promise.resolve("y"),
  };
  equal(await confirmTrust({ terminal } as unknown as Parameters<typeof confirmTrust>[0], powers), true);
  return text.split("\n");
}

Deno.test("trust question: where the list may have left the screen, each kind of setting stands beside the question", async () => {
  deepEqual(await asked(many(20)), ["Trust 20 settings? [y/N] "]);
  deepEqual(await asked(many(3000)), [
    "All together:",
    "  1 setting (/repo/atmos.yaml:1): sets the AWS endpoint",
    "  2999 settings (/repo/atmos.yaml:2): sets a variable",
    "Trust 3000 settings? [y/N] ",
  ]);
});

Deno.test("trust question: a value of any length leaves its heading, and what it does, on the screen", async () => {
  const values = [
    "\n".repeat(4_000),
    "- ".repeat(60_000),
    `${"\n".repeat(100)}${"x".repeat(9_000)}`,
    "\u{1f600}".repeat(900),
  ];
  for (const value of values) {
    const one = { ...power(7, "runs a command", `!exec ${value} evil`), path: "k".repeat(9_000) };
    const text = powersText({ powers: [one], paint: (_color, part) => part });
    ok(text.length < 900 && text.split("\n").length <= 7, text);
    ok(/… \(\d+ more characters; see \/repo\/atmos\.yaml:7\)/.test(text), text);
    const many = Array.from({ length: 10 }, () => one);
    const lines = await asked(many);
    deepEqual(lines.at(-1), "Trust 10 settings? [y/N] ");
    equal(lines.includes("All together:"), value.includes("\n"));
  }
});

Deno.test("trust question: what it is about says which files are part of it", () => {
  const one = { ...power(7, "runs a command"), scope: "with 3 files that it names" };
  equal(
    powersText({ powers: [one], paint: (_color, part) => part }),
    "/repo/atmos.yaml\n  7:1: a: b  runs a command, with 3 files that it names\n",
  );
});

const WHOLE = [
  "!exec echo https://wiki.example/roles?id=7;touch${IFS}pwned",
  "!exec echo https://$(touch${IFS}pwned)@wiki.example/",
  '{"args":["https://wiki.example/?a","https://$(x)@b"]}',
  '"https://evil.example/@idp.example/home?a=b#c"',
  "https://evil.example?@idp.example",
];

Deno.test("trust question: nothing of it reaches a terminal raw, be it the name of a file that decides", () => {
  const odd = "x\u001b[5A\u001b[J\n.yaml";
  const one = { ...power(7, `sets the AWS endpoint, for what ${odd} says`, odd), path: odd, scope: odd };
  const text = powersText({ powers: [{ ...one, place: { ...one.place, file: odd } }], paint: (_color, part) => part });
  ok(!text.includes("\u001b"), text);
  equal(text.split("\n").length, 5);
});

Deno.test("trust question: nothing of a value is left out, whatever addresses are in it", () => {
  recordFetched("touch${IFS}pwned", "!include .env .a");
  for (const shown of WHOLE) {
    const text = powersText({ powers: [power(7, "runs a command", shown)], paint: (_color, part) => part });
    ok(text.includes(shown), text);
  }
});
