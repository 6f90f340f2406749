import { deepEqual } from "node:assert/strict";
import { type EnvironmentInput, environmentOf } from "../../../../src/auth/environment/environment.ts";
import { Secret } from "../../../../src/secret.ts";

const PLACE = { credentials: "/c/credentials", config: "/c/config", profile: "dev" };
const BARE: EnvironmentInput = {
  source: { kind: "files", place: PLACE },
  region: undefined,
  expiration: undefined,
  env: [],
  kubeconfigs: [],
  userKubeconfig: undefined,
  dockerConfig: undefined,
  pathSeparator: ":",
};
const FILES = { AWS_SHARED_CREDENTIALS_FILE: "/c/credentials", AWS_CONFIG_FILE: "/c/config", AWS_PROFILE: "dev" };

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
  ["one kubeconfig, the user has none", { kubeconfigs: ["/k"] }, {
    ...FILES,
    KUBECONFIG: "/k",
    KUBE_CONFIG_PATH: "/k",
  }],
  ["ours before the user's, none twice", { kubeconfigs: ["/k", "/k"], userKubeconfig: "/u::/k:/v:" }, {
    ...FILES,
    KUBECONFIG: "/k:/u:/v",
    KUBE_CONFIG_PATH: "/k",
  }],
  ["several kubeconfigs", { kubeconfigs: ["/k", "/l"], userKubeconfig: "/h/.kube/config" }, {
    ...FILES,
    KUBECONFIG: "/k:/l:/h/.kube/config",
    KUBE_CONFIG_PATHS: "/k:/l",
  }],
  ["Windows", { kubeconfigs: ["C:/k"], userKubeconfig: "C:\\u", pathSeparator: ";" }, {
    ...FILES,
    KUBECONFIG: "C:/k;C:\\u",
    KUBE_CONFIG_PATH: "C:/k",
  }],
  ["no cluster: KUBECONFIG is left alone", { userKubeconfig: "/u" }, FILES],
  ["the identity's own KUBECONFIG is the user's", {
    kubeconfigs: ["/k"],
    userKubeconfig: "/u",
    env: [{ key: "KUBECONFIG", value: "/i" }, { key: "KUBE_CONFIG_PATHS", value: "/p:/q" }],
  }, { ...FILES, KUBECONFIG: "/k:/i", KUBE_CONFIG_PATHS: "/p:/q" }],
  ["registries", { dockerConfig: "/d" }, { ...FILES, DOCKER_CONFIG: "/d" }],
];

for (const [name, input, variables] of cases) {
  Deno.test(`environmentOf: ${name}`, () => deepEqual(environmentOf({ ...BARE, ...input }), variables));
}
