import { deepEqual, equal } from "node:assert/strict";
import { GLOBAL_FLAGS } from "../../../../src/cli/args/global_flags.ts";
import { hideRepeatedVariables } from "../../../../src/cli/args/repeated_variables.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

const REGION = { kind: "string", summary: "", placeholder: "region", env: ["AWS_REGION"] } as const;
const FLAGS = { ...GLOBAL_FLAGS, region: REGION };
const ENV = { ATMOS_IDENTITY: "prod", ATMOS_BASE_PATH: "base", AWS_REGION: "us-east-2" };

Deno.test("a variable that says what is typed is not there for the command; AWS's own, and others, are", () => {
  const host = fakeHost({ env: ENV });
  const seen = (typed: Readonly<Record<string, string>>) => {
    const { env } = hideRepeatedVariables(host, { flags: FLAGS, typed });
    deepEqual(env.all(), ENV, "programs that are started get all");
    return Object.keys(ENV).filter((name) => env.get(name) !== undefined);
  };
  deepEqual(seen({ identity: "prod", region: "us-east-2" }), ["ATMOS_BASE_PATH", "AWS_REGION"]);
  deepEqual(seen({ identity: "dev", "base-path": "base" }), ["ATMOS_IDENTITY", "AWS_REGION"]);
  equal(hideRepeatedVariables(host, { flags: FLAGS, typed: {} }), host);
});
