import { deepEqual, equal } from "node:assert/strict";
import { commandLine, configurationWords } from "../../../../src/cli/output/own_command.ts";
import { renderParts } from "../../../../src/cli/output/remedy.ts";
import { forgetRecordedTexts, recordFetched } from "../../../../src/hidden_texts.ts";
import { addWords, nameCommand, type Remedy, remedy, type RemedyPart } from "../../../../src/remedy.ts";

const WORDS = ["-C", "../shop", "--config", "my atmos.yaml", "--config-profile", "ci"];
const ALL = "-C ../shop --config 'my atmos.yaml' --config-profile ci";

Deno.test("what names a configuration is repeated as it was given, each as often", () => {
  deepEqual(configurationWords({ config: ["a", "b"], "base-path": "c", chdir: "d", "config-profile": [] }), [
    ...["-C", "d", "--config", "a", "--config", "b", "--base-path", "c"],
  ]);
});

const LINES: readonly (readonly [words: readonly string[], expected: string])[] = [
  [["auth", "login", "dev"], `atmos auth login dev ${ALL}`],
  [["auth", "login", "a b"], `atmos auth login 'a b' ${ALL}`],
  [["auth", "login", "a\nHint: b"], `atmos auth login $'a\\012Hint: b' ${ALL}`],
  [["auth", "exec", "--", "kubectl", "--config"], `atmos auth exec ${ALL} -- kubectl --config`],
  [["auth", "trust", "-C", "/x", "--config", "y", "eks"], "atmos auth trust -C /x --config y eks --config-profile ci"],
  [["auth", "login", "--config=y"], "atmos auth login --config=y -C ../shop --config-profile ci"],
];
for (const [words, expected] of LINES) {
  Deno.test(`a command keeps the configuration: ${JSON.stringify(words)}`, () =>
    equal(commandLine(words, WORDS), expected));
}

Deno.test("what stands for a fetched text in a command is one word of it", () => {
  recordFetched("fetched as a name", "!include $(touch x) .env");
  equal(commandLine(["auth", "login", "fetched as a name"], []), "atmos auth login '[!include]'");
  const shell: RemedyPart = { kind: "shell-command", words: ["kubectl", "--context=a fetched as a name"] };
  equal(renderParts({}, [shell]), "kubectl '--context=a [!include]'");
  forgetRecordedTexts();
});

/** Every part that is a command of this program, or leads to one. */
const COMMANDS: Readonly<Record<Exclude<RemedyPart, string>["kind"], readonly RemedyPart[]>> = {
  "command": [nameCommand("auth", "env"), nameCommand("auth", "exec", "--", "ls")],
  "login": [
    { kind: "login" },
    { kind: "login", identity: "dev", force: true },
    { kind: "login", provider: "sso", with: "device-code" },
    { kind: "login", portal: { startUrl: "https://x.awsapps.com/start", region: "us-east-1" } },
  ],
  "terminal-login": [{ kind: "terminal-login" }, { kind: "terminal-login", identity: "dev", at: "screen" }],
  "profile-login": [{ kind: "profile-login", profile: "p", orKeys: true }, { kind: "profile-login", profile: "p" }],
  "secret-key": [{ kind: "secret-key" }],
  "check-configuration": [{ kind: "check-configuration" }, { kind: "check-configuration", verbose: true }],
  "set-up": [{ kind: "set-up" }],
  "list-identities": [{ kind: "list-identities" }],
  "list-providers": [{ kind: "list-providers" }],
  "list-stacks": [{ kind: "list-stacks" }],
  "list-components": [{ kind: "list-components" }, { kind: "list-components", stack: "dev" }],
  "store-keys": [{ kind: "store-keys" }, { kind: "store-keys", identity: "dev", how: "replace" }],
  "write-entry": [
    { kind: "write-entry" },
    { kind: "write-entry", integrations: ["a", "b"], how: "replace" },
    { kind: "write-entry", how: "atmos-plugin", setting: "alias" },
  ],
  "setting": [{ kind: "setting", setting: "identity" }],
  "next-line": [],
  "other-credentials": [],
  "no-endpoint-check": [],
  "shell-command": [],
};

const CONTEXTS = [{}, { isPipeline: true }] as const;
const KNOWN = { login: { identity: "dev" }, refused: "dev", keys: "dev", dockerRegistry: "r.example" };

for (const part of Object.values(COMMANDS).flat()) {
  Deno.test(`a remedy's commands are for the configuration of the run: ${JSON.stringify(part)}`, () => {
    for (const more of CONTEXTS) {
      const context = { ...KNOWN, ...more };
      const texts = (host: { readonly configuration?: readonly string[] }, one: Remedy) =>
        renderParts(host, one, context);
      const [plain, named] = [texts({}, [part]), texts({ configuration: WORDS }, [part])];
      const commands = plain.match(/\batmos (?=auth|aws|list)/g)?.length ?? 0;
      equal(commands > 0, true, plain);
      equal(named.split(ALL).length - 1, commands, named);
      equal(named.replaceAll(` ${ALL}`, ""), plain);
      equal(texts({ configuration: WORDS }, remedy`eval "$(${part})", or not`), `eval "$(${named})", or not`);
    }
  });
}

Deno.test("an error that knows its configuration keeps that one", () => {
  const text = renderParts({ configuration: WORDS }, nameCommand("auth", "list"), { configuration: ["--config", "b"] });
  equal(text, "atmos auth list --config b");
});

Deno.test("what is no command stays as it is: sentences, and what looks like a command in them", () => {
  for (const text of ["Log in: atmos auth login dev", "atmos completion bash", "Correct atmos.yaml"]) {
    equal(renderParts({ configuration: WORDS }, text), text);
  }
});

Deno.test("more flags of a command stand before two dashes, behind which they would be arguments", () => {
  const update = (...words: readonly string[]) => nameCommand("aws", "eks", "update-kubeconfig", ...words);
  const line = (command: ReturnType<typeof update>) => commandLine(command.words, []);
  equal(
    line(addWords(update("--", "-x"), "--exec-command", "atmos")),
    "atmos aws eks update-kubeconfig --exec-command atmos -- -x",
  );
  equal(
    line(addWords(update("dev"), "--exec-command", "atmos")),
    "atmos aws eks update-kubeconfig dev --exec-command atmos",
  );
  equal(line(addWords(update(), "--", "-x")), "atmos aws eks update-kubeconfig -- -x");
});
