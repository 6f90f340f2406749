import { deepEqual, equal } from "node:assert/strict";
import { reportRow } from "../support/faults/fault_report.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";
import { loginWorld, NOBODY } from "../support/runs/login_run.ts";

const PROCESSES = 20;

Deno.test(`${PROCESSES} processes log in to ${PROCESSES} registries at once: every one is in docker's file`, async () => {
  await using here = await loginWorld({ config: "auth: {realm: test}\n" });
  const before = '{\n\t"HttpHeaders": {"X": "1"},\n\t"auths": {"ghcr.io": {"auth": "bWU6cHc="}}\n}\n';
  here.home.write(".docker/config.json", before);
  const hosts = Array.from({ length: PROCESSES }, (_, at) => `1234567890${10 + at}.dkr.ecr.us-east-2.amazonaws.com`);
  const env = { ...NOBODY, ...keyEnv(USER_KEY) };
  const runs = await Promise.all(hosts.map((host) => here.run(["aws", "ecr", "login", "--registry", host], env)));
  deepEqual(runs.map(({ status }) => status), hosts.map(() => 0), runs.map(({ stderr }) => stderr).join(""));
  const after = JSON.parse(here.home.read(".docker/config.json")!);
  deepEqual(Object.keys(after.auths).toSorted(), [...hosts, "ghcr.io"].toSorted());
  deepEqual([after.HttpHeaders, after.auths["ghcr.io"]], [{ X: "1" }, { auth: "bWU6cHc=" }]);
  equal(here.aws.count("GetAuthorizationToken"), PROCESSES);
  reportRow({ fault: "at once", tried: "logins to registries", outcomes: { "every registry is there": PROCESSES } });
});
