import { deepEqual, equal, notEqual } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { keyOfToken } from "../support/kube_api/token_facts.ts";
import { type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";

const CONFIG = `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: {id: "123456789012"}}}
  integrations:
    dev/ecr: {kind: aws/ecr, via: {identity: dev}, spec: {registry: {account_id: "123456789012", region: us-east-2}}}
`;
const OTHER = CONFIG.replace("name: Admin", "name: ReadOnly").replaceAll("123456789012", "210987654321");
const ACCOUNTS = ["123456789012", "210987654321"].map((id) => ({
  ...{ id, name: id, email: "m@example.com" },
  roles: ["Admin", "ReadOnly"],
}));
const HOST = "123456789012.dkr.ecr.us-east-2.amazonaws.com";

/** What would have the same names mean others, where nothing is pinned. */
const VARIABLES = (at: (path: string) => string) => [
  { ATMOS_PROFILE: "other" },
  { ATMOS_CONFIG: at("other/atmos.yaml") },
  { ATMOS_CONFIG_PATH: at("other") },
  { ATMOS_CLI_CONFIG_PATH: at("other") },
  { ATMOS_BASE_PATH: at("other") },
  { ATMOS_CHDIR: at("other") },
];

/** What programs start, and whose credentials its answer has. */
const PLUGINS = [
  {
    args: ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2", "--identity=dev"],
    answer: keyOfToken,
  },
  { args: ["auth", "credential-process", "--identity=dev"], answer: (out: string) => JSON.parse(out).AccessKeyId },
  { args: ["docker-credential", "get"], answer: (out: string) => JSON.parse(out).Secret.replace(/\d+$/, "") },
];

async function world(): Promise<LoginWorld> {
  const made = await loginWorld({ config: CONFIG, sso: { accounts: ACCOUNTS } });
  made.home.write("repo/profiles/other/atmos.yaml", OTHER);
  made.home.write("other/atmos.yaml", OTHER);
  equal((await made.run(["auth", "login", "dev"])).status, 0);
  return made;
}

for (const { args, answer } of PLUGINS) {
  for (const by of ["--config", "--chdir"] as const) {
    Deno.test(`what ${by} pins is pinned: ${args.slice(0, 3).join(" ")}`, async () => {
      await using made = await world();
      const { home } = made;
      const pin = by === "--config" ? `--config=${home.at("repo/atmos.yaml")}` : `--chdir=${home.at("repo")}`;
      const run = async (env: Readonly<Record<string, string>>) => {
        const stdin = args[0] === "docker-credential" ? HOST : "";
        const words = [pin, ...args];
        const { status, stdout, stderr } = await runAtmos(words, {
          env: made.env({ ...NOBODY, ...env }),
          cwd: home.path,
          stdin,
        });
        equal(status, 0, `${JSON.stringify(env)}: ${stderr}`);
        return answer(stdout);
      };
      const own = await run({});
      for (const env of VARIABLES((path) => home.at(path))) deepEqual([env, await run(env)], [env, own]);
    });
  }
}

Deno.test("what a user types obeys a profile all the same", async () => {
  await using made = await world();
  const status = (env: Readonly<Record<string, string>>) =>
    runAtmos(["--config", made.home.at("repo/atmos.yaml"), "auth", "status", "dev"], {
      env: made.env({ ...NOBODY, ...env }),
      cwd: made.home.path,
    });
  equal((await status({})).status, 0);
  notEqual((await status({ ATMOS_PROFILE: "other" })).status, 0);
});
