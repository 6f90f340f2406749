import { deepEqual, equal, rejects } from "node:assert/strict";
import type { ActiveIdentity } from "../../../../src/auth/login/identity.ts";
import { shareCredentials } from "../../../../src/cli/provision/shared_credentials.ts";

function obtainedAs(name: string): ActiveIdentity {
  return { name, credentials: { accessKeyId: name } } as unknown as ActiveIdentity;
}

Deno.test("one identity after the other is asked for, each once, whatever comes of the one before", async () => {
  const seen: string[] = [];
  const obtain = async (identity: string) => {
    seen.push(`${identity} begins`);
    await Promise.resolve();
    seen.push(`${identity} ends`);
    if (identity === "bad") throw new Error("no");
    return obtainedAs(identity);
  };
  const of = shareCredentials({ obtained: [obtainedAs("Dev")], obtain });
  const results = [of("bad"), of("ops"), of("OPS"), of("dev")];
  await rejects(results[0]!, /no/);
  equal((await results[1])?.accessKeyId, "ops");
  equal((await results[2])?.accessKeyId, "ops");
  equal((await results[3])?.accessKeyId, "Dev");
  deepEqual(seen, ["bad begins", "bad ends", "ops begins", "ops ends"]);
});
