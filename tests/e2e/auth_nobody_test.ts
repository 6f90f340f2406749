import { deepEqual, match } from "node:assert/strict";
import { loginWorld, NOBODY, sessionFile } from "../support/runs/login_run.ts";

const LOGIN = "Hint: Log in at a terminal: atmos auth login Dev\n";

/** Commands that would need a person, and the command that they tell to type. */
const COMMANDS: readonly (readonly [args: readonly string[], hint: string])[] = [
  [["auth", "login"], LOGIN],
  [["auth", "login", "--force"], LOGIN],
  [["auth", "login", "deploy"], "Hint: Log in at a terminal: atmos auth login deploy\n"],
  [["auth", "login", "--provider=sso"], "Hint: Log in at a terminal: atmos auth login --provider sso\n"],
  [["auth", "exec", "--", "touch", "ran"], LOGIN],
  [["auth", "shell", "--shell", "/bin/sh", "--", "-c", "touch ran"], LOGIN],
  [["auth", "env", "--login"], LOGIN],
  [["auth", "whoami"], LOGIN],
];

for (const [args, hint] of COMMANDS) {
  Deno.test(`nobody there: atmos ${args.join(" ")}: status 4, the command to type, and not one call`, async () => {
    await using world = await loginWorld({ expects: [] });
    const { status, stdout, stderr } = await world.run(args, NOBODY);
    deepEqual([status, stdout, stderr.endsWith(hint)], [4, "", true], stderr);
    match(stderr, /^Error: Cannot use [^\n]+\nHint: [^\n]+\n$/);
    world.aws.assertDone();
    // Locks of logins stay, and are empty.
    const left = world.home.files().filter((path) => !/\.login$/.test(path));
    deepEqual(left, ["repo/atmos.yaml"]);
  });
}

Deno.test("nobody there: a session that has ended and cannot be renewed needs no call either", async () => {
  await using world = await loginWorld({ sso: { noRefresh: true, tokenSeconds: 60 } });
  await world.run(["auth", "login"]);
  const before = world.aws.calls.length;
  const { status, stderr } = await world.run(["auth", "login", "--force"], NOBODY);
  deepEqual([status, stderr.endsWith(LOGIN)], [4, true], stderr);
  deepEqual([world.aws.calls.length, sessionFile(world.home) === undefined], [before, false]);
});
