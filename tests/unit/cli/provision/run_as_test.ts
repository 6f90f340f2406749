import { deepEqual, equal, match, rejects } from "node:assert/strict";
import type { Variables } from "../../../../src/auth/environment/environment.ts";
import { IDENTITY_ENV } from "../../../../src/auth/environment/recorded_variables.ts";
import type { ActiveIdentity } from "../../../../src/auth/login/identity.ts";
import { EMPTY_MODEL } from "../../../../src/auth/model/model.ts";
import type { Globals } from "../../../../src/cli/args/global_flags.ts";
import { runAs } from "../../../../src/cli/provision/run_as.ts";
import type { SelectedContext } from "../../../../src/cli/provision/select_context.ts";
import { FileError, type FileErrorKind } from "../../../../src/host/files/file_error.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const PLACE = { credentials: "/c/credentials", config: "/c/config", profile: "dev" };
const OBTAINED = {
  name: "Dev",
  chain: {
    provider: undefined,
    identities: [{ kind: "aws/user", name: "Dev", env: [{ key: "TEAM", value: "core" }] }],
  },
  credentials: { expiration: Date.UTC(2026, 7, 1) },
  source: { kind: "files", place: PLACE },
  region: "eu-west-1",
} as unknown as ActiveIdentity;

const SELECTED: SelectedContext = {
  configuration: undefined,
  linked: { kubeconfigs: [], dockerConfig: undefined },
  current: undefined,
  isChosen: false,
  contexts: [],
  directory: undefined,
  notice: undefined,
};
const GLOBALS = { "logs-level": "info" } as Globals;

function files() {
  const { reader: read, writer: write } = new MemoryFiles();
  return { read, write };
}

Deno.test("run as: the child's environment, and its status", async () => {
  const env = {
    PATH: "/bin",
    AWS_PROFILE: "other",
    AWS_SESSION_TOKEN: "x",
    AWS_PAGER: "",
    ATMOS_SHLVL: "2",
    ATMOS_SAML_PASSWORD: "s",
  };
  const host = fakeHost({ env, files: files(), run: [{ status: 3, stdout: "", stderr: "" }] });
  equal(
    await runAs(host, {
      model: EMPTY_MODEL,
      obtained: OBTAINED,
      selected: SELECTED,
      globals: GLOBALS,
      command: "x",
      args: ["y"],
      shell: true,
    }),
    3,
  );
  const [{ [IDENTITY_ENV]: recorded, ...others }] = host.seen.runs.map((run) => run.env ?? {}) as [Variables];
  match(recorded!, /^TEAM=[0-9a-f]{8}$/);
  deepEqual(host.seen.runs.map((run) => ({ ...run, env: others })), [{
    command: "x",
    args: ["y"],
    env: {
      PATH: "/bin",
      AWS_PAGER: "",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_SDK_LOAD_CONFIG: "1",
      AWS_SHARED_CREDENTIALS_FILE: "/c/credentials",
      AWS_CONFIG_FILE: "/c/config",
      AWS_PROFILE: "dev",
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_CREDENTIAL_EXPIRATION: "2026-08-01T00:00:00Z",
      TEAM: "core",
      ATMOS_IDENTITY: "Dev",
      ATMOS_SHLVL: "3",
    },
  }]);
});

const unstartable: readonly (readonly [FileErrorKind, string, number, string])[] = [
  ["not-found", "x", 127, 'Error: Cannot run "x": there is no such program on PATH\n'],
  ["not-found", "./x", 127, 'Error: Cannot run "./x": there is no such file\n'],
  ["denied", "./x", 126, 'Error: Cannot run "./x": it is not an executable file\n'],
];

for (const [kind, command, status, said] of unstartable) {
  Deno.test(`run as: ${command}: ${kind}: ${status}`, async () => {
    const host = fakeHost({ env: { HOME: "/home/u" }, files: files() });
    const input = {
      model: EMPTY_MODEL,
      obtained: OBTAINED,
      selected: SELECTED,
      globals: GLOBALS,
      command,
      args: [],
      shell: false,
    };
    const run = { ...host.run, foreground: () => Promise.reject(new FileError(kind, command, "run")) };
    equal(await runAs({ ...host, run }, input), status);
    equal(host.seen.err, said);
    const broken = { ...host.run, foreground: () => Promise.reject(new Error("else")) };
    await rejects(runAs({ ...host, run: broken }, input), /else/);
  });
}
