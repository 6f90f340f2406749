import { deepEqual, equal, ok } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { secretsIn } from "../support/canary/secret_forms.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";

const REGISTRY = "123456789012.dkr.ecr.us-east-2.amazonaws.com";
const CONFIG = `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev: {kind: aws/permission-set, default: true, via: {provider: sso}, principal: {name: Admin, account: "123456789012"}}
  integrations:
    dev/ecr: {kind: aws/ecr, via: {identity: dev}, spec: {registry: {account_id: "123456789012", region: us-east-2}}}
`;
const CLUSTER = ["--region", "us-east-2", "--identity", "dev"];

type Line = Readonly<Record<string, unknown>>;
/** Facts that a line of an event has: their values, or any value. */
type Facts = Readonly<Record<string, string | number | boolean | typeof ANY>>;
const ANY = Symbol("any value");

const FILE: Facts = { path: ANY, why: "in the current directory" };
const STORED: Facts = { identity: "dev", fingerprint: ANY, found: "valid", key: ANY, file: ANY };
/** Of every call, whoever signs it. */
const CALL: Facts = { host: ANY, region: "us-east-2", status: 200, request_id: ANY, ms: ANY, attempt: 1 };
const signed = (service: string, operation: string): Facts => ({
  ...CALL,
  service,
  operation,
  identity: "dev",
  key: ANY,
});
const ofProvider = (service: string, operation: string): Facts => ({ ...CALL, service, operation, provider: "sso" });
const LOCK: Facts = { path: ANY, found: "taken", waited_ms: ANY };
const WRITTEN: Facts = { path: ANY };

interface Told {
  readonly args: readonly string[];
  readonly stdin?: string;
  readonly events: Readonly<Record<string, readonly Facts[]>>;
}

/** One after the other: the first one logs in, and the others find what it has stored. */
const COMMANDS: Readonly<Record<string, Told>> = {
  "login": {
    args: ["auth", "login", "dev"],
    events: {
      "configuration file": [FILE],
      "identity": [{ identity: "dev", by: "argument" }],
      "stored credentials": [{ identity: "dev", fingerprint: ANY, found: "none" }],
      "stored SSO session": [{ start_url: START_URL, found: "none", provider: "sso" }],
      "credentials": [{ identity: "dev", renewed: true, key: ANY }],
      "AWS call": [
        ofProvider("sso-oidc", "RegisterClient"),
        ofProvider("sso-oidc", "StartDeviceAuthorization"),
        ofProvider("sso-oidc", "CreateToken"),
        { ...ofProvider("sso", "GetRoleCredentials"), identity: "dev", role: "Admin", account: "123456789012" },
        signed("ecr", "GetAuthorizationToken"),
      ],
      "lock": [LOCK],
      "file written": [WRITTEN],
    },
  },
  "exec": {
    args: ["auth", "exec", "-i", "dev", "--", "true"],
    events: {
      "configuration file": [FILE],
      "identity": [{ identity: "dev", by: "--identity or ATMOS_IDENTITY" }],
      "stored credentials": [STORED],
      "program ended": [{ command: "true", status: 0, ms: ANY }],
    },
  },
  "token": {
    args: ["aws", "eks", "token", "--cluster-name", "dev-cluster", ...CLUSTER],
    events: { "configuration file": [FILE], "stored credentials": [STORED] },
  },
  "update-kubeconfig": {
    args: ["aws", "eks", "update-kubeconfig", "--name", "dev-cluster", ...CLUSTER],
    events: {
      "configuration file": [FILE],
      "stored credentials": [STORED],
      "AWS call": [signed("eks", "DescribeCluster")],
      "lock": [LOCK],
      "file written": [WRITTEN],
    },
  },
  "docker-credential": {
    args: ["docker-credential", "get"],
    stdin: REGISTRY,
    events: {
      "configuration file": [FILE],
      "stored credentials": [STORED],
      "AWS call": [signed("ecr", "GetAuthorizationToken")],
    },
  },
  "completion": { args: ["complete", "auth", "login", ""], events: { "command ended": [{ status: 0, ms: ANY }] } },
};

function hasFacts(line: Line, facts: Facts): boolean {
  return Object.entries(facts).every(([name, value]) =>
    value === ANY ? line[name] !== undefined && line[name] !== "" : String(line[name]) === String(value)
  );
}

/** Reads lines as another program does: what it makes of them, one object a line. */
const PARSERS = {
  json: "import json,sys\nprint(json.dumps([json.loads(l) for l in open(sys.argv[1])]))",
  // Words with the quotes of a shell, which logfmt has, too.
  logfmt: "import json,shlex,sys\n" +
    "print(json.dumps([dict(w.split('=',1) for w in shlex.split(l)) for l in open(sys.argv[1])]))",
} as const;

async function parse(path: string, format: keyof typeof PARSERS): Promise<readonly Line[]> {
  const { success, stdout, stderr } = await new Deno.Command("python3", { args: ["-c", PARSERS[format], path] })
    .output();
  ok(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Everything secret that this AWS has handed out. */
function secretsOf({ aws }: LoginWorld): readonly string[] {
  const keys = [...aws.keys.values()].flatMap((
    { secretAccessKey, sessionToken },
  ) => [secretAccessKey, sessionToken ?? []]);
  return [...keys.flat(), ...aws.logins.accessTokens.keys(), ...aws.logins.refreshTokens.keys()];
}

async function run(world: LoginWorld, { told, format }: { readonly told: Told; readonly format: string }) {
  const path = world.home.at(`${told.args.slice(0, 3).join("-")}.${format}`);
  const log = { ATMOS_LOGS_FILE: path, ATMOS_LOGS_LEVEL: "trace", ATMOS_LOGS_FORMAT: format };
  const nobody = told.args[1] === "login" ? {} : NOBODY;
  const outcome = await runAtmos(told.args, {
    env: world.env({ ...nobody, ...log }),
    cwd: world.home.at("repo"),
    ...(told.stdin === undefined ? {} : { stdin: told.stdin }),
  });
  return { path, outcome };
}

for (const format of ["json", "logfmt"] as const) {
  Deno.test({
    name: `log: each command tells each kind of line, in a file of its user's that another program reads: ${format}`,
    ignore: !hasProgram("python3", `log: ${format}`),
    async fn() {
      await using world = await loginWorld({ config: CONFIG });
      for (const [name, told] of Object.entries(COMMANDS)) {
        const { path, outcome } = await run(world, { told, format });
        equal(outcome.status, 0, `${name}: ${outcome.stderr}`);
        equal(Deno.statSync(path).mode! & 0o777, 0o600, name);
        const lines = await parse(path, format);
        const of = (event: string) => lines.filter((line) => line["event"] === event);
        equal(of("command begins").length, 1, name);
        for (const [event, all] of Object.entries(told.events)) {
          for (const facts of all) {
            const shown = JSON.stringify(facts, (_, value) => value === ANY ? "…" : value);
            ok(
              of(event).some((line) => hasFacts(line, facts)),
              `${name}: ${event} ${shown}\n${JSON.stringify(of(event))}`,
            );
          }
        }
        deepEqual(secretsIn(Deno.readTextFileSync(path), secretsOf(world)), [], name);
        equal(/event=/.test(outcome.stdout + outcome.stderr), false, name);
      }
    },
  });
}
