import { deepEqual, ok, rejects } from "node:assert/strict";
import { type CanaryFlow, leaksOf } from "../support/canary/canary.ts";
import { ECHO_FLOWS, SAML_ECHO } from "../support/canary/echoes.ts";
import { CANARY_FLOWS } from "../support/canary/flows.ts";
import { keyEnv, SESSION_KEY } from "../support/standin/keys.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { NOBODY } from "../support/runs/login_run.ts";

const NEEDED = ["ps", "script"].every((program) => hasProgram(program, "canary"));

for (const flow of [...CANARY_FLOWS, ...ECHO_FLOWS, SAML_ECHO]) {
  Deno.test({
    name: `canary: ${flow.says}: no secret but where it belongs`,
    ignore: !NEEDED,
    fn: async () => deepEqual(await leaksOf(flow), []),
  });
}

const SECRET = "canary/secret+of the=test";

function bird(play: CanaryFlow["play"]): Promise<readonly string[]> {
  return leaksOf({ says: "", secrets: [SECRET], play });
}

function exec(script: string, ...more: readonly string[]): readonly string[] {
  return ["auth", "exec", "-i", "runner", "--", "sh", "-c", script, "sh", ...more];
}

const env = { ...NOBODY, ...keyEnv(SESSION_KEY), CANARY: SECRET };

const LEAKS: Readonly<Record<string, readonly [args: readonly string[], where: RegExp]>> = {
  "on stdout": [exec('echo "$CANARY"'), /^canary\S+ .* in stdout of auth exec /],
  "on stderr, as a URL has it": [exec("echo canary%2Fsecret%2Bof%20the%3Dtest >&2"), / in stderr of auth exec /],
  "in a file, as base64": [exec('printf %s "$CANARY" | base64 >"$TMPDIR/x"'), / in tmp\/x$/],
  "on a command line": [exec("sleep 1", SECRET), / in ps$/],
  "of AWS": [exec('echo "$AWS_SESSION_TOKEN"'), /^AQoDYXdzEJr\S+ in stdout of /],
};

for (const [says, [args, where]] of Object.entries(LEAKS)) {
  Deno.test({
    name: `canary: it sings for a secret ${says}`,
    ignore: !NEEDED,
    async fn() {
      const leaks = await bird(async ({ atmos }) => void await atmos(args, { env }));
      const found = leaks.some((leak) => where.test(leak));
      ok(found, leaks.join("\n"));
    },
  });
}

Deno.test({
  name: "canary: a flow that does not get where it should is no proof",
  ignore: !NEEDED,
  fn: () => rejects(bird(async ({ atmos }) => void await atmos(exec("exit 3"), { env })), /ended with 3, not with 0/),
});
