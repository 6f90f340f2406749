import { deepEqual, equal } from "node:assert/strict";
import { addToCommands, configurationWords, keepConfiguration } from "../../../../src/cli/output/keep_configuration.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

const WORDS = ["-C", "../shop", "--config", "my atmos.yaml", "--config-profile", "ci"];
const ALL = "-C ../shop --config 'my atmos.yaml' --config-profile ci";

Deno.test("what names a configuration is repeated as it was given, each as often", () => {
  deepEqual(configurationWords({ config: ["a", "b"], "base-path": "c", chdir: "d", "config-profile": [] }), [
    ...["-C", "d", "--config", "a", "--config", "b", "--base-path", "c"],
  ]);
});

const texts: readonly (readonly [text: string, expected: string])[] = [
  ["Log in: atmos auth login dev", `Log in: atmos auth login dev ${ALL}`],
  ["Log in: atmos auth login 'a b'", `Log in: atmos auth login 'a b' ${ALL}`],
  ["Log in: atmos auth login dev, or renew the keys.", `Log in: atmos auth login dev ${ALL}, or renew the keys.`],
  ["Type atmos auth login, with --device-code if", `Type atmos auth login ${ALL}, with --device-code if`],
  ["See them: atmos auth list --identities.", `See them: atmos auth list --identities ${ALL}.`],
  ["Use `atmos auth trust` first", `Use \`atmos auth trust ${ALL}\` first`],
  ["Run atmos auth validate again", `Run atmos auth validate ${ALL} again`],
  ["Try: atmos auth exec -- kubectl get pods", `Try: atmos auth exec ${ALL} -- kubectl get pods`],
  ['Run: eval "$(atmos auth env dev)"', `Run: eval "$(atmos auth env dev ${ALL})"`],
  ["atmos auth env dev --format fish | source", `atmos auth env dev --format fish ${ALL} | source`],
  ["atmos auth login a\natmos auth login b", `atmos auth login a ${ALL}\natmos auth login b ${ALL}`],
  ["atmos auth trust -C /x --config y eks", "atmos auth trust -C /x --config y eks --config-profile ci"],
  ["atmos auth login --config=y", "atmos auth login --config=y -C ../shop --config-profile ci"],
  ["atmos completion bash", "atmos completion bash"],
  ["Correct atmos.yaml, or start atmos from there", "Correct atmos.yaml, or start atmos from there"],
];
for (const [text, expected] of texts) {
  Deno.test(`commands to type keep the configuration: ${JSON.stringify(text)}`, () => {
    equal(addToCommands(text, WORDS), expected);
  });
}

Deno.test("of what is printed, only what tells to type something is changed, painted or not", () => {
  const host = fakeHost({});
  const kept = keepConfiguration(host, ["--config", "a"]);
  kept.terminal.err("Error: no atmos auth login x\nHint: atmos auth login x\n\x1b[36mHint:\x1b[0m atmos auth list\n");
  kept.terminal.err("  Next:  atmos auth login x\n");
  kept.terminal.out("Hint: atmos auth login x\n");
  equal(
    host.seen.err,
    "Error: no atmos auth login x\nHint: atmos auth login x --config a\n" +
      "\x1b[36mHint:\x1b[0m atmos auth list --config a\n  Next:  atmos auth login x --config a\n",
  );
  equal(host.seen.out, "Hint: atmos auth login x\n");
  equal(keepConfiguration(host, []), host);
});
