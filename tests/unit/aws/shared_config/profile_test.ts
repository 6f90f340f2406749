import assert from "node:assert/strict";
import { chooseProfile } from "../../../../src/aws/shared_config/profile.ts";
import { readSharedFiles } from "../../../../src/aws/shared_config/shared_files.ts";
import type { AppError } from "../../../../src/errors.ts";
import { awsHost } from "../aws_host.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

function choose(env: Record<string, string>, input: { flag?: string; config?: string }) {
  const host = awsHost({ env: { HOME: "/h", ...env }, files: { "/h/.aws/config": input.config ?? "" } });
  return chooseProfile(host, {
    files: readSharedFiles(host),
    ...(input.flag === undefined ? {} : { flag: input.flag }),
  });
}

const CONFIG = "[default]\na=1\n[profile dev-admin]\na=2\n[profile prod]\na=3";

Deno.test("the flag beats AWS_PROFILE, which beats default", () => {
  const both = choose({ AWS_PROFILE: "prod" }, { flag: "dev-admin", config: CONFIG });
  assert.deepEqual([both.name, both.namedBy, both.section.get("a")], ["dev-admin", "flag", "2"]);
  const env = choose({ AWS_PROFILE: "prod" }, { config: CONFIG });
  assert.deepEqual([env.name, env.namedBy], ["prod", "env"]);
  const none = choose({}, { config: CONFIG });
  assert.deepEqual([none.name, none.namedBy, none.section.get("a")], ["default", "none", "1"]);
});

Deno.test("AWS_DEFAULT_PROFILE names a profile where AWS_PROFILE does not", () => {
  const found = choose({ AWS_DEFAULT_PROFILE: "prod" }, { config: CONFIG });
  assert.deepEqual([found.name, found.namedBy], ["prod", "env"]);
  const both = choose({ AWS_DEFAULT_PROFILE: "prod", AWS_PROFILE: "dev-admin" }, { config: CONFIG });
  assert.equal(both.name, "dev-admin");
});

Deno.test("default need not exist as long as nobody names it", () => {
  assert.equal(choose({}, {}).section.size, 0);
  assert.throws(() => choose({}, { flag: "default" }), { code: "config-not-found" });
});

const missing: readonly (readonly [string, string, RegExp])[] = [
  ["dev-admn", CONFIG, /Did you mean "dev-admin"/],
  ["zzzzzzzz", CONFIG, /Available: default, dev-admin, prod$/],
  ["x", "", /aws configure --profile x/],
  ["zz", Array.from({ length: 12 }, (_, at) => `[profile q${at + 100}]\na=1`).join("\n"), /and 2 more/],
];

for (const [flag, config, hint] of missing) {
  Deno.test(`a missing profile ${flag} is an error with the hint ${hint}`, () => {
    assert.throws(() => choose({}, { flag, config }), (error: AppError) => {
      assert.equal(error.code, "config-not-found");
      assert.match(error.message, /\/h\/\.aws\/config and \/h\/\.aws\/credentials/);
      assert.match(renderRemedy({}, error), hint);
      return true;
    });
  });
}
