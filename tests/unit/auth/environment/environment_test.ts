import { deepEqual } from "node:assert/strict";
import {
  buildEnvironment,
  type EnvironmentInput,
  type KubectlFiles,
} from "../../../../src/auth/environment/environment.ts";
import { findRecorded, IDENTITY_ENV } from "../../../../src/auth/environment/recorded_variables.ts";
import { Secret } from "../../../../src/secret.ts";

const PLACE = { credentials: "/c/credentials", config: "/c/config", profile: "dev" };
const BARE: EnvironmentInput = {
  identity: "Dev",
  configuration: undefined,
  fingerprint: "0123456789abcdef".repeat(4),
  context: undefined,
  source: { kind: "files", place: PLACE },
  region: undefined,
  expiration: undefined,
  env: [],
  kubectl: { selectors: [], kubeconfigs: [], inherited: [], isNested: false },
  dockerConfig: undefined,
  pathSeparator: ":",
};
const FILES = { AWS_SHARED_CREDENTIALS_FILE: "/c/credentials", AWS_CONFIG_FILE: "/c/config", AWS_PROFILE: "dev" };

function kubectl(files: Partial<KubectlFiles>): Pick<EnvironmentInput, "kubectl"> {
  return { kubectl: { ...BARE.kubectl, ...files } };
}

const cases: readonly (readonly [string, Partial<EnvironmentInput>, Record<string, string>])[] = [
  ["files alone", {}, FILES],
  ["region and expiration", { region: "eu-west-1", expiration: Date.UTC(2026, 0, 2, 3, 4, 5, 999) }, {
    ...FILES,
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_CREDENTIAL_EXPIRATION: "2026-01-02T03:04:05Z",
  }],
  ["memory", {
    source: { kind: "memory", credentials: { accessKeyId: "A", secretAccessKey: new Secret("s") } },
  }, { AWS_ACCESS_KEY_ID: "A", AWS_SECRET_ACCESS_KEY: "s" }],
  ["memory with a session", {
    source: {
      kind: "memory",
      credentials: { accessKeyId: "A", secretAccessKey: new Secret("s"), sessionToken: new Secret("t") },
    },
  }, { AWS_ACCESS_KEY_ID: "A", AWS_SECRET_ACCESS_KEY: "s", AWS_SESSION_TOKEN: "t" }],
  ["ambient", { source: { kind: "ambient" }, region: "eu-west-1", expiration: 1, env: [{ key: "X", value: "" }] }, {
    X: "",
  }],
  ["what the identity says wins", {
    region: "eu-west-1",
    env: [{ key: "AWS_REGION", value: "x" }, { key: "A", value: "b" }],
  }, {
    ...FILES,
    AWS_REGION: "x",
    AWS_DEFAULT_REGION: "eu-west-1",
    A: "b",
  }],
  ["one kubeconfig, the user has none", kubectl({ kubeconfigs: ["/k"] }), {
    ...FILES,
    KUBECONFIG: "/k",
    KUBE_CONFIG_PATH: "/k",
  }],
  ["ours before the user's, none twice", kubectl({ kubeconfigs: ["/k", "/k"], inherited: ["/u", "/k", "/v"] }), {
    ...FILES,
    KUBECONFIG: "/k:/u:/v",
    KUBE_CONFIG_PATH: "/k",
  }],
  [
    "ours behind the user's",
    kubectl({ kubeconfigs: ["/j", "/k", "/l"], behind: ["/k", "/l"], inherited: ["/u", "/l", "/v"] }),
    {
      ...FILES,
      KUBECONFIG: "/j:/u:/l:/v:/k",
      KUBE_CONFIG_PATHS: "/j:/k:/l",
    },
  ],
  ["several kubeconfigs", kubectl({ kubeconfigs: ["/k", "/l"], inherited: ["/h/.kube/config"] }), {
    ...FILES,
    KUBECONFIG: "/k:/l:/h/.kube/config",
    KUBE_CONFIG_PATHS: "/k:/l",
  }],
  [
    "the selector first, and last as well",
    kubectl({ selectors: ["/s", "/e"], kubeconfigs: ["/k"], inherited: ["/u"] }),
    {
      ...FILES,
      KUBECONFIG: "/s:/e:/k:/u:/s",
      KUBE_CONFIG_PATHS: "/s:/e:/k",
    },
  ],
  ["a selector alone", kubectl({ selectors: ["/dev/null"] }), {
    ...FILES,
    KUBECONFIG: "/dev/null",
    KUBE_CONFIG_PATH: "/dev/null",
  }],
  ["Windows", { ...kubectl({ kubeconfigs: ["C:/k"], inherited: ["C:\\u"] }), pathSeparator: ";" }, {
    ...FILES,
    KUBECONFIG: "C:/k;C:\\u",
    KUBE_CONFIG_PATH: "C:/k",
  }],
  [
    "a path that would be several files",
    kubectl({ selectors: ["/s"], kubeconfigs: ["/a:evil", "/k"], inherited: ["/u:v"] }),
    { ...FILES, KUBECONFIG: "/s:/k:/s", KUBE_CONFIG_PATHS: "/s:/k" },
  ],
  ["no cluster: KUBECONFIG is left alone", kubectl({ inherited: ["/u"] }), FILES],
  ["but for the selectors around it", kubectl({ inherited: ["/u"], isNested: true }), { ...FILES, KUBECONFIG: "/u" }],
  ["the identity's own KUBE_CONFIG_PATHS stays", {
    ...kubectl({ kubeconfigs: ["/k"], inherited: ["/i"] }),
    env: [{ key: "KUBECONFIG", value: "/i" }, { key: "KUBE_CONFIG_PATHS", value: "/p:/q" }],
  }, { ...FILES, KUBECONFIG: "/k:/i", KUBE_CONFIG_PATHS: "/p:/q" }],
  ["whose they are, whatever the identity says of that, and the context", {
    context: "prod",
    env: [{ key: "ATMOS_IDENTITY", value: "x" }],
  }, { ...FILES, ATMOS_IDENTITY: "Dev", ATMOS_KUBE_CONTEXT: "prod" }],
  ["whose the identity is", {
    configuration: "/repo",
    env: [{ key: "ATMOS_IDENTITY_CONFIG", value: "x" }],
  }, { ...FILES, ATMOS_IDENTITY_CONFIG: "/repo", ATMOS_IDENTITY_FINGERPRINT: "0123456789abcdef:Dev" }],
  ["registries", { dockerConfig: "/d" }, { ...FILES, DOCKER_CONFIG: "/d" }],
];

for (const [name, input, variables] of cases) {
  Deno.test(`environmentOf: ${name}`, () => {
    const { [IDENTITY_ENV]: _recorded, ...built } = buildEnvironment({ ...BARE, ...input });
    deepEqual(built, { ATMOS_IDENTITY: "Dev", ...variables });
  });
}

Deno.test("what the identity's env has set, and keys, are recorded with their values, and nothing else", () => {
  const env = [{ key: "AWS_ENDPOINT_URL_STS", value: "https://a,b=c" }, { key: "EMPTY", value: "" }];
  const credentials = { accessKeyId: "A", secretAccessKey: new Secret("s") };
  const made = buildEnvironment({ ...BARE, region: "eu-west-1", source: { kind: "memory", credentials }, env });
  deepEqual(findRecorded(made), ["AWS_ACCESS_KEY_ID", "AWS_ENDPOINT_URL_STS", "AWS_SECRET_ACCESS_KEY", "EMPTY"]);
  deepEqual(findRecorded({ ...made, AWS_ENDPOINT_URL_STS: "mine", AWS_ACCESS_KEY_ID: "B" }), [
    "AWS_SECRET_ACCESS_KEY",
    "EMPTY",
  ]);
  deepEqual(IDENTITY_ENV in buildEnvironment(BARE), false);
  for (const odd of ["", ",", "=", "A", "A=", "A=0,A=0", "__proto__=1"]) {
    deepEqual(findRecorded({ A: "a", [IDENTITY_ENV]: odd }), []);
  }
});
