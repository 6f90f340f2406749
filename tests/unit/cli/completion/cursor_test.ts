import { deepEqual, equal } from "node:assert/strict";
import { type Cursor, readBashLine, readCursor } from "../../../../src/cli/completion/cursor.ts";
import { command } from "../../../../src/cli/args/command.ts";
import type { Registry } from "../../../../src/cli/args/registry.ts";

const base = { summary: "", examples: [], needs: [], run: () => 0 } as const;
const flags = {
  stack: { kind: "string", short: "s", placeholder: "s", summary: "" },
  mode: { kind: "choice", choices: ["a"], summary: "" },
  wait: { kind: "switch", short: "w", summary: "" },
} as const;
const registry: Registry = {
  "aws eks token": () => Promise.resolve({ definition: command({ ...base, name: "aws eks token", flags }) }),
  "version": () => Promise.resolve({ definition: command({ ...base, name: "version", flags: {} }) }),
  "secret": () => Promise.resolve({ definition: command({ ...base, name: "secret", flags: {}, hidden: true }) }),
};

async function read(line: string): Promise<Cursor | undefined> {
  const words = line.split(" ");
  return await readCursor(registry, { before: words.slice(0, -1), current: words.at(-1)! });
}

async function look(line: string) {
  const cursor = await read(line);
  if (cursor === undefined) return undefined;
  const given = cursor.given.map(({ name, value }) => `${name}=${value}`);
  return [cursor.words.join(" "), cursor.definition?.name, given, cursor.positionals, cursor.awaiting?.name];
}

Deno.test("cursor: words lead to a group or a command", async () => {
  deepEqual(await look(""), ["", undefined, [], [], undefined]);
  deepEqual(await look("aws "), ["aws", undefined, [], [], undefined]);
  deepEqual(await look("aws eks token "), ["aws eks token", "aws eks token", [], [], undefined]);
});

Deno.test("cursor: the word at the cursor is not read yet", async () => {
  deepEqual(await look("aws eks token"), ["aws eks", undefined, [], [], undefined]);
});

Deno.test("cursor: a word that leads nowhere, and -- in front of the command, mean nothing", async () => {
  equal(await look("aws nothing "), undefined);
  equal(await look("aws -- "), undefined);
});

Deno.test("cursor: a hidden command completes nothing", async () => {
  equal(await look("secret "), undefined);
});

Deno.test("cursor: `help` in front is followed by the same words", async () => {
  deepEqual(await look("help aws "), ["aws", undefined, [], [], undefined]);
});

Deno.test("cursor: flags before, between and after the words, in every spelling", async () => {
  deepEqual(await look("-C /x aws --config=a eks -ime token -s dev --wait arg "), [
    "aws eks token",
    "aws eks token",
    ["chdir=/x", "config=a", "identity=me", "stack=dev", "wait=undefined"],
    ["arg"],
    undefined,
  ]);
});

Deno.test("cursor: the last flag waits for its value, with a value begun and without", async () => {
  equal((await read("aws --config "))?.awaiting?.name, "config");
  equal((await read("aws eks token --mode x"))?.awaiting?.name, "mode");
  equal((await read("aws eks token -s "))?.awaiting?.name, "stack");
});

Deno.test("cursor: a switch waits for nothing, and a flag never for another flag", async () => {
  equal((await read("aws eks token --wait "))?.awaiting, undefined);
  equal((await read("aws eks token -s --mo"))?.awaiting, undefined);
});

Deno.test("cursor: a flag that is not known is passed over", async () => {
  deepEqual(await look("--nothing aws eks token --nix x "), [
    "aws eks token",
    "aws eks token",
    [],
    ["x"],
    undefined,
  ]);
});

Deno.test("cursor: a flag with an optional value leaves the command's next word alone", async () => {
  deepEqual(await look("-i aws e"), ["aws", undefined, ["identity=undefined"], [], undefined]);
  deepEqual(await look("-i aws aws eks "), ["aws eks", undefined, ["identity=aws"], [], undefined]);
});

Deno.test("cursor: after -- everything is an argument", async () => {
  const cursor = await read("aws eks token a -- --mode ");
  deepEqual([cursor?.afterDashes, cursor?.positionals, cursor?.awaiting], [true, ["a", "--mode"], undefined]);
});

// The line up to the cursor and the text that bash 5.2 hands over as $2, as seen in an interactive bash.
const CASES: readonly (readonly [line: string, text: string, before: string[], current: string, kept: string])[] = [
  ["atmos ", "", [], "", ""],
  ["atmos aws e", "e", ["aws"], "e", ""],
  ["atmos aws  eks ", "", ["aws", "eks"], "", ""],
  ["atmos -i my\\ na", "my\\ na", ["-i"], "my na", ""],
  ["atmos -i dev:ek", "ek", ["-i"], "dev:ek", "dev:"],
  ["atmos -i dev\\:ek", "dev\\:ek", ["-i"], "dev:ek", ""],
  ["atmos -i me@co", "@co", ["-i"], "me@co", "me"],
  ["atmos --mode=a", "a", [], "--mode=a", "--mode="],
  ['atmos -i "my "na', '"my "na', ["-i"], "my na", ""],
  ["atmos -C 'a b' x", "x", ["-C", "a b"], "x", ""],
  ['atmos -C "a\\"b\\x" x', "x", ["-C", 'a"b\\x'], "x", ""],
  ["X=1 atmos aws ", "", ["aws"], "", ""],
  ["atmos 2>err aws > out e", "e", ["aws"], "e", ""],
  ["atmos -C $HOME/x ", "", ["-C", "$HOME/x"], "", ""],
];

for (const [line, text, before, current, kept] of CASES) {
  Deno.test(`bash line: ${line}|`, () => {
    deepEqual(readBashLine(line, text), { typing: { before, current }, kept, quote: "" });
  });
}

Deno.test("bash line: a quote that is open", () => {
  deepEqual(readBashLine('atmos -i "my na', "my na"), {
    typing: { before: ["-i"], current: "my na" },
    kept: "",
    quote: '"',
  });
  deepEqual(readBashLine("atmos --x='it", "it"), {
    typing: { before: [], current: "--x=it" },
    kept: "--x=",
    quote: "'",
  });
});

Deno.test("bash line: what bash will make something else of is not kept as it is", () => {
  deepEqual(readBashLine("atmos -i $(tou", "tou").kept, undefined);
  deepEqual(readBashLine("atmos -i `tou", "tou").kept, undefined);
  deepEqual(readBashLine("atmos -i $A:de", "de").kept, undefined);
  deepEqual(readBashLine("atmos -i '$A:de", "$A:de").kept, "");
  deepEqual(readBashLine("atmos -i $A", "$A").kept, "");
});
