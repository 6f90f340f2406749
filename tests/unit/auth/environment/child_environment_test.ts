import { deepEqual, equal } from "node:assert/strict";
import { childEnvironment, foreignVariables, KEPT } from "../../../../src/auth/environment/child_environment.ts";

const PARENT = {
  PATH: "/bin",
  AWS_ACCESS_KEY_ID: "parent",
  aws_session_token: "parent",
  AWS_PROFILE: "parent",
  AWS_SOMETHING_NEW: "parent",
  AWS_REGION: "us-west-1",
  AWS_CA_BUNDLE: "/ca.pem",
  AWS_ENDPOINT_URL_STS: "http://127.0.0.1:1",
  AWSOME: "1",
  ATMOS_IDENTITY: "before",
  ATMOS_IDENTITY_CONFIG: "/before",
  ATMOS_SHLVL: "2",
  KUBE_CONFIG_PATH: "/old",
};
const LOGIN = { ATMOS_IDENTITY: "Dev", AWS_PROFILE: "dev", AWS_CONFIG_FILE: "/c/config", KUBE_CONFIG_PATHS: "/k:/l" };
const INPUT = {
  parent: PARENT,
  login: LOGIN,
  withheld: [],
  contexts: [],
  ambient: false,
  shell: true,
};

Deno.test("childEnvironment: nothing of the parent says who the child is", () => {
  deepEqual(childEnvironment(INPUT), {
    PATH: "/bin",
    AWS_REGION: "us-west-1",
    AWS_CA_BUNDLE: "/ca.pem",
    AWS_ENDPOINT_URL_STS: "http://127.0.0.1:1",
    AWSOME: "1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SDK_LOAD_CONFIG: "1",
    AWS_PROFILE: "dev",
    AWS_CONFIG_FILE: "/c/config",
    KUBE_CONFIG_PATHS: "/k:/l",
    ATMOS_IDENTITY: "Dev",
    ATMOS_SHLVL: "3",
  });
});

Deno.test("childEnvironment: a program that is no shell is no level deeper, and keeps terraform's file", () => {
  const child = childEnvironment({ ...INPUT, login: {}, shell: false });
  equal(child["ATMOS_SHLVL"], "2");
  equal(child["KUBE_CONFIG_PATH"], "/old");
});

Deno.test("childEnvironment: a list with a selector of another identity is left out where the login has none", () => {
  const selector = "/home/me/.local/state/atmos/kube/selectors/test/other/run-1-00000000";
  for (const name of ["KUBECONFIG", "KUBE_CONFIG_PATH", "KUBE_CONFIG_PATHS"]) {
    const parent = { [name]: `/mine:${selector}` };
    equal(childEnvironment({ ...INPUT, parent, login: {} })[name], undefined, name);
    equal(childEnvironment({ ...INPUT, parent, login: { [name]: "/ours" } })[name], "/ours");
    equal(childEnvironment({ ...INPUT, parent: { [name]: "/mine" }, login: {} })[name], "/mine");
  }
});

Deno.test("childEnvironment: a context that is none of the identity's own is left out where one is selected", () => {
  const selected = { KUBECONFIG: "/home/me/.local/state/atmos/kube/selectors/test/dev/run-1:/k" };
  for (const name of ["HELM_KUBECONTEXT", "KUBE_CTX", "K8S_AUTH_CONTEXT"]) {
    const child = (login: Record<string, string>) =>
      childEnvironment({ ...INPUT, parent: { [name]: "prod" }, login, contexts: ["dev"] })[name];
    equal(child(selected), undefined, name);
    equal(child({ ...selected, [name]: "mine" }), "mine");
    equal(child({}), "prod");
    equal(childEnvironment({ ...INPUT, parent: { [name]: "dev" }, login: selected, contexts: ["dev"] })[name], "dev");
  }
});

Deno.test("childEnvironment: no server and no user of another cluster stays where a context is selected", () => {
  const selected = { KUBECONFIG: "/home/me/.local/state/atmos/kube/selectors/test/dev/run-1:/k" };
  const names = [
    "HELM_KUBEAPISERVER",
    "HELM_KUBETOKEN",
    "HELM_KUBEASUSER",
    "KUBE_HOST",
    "KUBE_TOKEN",
    "KUBE_CTX_CLUSTER",
    "K8S_AUTH_HOST",
    "K8S_AUTH_API_KEY",
    "K8S_AUTH_KUBECONFIG",
    "K8S_AUTH_PROXY",
  ];
  for (const name of names) {
    const child = (login: Record<string, string>) =>
      childEnvironment({ ...INPUT, parent: { [name]: "x" }, login })[name];
    deepEqual([name, child(selected), child({ ...selected, [name]: "mine" }), child({})], [
      name,
      undefined,
      "mine",
      "x",
    ]);
  }
});

Deno.test("childEnvironment: the first level, and one that is no number", () => {
  for (const level of [undefined, "", "x", "-1"]) {
    const parent: Record<string, string> = level === undefined ? {} : { ATMOS_SHLVL: level };
    equal(childEnvironment({ ...INPUT, parent })["ATMOS_SHLVL"], "1");
  }
});

Deno.test("childEnvironment: an ambient identity is the parent", () => {
  const child = childEnvironment({ ...INPUT, login: { ATMOS_IDENTITY: "Dev" }, ambient: true });
  // But not one of the parent's configuration.
  const { ATMOS_IDENTITY_CONFIG: _, ...own } = PARENT;
  deepEqual(child, { ...own, ATMOS_IDENTITY: "Dev", ATMOS_SHLVL: "3" });
});

Deno.test("childEnvironment: what a prompt shows is never that of the parent's identity, but for an ambient one's own", () => {
  const parent = { ATMOS_KUBE_CONTEXT: "prod", AWS_CREDENTIAL_EXPIRATION: "2020-01-01T00:00:00Z" };
  const shown = (child: Readonly<Record<string, string>>) => Object.keys(child).filter((name) => name in parent);
  deepEqual(shown(childEnvironment({ ...INPUT, parent })), []);
  const ambient = { ...INPUT, parent, login: { ATMOS_IDENTITY: "Dev" }, ambient: true };
  deepEqual(shown(childEnvironment(ambient)), ["AWS_CREDENTIAL_EXPIRATION"]);
  equal(childEnvironment({ ...INPUT, parent, login: parent })["ATMOS_KUBE_CONTEXT"], "prod");
});

Deno.test("childEnvironment: what is withheld is not there, of an ambient identity neither; what a login says is", () => {
  const withheld = ["AWSOME", "ATMOS_SHLVL", "AWS_PROFILE"];
  for (const ambient of [false, true]) {
    const child = childEnvironment({ ...INPUT, withheld, ambient });
    equal("AWSOME" in child, false);
    equal(child["AWS_PROFILE"], "dev");
    equal(child["PATH"], "/bin");
  }
});

Deno.test("foreignVariables: what misleads whoever only evaluates our variables", () => {
  deepEqual(foreignVariables(PARENT), ["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_SOMETHING_NEW", "aws_session_token"]);
});

Deno.test("the variables of the AWS SDKs that a child keeps", () => {
  deepEqual(KEPT, [
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_DEFAULT_OUTPUT",
    "AWS_PAGER",
    "AWS_CLI_AUTO_PROMPT",
    "AWS_CA_BUNDLE",
    "AWS_MAX_ATTEMPTS",
    "AWS_RETRY_MODE",
    "AWS_STS_REGIONAL_ENDPOINTS",
    "AWS_USE_FIPS_ENDPOINT",
    "AWS_USE_DUALSTACK_ENDPOINT",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_*",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "AWS_EXECUTION_ENV",
    "AWS_SDK_UA_APP_ID",
  ]);
});
