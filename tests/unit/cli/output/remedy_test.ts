import { deepEqual, equal } from "node:assert/strict";
import { readCommandLine } from "../../../../src/cli/args/command_line.ts";
import { renderParts } from "../../../../src/cli/output/remedy.ts";
import { REGISTRY } from "../../../../src/cli/registry.ts";
import { argumentWords } from "../../../../src/formats/text/command_words.ts";
import { nameCommand, nameShellCommand, remedy, type RemedyContext, type RemedyPart } from "../../../../src/remedy.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

/** Names as atmos.yaml may have them; each has to come back from the command that a hint prints. */
const NAMES = [
  ...[
    "dev",
    "prod/Admin",
    "a b",
    "-iprod/Admin",
    "--identity=x",
    "--",
    "-",
    "-x y",
    "it's",
    "'",
    '"q"',
    "$HOME",
    "`id`",
  ],
  ...["=ls", "~", "*", "a;b", "dev.", "or", "x, y", "a\\b", "ä", "#c", "--force", "-C"],
];

type Kind = Exclude<RemedyPart, string>["kind"];
/** Each part of a remedy that is a command, or a part of one, with a name in each way that it may have one. */
const PARTS: Record<Kind, (name: string) => readonly (readonly [part: RemedyPart, context?: RemedyContext])[]> = {
  "login": (name) => [
    [{ kind: "login", identity: name }],
    [{ kind: "login", identity: name, force: true, with: "device-code" }],
    [{ kind: "login", provider: name, force: true }],
    [{ kind: "login" }, { login: { identity: name } }],
    [{ kind: "login" }, { login: { provider: name } }],
  ],
  "terminal-login": (name) => [
    [{ kind: "terminal-login", identity: name, at: "screen" }],
    [{ kind: "terminal-login", identity: name }, { isPipeline: true }],
  ],
  "secret-key": (name) => [[{ kind: "secret-key" }, { keys: name }]],
  "profile-login": (name) => [[{ kind: "profile-login", profile: "p", orKeys: true }, { refused: name }]],
  "list-components": (name) => [[{ kind: "list-components", stack: name }]],
  "store-keys": (name) => [
    [{ kind: "store-keys", identity: name, how: "replace" }],
    [{ kind: "store-keys" }, { login: { identity: name } }],
  ],
  // A flag that may be repeated has its values divided at commas.
  "write-entry": (name) => name.includes(",") ? [] : [[{ kind: "write-entry", integrations: [name], how: "replace" }]],
  // What a terminal would not show is escaped as bash reads it.
  "shell-command": () => [],
  "command": (name) => [[nameCommand("auth", "login", ...argumentWords(name))]],
  ...withoutNames(["next-line", "other-credentials", "setting", "check-configuration", "set-up"]),
  ...withoutNames(["list-identities", "list-providers", "list-stacks", "no-endpoint-check"]),
};

function withoutNames<K extends Kind>(kinds: readonly K[]): Record<K, () => readonly []> {
  return Object.fromEntries(kinds.map((kind) => [kind, () => []])) as unknown as Record<K, () => readonly []>;
}

for (const [kind, parts] of Object.entries(PARTS)) {
  for (const configuration of [undefined, ["--config", "-my atmos.yaml"]]) {
    Deno.test(`a hint of ${kind} names what it means${configuration ? ", and its configuration" : ""}`, async () => {
      for (const name of NAMES) {
        for (const [part, context] of parts(name)) {
          const text = renderParts({}, [part], {
            ...context,
            ...(configuration === undefined ? {} : { configuration }),
          });
          const { named, configFiles } = await read(text);
          deepEqual([text, named], [text, [name]]);
          if (configuration !== undefined) deepEqual([text, configFiles], [text, ["-my atmos.yaml"]]);
        }
      }
    });
  }
}

Deno.test("a setting with a value is read back as that value", async () => {
  for (const value of NAMES) {
    for (const setting of ["alias", "kubeconfig", "stack", "identity"] as const) {
      const flag = renderParts({}, [{ kind: "setting", setting, value }]);
      equal((await read(`atmos aws eks update-kubeconfig ${flag}`)).named.join(), value, flag);
    }
  }
});

Deno.test("another program's command can be pasted, whatever the path is", () => {
  for (const name of NAMES) {
    deepEqual(shellWords(renderParts({}, remedy`Check it, then: ${nameShellCommand("rm", `/d/${name}`)}`)).slice(3), [
      "rm",
      `/d/${name}`,
    ]);
  }
  equal(renderParts({}, [nameShellCommand("rm", "/a\nHint: b")]), String.raw`rm $'/a\012Hint: b'`);
});

/** What the command at the end of a text names, read as a shell and this program read it. */
async function read(text: string) {
  const command = text.slice(
    text.lastIndexOf("atmos a") < 0 ? text.lastIndexOf("atmos l") : text.lastIndexOf("atmos a"),
  );
  const [, ...argv] = shellWords(command);
  const request = await readCommandLine(fakeHost(), { registry: REGISTRY, argv });
  if (request.kind !== "run") throw new Error(`${text} runs nothing`);
  const flags: Readonly<Record<string, unknown>> = request.typed;
  const typed = ["identity", "provider", "integration", "stack", "alias", "kubeconfig"].map((name) => flags[name]);
  const named = [...request.input.args, ...typed.flat()].filter((value) => value !== undefined);
  return { named, configFiles: flags.config };
}

/** The words of a line of quoted and plain words, as sh divides it. */
function shellWords(line: string): readonly string[] {
  const words = line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  return words.map((word) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, one, other) => one ?? other));
}
