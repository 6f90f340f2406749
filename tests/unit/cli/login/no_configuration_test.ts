import { deepEqual, doesNotMatch, ok } from "node:assert/strict";
import { REGISTRY } from "../../../../src/cli/registry.ts";
import { memoryAtmos } from "../../../support/atmos/memory_atmos.ts";

const HINT = "Hint: Set one up: atmos auth init, or specify your directory: -C DIRECTORY\n";

for (const command of ["auth status", "auth logout", "auth whoami", "auth env", "auth console", "auth use"]) {
  Deno.test(`${command}: without any atmos.yaml the message says so, and how to get one`, async () => {
    const unnamed = await memoryAtmos(command.split(" "));
    deepEqual(
      [unnamed.status, unnamed.err],
      [2, `Error: Cannot choose an identity: no atmos.yaml was found\n${HINT}`],
    );
  });
}

Deno.test("no command without any atmos.yaml speaks of one that was read, nor of an identity that is not in it", async () => {
  let said = 0;
  for (const name of Object.keys(REGISTRY)) {
    for (const flags of [[], ["--identity", "foo"]]) {
      const { err } = await memoryAtmos([...name.split(" "), ...flags]);
      doesNotMatch(err, /that was read|no identity of that name/, `${name} ${flags.join(" ")}`);
      if (err.includes("no atmos.yaml was found")) said++;
    }
  }
  ok(said > 20, `${said} times`);
});
