import { equal, match, ok } from "node:assert/strict";
import { loadConfig } from "../../../src/config/load_config.ts";
import { trustCommand } from "../../../src/config/trust/trust_command.ts";
import { TrustGate } from "../../../src/config/trust/trust_gate.ts";
import { validateAuth } from "../../../src/integrations/validate_auth.ts";
import { configWorld, NOTHING_NAMED } from "../../support/config/config_files.ts";

const FILE = "/home/me/repo/atmos.yaml";
/** More than a call can have arguments, in a file that is small enough to be read. */
const MANY = 150_000;

function repeat(line: (at: number) => string): string {
  return Array.from({ length: MANY }, (_, at) => line(at)).join("");
}

/** Whatever a list holds one of for each of them. */
const FILES: Readonly<Record<string, string>> = {
  tags: `auth:
  providers:
    github: {kind: github/oidc, region: us-east-1}
  identities:
    ci:
      kind: aws/assume-role
      via: {provider: github}
      principal:
        assume_role: arn:aws:iam::123456789012:role/ci
        tags:
${repeat((at) => `         k${at}: !env A\n`)}`,
  "policies of the wrong form": `auth:
  identities:
    ci:
      kind: aws/assume-role
      principal:
        policy_arns:
${repeat(() => "        - a\n")}`,
  imports: `import:\n${repeat((at) => `- !env A${at % 9}\n`)}`,
  "merged keys": `x: &x\n${repeat((at) => ` k${at}: 1\n`)}y:\n <<: *x\n`,
};

for (const [what, text] of Object.entries(FILES)) {
  Deno.test(`many values: ${MANY.toLocaleString("en")} ${what} are read like a few`, async () => {
    const { host } = configWorld({ files: { [FILE]: text }, env: { A: "a" } });
    const gate = new TrustGate(host, { command: () => trustCommand(host, NOTHING_NAMED) });
    try {
      const { root } = await loadConfig(host, { ...NOTHING_NAMED, everyProblem: true });
      const { model, problems } = await validateAuth(host, root);
      // Each is hashed by itself.
      ok(Array.isArray(await gate.untrusted(model.powers.slice(0, 1_000))));
      ok(Array.isArray(problems));
    } catch (error) {
      // A limit that the text meets is fine; a RangeError of the engine is none of ours.
      equal((error as { code?: string }).code, "config-invalid", String(error));
      match((error as Error).message, /atmos\.yaml/);
    }
  });
}
