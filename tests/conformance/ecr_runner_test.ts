import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { keepSecret } from "../../src/aws/client/credentials.ts";
import { AppError } from "../../src/errors.ts";
import { runner } from "../../src/integrations/ecr/runner.ts";
import { AUTHOR } from "../support/config/author.ts";
import { fakeHost, jsonAnswer } from "../support/host/fake_host.ts";
import { MemoryFiles } from "../support/host/memory_files.ts";
import { renderRemedy } from "../../src/cli/output/remedy.ts";

const PATH = "/home/me/.docker/config.json";
const HOST = "123456789012.dkr.ecr-fips.us-east-2.amazonaws.com";
const NOW = Date.UTC(2026, 0, 2);
const BASE = {
  name: "dev/ecr",
  place: { file: "atmos.yaml", line: 1, column: 1 },
  via: { identity: "dev", provider: undefined },
  autoProvision: true,
  powers: [],
};
const PRIVATE = {
  ...BASE,
  kind: "aws/ecr",
  registry: { accountId: "123456789012", region: "us-east-2", endpoint: "fips" },
} as const;
const PUBLIC = { ...BASE, kind: "aws/ecr-public", region: "us-west-2" } as const;
const SETTINGS = {
  profile: "default",
  endpoints: {},
  fips: false,
  dualstack: false,
  maxAttempts: 1,
  retryMode: "standard",
} as const;
const KEYS = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" };

function world(answers: Parameters<typeof fakeHost>[0] = {}) {
  const files = new MemoryFiles();
  files.directory("/home");
  files.directory("/home/me");
  files.directory("/home/me/.docker");
  const host = fakeHost({
    env: { HOME: "/home/me" },
    files: { read: files.reader, write: files.writer },
    now: NOW,
    ...answers,
  });
  return { files, host };
}

function input<T>(integration: T) {
  return {
    integration,
    identity: "dev",
    credentialsOf: () => Promise.resolve(keepSecret(KEYS)),
    settings: () => SETTINGS,
    configFlags: [],
    author: AUTHOR,
  };
}

const answered = (data: unknown) => jsonAnswer(200, { authorizationData: data });
const token = (expiration: number) => btoa(`AWS:${btoa(JSON.stringify({ payload: "x", expiration }))}`);

Deno.test("both kinds: asked, written together, there, and cleaned up", async () => {
  const seconds = NOW / 1000 + 12 * 3600;
  const data = { authorizationToken: token(seconds), expiresAt: seconds };
  const { files, host } = world({ net: [answered([data]), answered(data)] });
  const one = await runner.look(host, input(PRIVATE));
  const other = await runner.look(host, input(PUBLIC));
  deepEqual(host.seen.requests.map(({ url }) => new URL(url).host), [
    "api.ecr-fips.us-east-2.amazonaws.com",
    "api.ecr-public.us-east-1.amazonaws.com",
  ]);
  equal(runner.fileOf(host, input(PRIVATE)), PATH);
  const ready = { action: "added", path: PATH, expiration: "2026-01-02T12:00:00Z", helper: undefined };
  deepEqual(await runner.write(host, [one, other]), [
    { ...ready, target: HOST, name: HOST },
    { ...ready, target: "public.ecr.aws", name: "public.ecr.aws" },
  ]);
  deepEqual(runner.areThere!(host, [input(PRIVATE)]), [true]);
  deepEqual(runner.environment(host, PRIVATE), { DOCKER_CONFIG: "/home/me/.docker" });
  const told = [`docker's login at ${HOST} (${PATH})`];
  deepEqual(await runner.cleanup(host, { inputs: [input(PRIVATE)], dryRun: true }), told);
  deepEqual(await runner.cleanup(host, { inputs: [input(PRIVATE)], dryRun: false }), told);
  deepEqual(await runner.cleanup(host, { inputs: [input(PRIVATE)], dryRun: false }), []);
  deepEqual(Object.keys(JSON.parse(files.text(PATH)!).auths), ["public.ecr.aws"]);
  deepEqual(await runner.write(host, []), []);
});

Deno.test("there: what has not said that it ends soon, and what a helper makes", () => {
  const isThere = (config: unknown) => {
    const { files, host } = world();
    files.put(PATH, JSON.stringify(config));
    return runner.areThere!(host, [input(PRIVATE)])[0];
  };
  const ends = (minutes: number) => ({ auths: { [HOST]: { auth: token(NOW / 1000 + minutes * 60) } } });
  deepEqual([isThere({}), isThere(ends(10)), isThere(ends(20))], [false, false, true]);
  equal(isThere({ auths: { [HOST]: { auth: btoa("AWS:opaque") } } }), true);
  equal(isThere({ credHelpers: { [HOST]: "atmos" } }), true);
  equal(isThere({ credsStore: "pass" }), false);
});

Deno.test("a denial names the identity and what is missing", async () => {
  const denied = jsonAnswer(400, {
    __type: "AccessDeniedException",
    message: "User: arn:x is not authorized to perform: ecr:GetAuthorizationToken on resource: *",
  });
  const { host } = world({ net: [denied] });
  await rejects(runner.look(host, input(PRIVATE)), (error) => {
    equal(error instanceof AppError && error.code, "aws-denied");
    match(
      renderRemedy({}, error as AppError),
      /^Use another identity .*, or have ecr:GetAuthorizationToken allowed$/,
    );
    return true;
  });
});
