import { samlConfig } from "../runs/saml_run.ts";
import { CONFIG, ROLE, START_URL } from "../runs/login_run.ts";
import { samlBase64 } from "../saml/document.ts";
import { cluster } from "../standin/clusters.ts";
import { keyEnv, USER_KEY } from "../standin/keys.ts";
import { type FaultFlow, JOB } from "./fault_flow.ts";
import { KUBECONFIG, OWN_DOCKER, OWN_KUBECONFIG } from "./foreign_files.ts";
import { PROGRAM_FLOWS } from "./program_flows.ts";

const KEYS = { ...keyEnv(USER_KEY), ATMOS_IDENTITY: "false" };
const ATMOS_YAML = "/home/me/repo/atmos.yaml";
const TO_KUBECONFIG = ["--kubeconfig", KUBECONFIG];
const REGION = ["--region", "us-east-2"];
const CLUSTER = ["--name", "dev-cluster", ...REGION];
const REGISTRY = "123456789012.dkr.ecr.us-east-2.amazonaws.com";
const UPDATE = ["aws", "eks", "update-kubeconfig"];
/** A browser of this machine, which the tests play. */
const BROWSER = { DISPLAY: ":0", ATMOS_AUTH_DEVICE_CODE: "false" };
const OPENER = { "/bin/xdg-open": "" };

const WITH_CLUSTER = `${CONFIG}  integrations:
    dev/eks:
      kind: aws/eks
      via: {identity: Dev}
      spec: {cluster: {name: dev-cluster, region: us-east-2, alias: dev, kubeconfig: {path: ${KUBECONFIG}}}}
    dev/ecr:
      kind: aws/ecr
      via: {identity: Dev}
      spec: {registry: {account_id: "123456789012", region: us-east-2}}
`;
const USER = `auth:
  realm: test
  keyring: {type: memory}
  identities:
    me: {kind: aws/user, default: true, credentials: {region: us-east-2}}
    keyed:
      kind: aws/user
      credentials: {access_key_id: !env KEY_ID, secret_access_key: !env KEY_SECRET, region: us-east-2}
`;

const CONFIGURED = { [ATMOS_YAML]: WITH_CLUSTER, ...OWN_KUBECONFIG, ...OWN_DOCKER };
const LOGGED_IN = [["auth", "login"]];
const CLUSTERS = [cluster("dev-cluster"), cluster("staging"), cluster("prod")];
const DISCOVER = [...UPDATE, "--discover", ...REGION, "--alias", "{cluster}", "-i", "Dev", ...TO_KUBECONFIG];

/** A new command is one entry: what it starts from, and how it is typed. */
export const FAULT_FLOWS: readonly FaultFlow[] = [
  ...PROGRAM_FLOWS,
  { tried: "update-kubeconfig", args: [...UPDATE, ...CLUSTER, ...TO_KUBECONFIG], env: KEYS, files: OWN_KUBECONFIG },
  {
    tried: "update-kubeconfig --config",
    args: [...UPDATE, ...CLUSTER, ...TO_KUBECONFIG, "--config", ATMOS_YAML],
    env: KEYS,
    files: CONFIGURED,
  },
  {
    tried: "update-kubeconfig --update replace",
    args: [...UPDATE, ...CLUSTER, ...TO_KUBECONFIG, "--update", "replace"],
    env: KEYS,
    files: OWN_KUBECONFIG,
  },
  {
    tried: "update-kubeconfig --update error",
    isOnce: true,
    args: [...UPDATE, ...CLUSTER, ...TO_KUBECONFIG, "--update", "error"],
    env: KEYS,
    files: OWN_KUBECONFIG,
  },
  {
    tried: "update-kubeconfig --discover",
    isOfSeveral: true,
    args: DISCOVER,
    files: CONFIGURED,
    before: LOGGED_IN,
    aws: { clusters: CLUSTERS },
  },
  {
    tried: "auth login, by device code",
    args: ["auth", "login"],
    files: CONFIGURED,
    aws: { sso: { device: ["pending"] } },
  },
  {
    tried: "auth login, by redirect",
    isPlayed: true,
    args: ["auth", "login"],
    env: BROWSER,
    files: { ...CONFIGURED, ...OPENER },
  },
  {
    tried: "auth login, a role",
    args: ["auth", "login", "deploy"],
    files: CONFIGURED,
    aws: { roles: { [ROLE]: { externalId: "x-1" } } },
  },
  {
    tried: "auth login, OIDC",
    isPlayed: true,
    args: ["auth", "login", "ci"],
    env: JOB,
    files: { [ATMOS_YAML]: CONFIG },
  },
  {
    tried: "auth login, SAML",
    args: ["auth", "login", "--saml-assertion", "/home/me/response"],
    files: {
      [ATMOS_YAML]: samlConfig("url: https://idp.example.com/aws, driver: assertion"),
      "/home/me/response": samlBase64(),
    },
  },
  {
    tried: "auth login, a user's keys",
    args: ["auth", "login", "keyed"],
    env: { KEY_ID: USER_KEY.accessKeyId, KEY_SECRET: USER_KEY.secretAccessKey },
    files: { [ATMOS_YAML]: USER },
  },
  {
    tried: "auth login, a user by browser",
    isPlayed: true,
    args: ["auth", "login", "me"],
    env: BROWSER,
    files: { [ATMOS_YAML]: USER, ...OPENER },
  },
  {
    tried: "auth logout",
    endsLogin: true,
    args: ["auth", "logout", "--all"],
    files: CONFIGURED,
    before: LOGGED_IN,
  },
  {
    tried: "auth init",
    isOfSeveral: true,
    args: ["auth", "init", "--start-url", START_URL, ...REGION, "--yes"],
    files: {},
    aws: { enabledRegions: { "123456789012": ["us-east-2"] } },
  },
  { tried: "auth trust", args: ["auth", "trust", "--yes"], env: { ATMOS_TRUST: "" }, files: CONFIGURED },
  { tried: "aws ecr login", args: ["aws", "ecr", "login", "--registry", REGISTRY], env: KEYS, files: OWN_DOCKER },
  {
    tried: "aws eks token",
    args: ["aws", "eks", "token", "--cluster-name", "dev-cluster", ...REGION, "--role-arn", ROLE],
    env: KEYS,
    files: {},
  },
  {
    tried: "aws eks token, of an identity",
    args: ["aws", "eks", "token", "--cluster-name", "dev-cluster", ...REGION, "-i", "Dev"],
    files: CONFIGURED,
    before: LOGGED_IN,
  },
  {
    tried: "aws eks prune",
    isOfSeveral: true,
    args: ["aws", "eks", "prune", "--yes", ...TO_KUBECONFIG],
    files: CONFIGURED,
    aws: { clusters: CLUSTERS },
    before: [...LOGGED_IN, DISCOVER],
    meanwhile: (aws) => void aws.clusters.splice(0, 2),
  },
];
