import { deepEqual, equal, ok } from "node:assert/strict";
import { YamlError } from "../../../../src/formats/text/source_error.ts";
import { eventSlices } from "../../../../src/formats/yaml/event_slices.ts";
import { yamlEvents } from "../../../../src/formats/yaml/events.ts";

const ENTRIES = `apiVersion: v1
# of kubectl
clusters:
- cluster:
    server: https://one
    note: |
      two lines

  name: one

- cluster: {server: 'https://two', list: [a,
    b]}
  name: &two "two"
- name: >-
    three
users:
- name: *two
  user:
    exec:
      args:
      - --region
- name: four
contexts: []
empty:
list:
  - 1
  - 2
kind: Config`;

/** What may stand where a slice begins or ends, and is open there, or is another document. */
const PIECES = [
  ...[
    "---",
    "...",
    "%YAML 1.1",
    "? a",
    ": b",
    "- ",
    "-",
    "- - x",
    "a: [",
    "]",
    "{",
    "}",
    '"',
    "'",
    "- 'x",
    "b: |",
    "c: >+",
  ],
  ...[
    "&x",
    "*x",
    "!t",
    "#",
    "  - y",
    "z",
    "z: ",
    "\t",
    " ",
    "\r",
    "\uFEFF",
    "- |",
    "- ? a",
    "clusters:",
    "\u2028a: 1",
    "- a: b",
  ],
];
const LENGTHS = [1, 80];

function read(events: () => readonly unknown[]): string | undefined {
  try {
    return JSON.stringify(events());
  } catch (error) {
    ok(error instanceof YamlError, String(error));
    return undefined;
  }
}

/** Whether slices of that length were enough to read the text. */
function isRead(text: string, length: number): boolean {
  const sliced = read(() => [...eventSlices(text, length)].flat());
  if (sliced !== undefined) equal(sliced, read(() => yamlEvents(text)), `${length}: ${JSON.stringify(text)}`);
  return sliced !== undefined;
}

Deno.test("eventSlices: the same events in many slices as in one", () => {
  for (const text of [ENTRIES, `${ENTRIES}\n`, ENTRIES.replaceAll("\n", "\r\n"), `\uFEFF${ENTRIES}`]) {
    for (const length of LENGTHS) ok(isRead(text, length), `${length}`);
    ok([...eventSlices(text, 1)].length > 6);
    deepEqual([...eventSlices(text)].length, 1);
  }
});

Deno.test("eventSlices: whatever stands on a line, the events of the whole text or none", () => {
  const lines = ENTRIES.split("\n");
  let read = 0;
  for (const at of lines.keys()) {
    for (const piece of PIECES) {
      for (const line of [[piece], [piece, lines[at]!], [`${lines[at]}${piece}`]]) {
        const text = lines.toSpliced(at, 1, ...line).join("\n");
        for (const length of LENGTHS) read += Number(isRead(text, length));
      }
    }
  }
  ok(read > 1_000, `${read} were read`);
});
