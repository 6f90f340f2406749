import { equal, match, ok } from "node:assert/strict";
import { REGISTRY } from "../../../../src/cli/registry.ts";
import { memoryAtmos } from "../../../support/atmos/memory_atmos.ts";

const CONFIG = `auth:
  identities:
    dev: {kind: aws/user}
    prod: {kind: aws/user}
`;
const FILES = { "/home/me/repo/atmos.yaml": CONFIG };

Deno.test("no command takes an identity as its argument and another one as --identity", async () => {
  let seen = 0;
  for (const [name, load] of Object.entries(REGISTRY)) {
    const { definition } = await load();
    if (!definition.args?.complete?.some((kind) => kind.endsWith("identity"))) continue;
    seen++;
    const { status, err } = await memoryAtmos([...name.split(" "), "dev", "-i", "prod"], { files: FILES });
    equal(status, 2, `${name}: ${err}`);
    match(err, /identity "dev" with --identity prod: they select different things\n?/, name);
  }
  ok(seen >= 11, `${seen} commands`);
});

Deno.test("auth configure-aws: no name and no --identity beside --all, nor one beside several names", async () => {
  for (const words of [["dev", "--all"], ["-i", "dev", "--all"], ["dev", "prod", "-i", "dev"]]) {
    const { status, err } = await memoryAtmos(["auth", "configure-aws", ...words], { files: FILES });
    equal(status, 2, words.join(" "));
    match(err, /^Error: Cannot write an AWS profile for identity "\w+" with .+: they select different things\nHint: /);
  }
});
