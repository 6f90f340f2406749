import { deepEqual } from "node:assert/strict";
import { memoryAtmos } from "../../../support/atmos/memory_atmos.ts";

for (const command of ["auth status", "auth status --all", "auth whoami", "auth env", "auth console"]) {
  Deno.test(`${command}: without any atmos.yaml the message says so, and how to get one`, async () => {
    const { status, err } = await memoryAtmos(command.split(" "));
    deepEqual([status, err], [
      2,
      `Error: Cannot choose an identity: no atmos.yaml was found
Hint: Set one up: atmos auth init, or specify your directory: -C DIRECTORY
`,
    ]);
  });
}
