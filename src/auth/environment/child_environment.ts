import { isSelector } from "../../kube/kubectl/selector.ts";
import { IDENTITY_CONFIG, IDENTITY_FINGERPRINT } from "../model/inherited_identity.ts";
import type { Variables } from "./environment.ts";
import { findRecorded, IDENTITY_ENV } from "./recorded_variables.ts";

/**
 * How AWS is called, not as whom: these stay. Every other AWS_* of the parent could make the child someone else, or
 * make it look elsewhere for credentials, and goes.
 */
export const KEPT: readonly string[] = [
  ...["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_DEFAULT_OUTPUT", "AWS_PAGER", "AWS_CLI_AUTO_PROMPT"],
  ...["AWS_CA_BUNDLE", "AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE", "AWS_STS_REGIONAL_ENDPOINTS"],
  ...["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_*"],
  ...["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_EXECUTION_ENV", "AWS_SDK_UA_APP_ID"],
];

/** Lists of files for terraform, of which it takes only one. */
const EXCLUSIVE: readonly string[] = ["KUBE_CONFIG_PATH", "KUBE_CONFIG_PATHS"];

/** The context of helm, of terraform's providers, and of Ansible. */
const CONTEXTS: readonly string[] = ["HELM_KUBECONTEXT", "KUBE_CTX", "K8S_AUTH_CONTEXT"];

/**
 * A server, or a user of it, that helm and terraform's kubernetes provider take in place of the kubeconfig's.
 * https://helm.sh/docs/helm/helm/
 */
const SERVERS: readonly string[] = [
  ...["HELM_KUBEAPISERVER", "HELM_KUBETOKEN", "HELM_KUBEASUSER", "HELM_KUBEASGROUPS", "HELM_KUBECAFILE"],
  ...["HELM_KUBEINSECURE_SKIP_TLS_VERIFY", "HELM_KUBETLS_SERVER_NAME"],
  ...["KUBE_HOST", "KUBE_TOKEN", "KUBE_USER", "KUBE_PASSWORD", "KUBE_CTX_CLUSTER", "KUBE_CTX_AUTH_INFO"],
  ...["KUBE_CLIENT_CERT_DATA", "KUBE_CLIENT_KEY_DATA", "KUBE_CLUSTER_CA_CERT_DATA", "KUBE_INSECURE"],
  "KUBE_TLS_SERVER_NAME",
];

/**
 * The variables of Ansible that take the place of the kubeconfig's server, user and proxy, and of the kubeconfig.
 * https://docs.ansible.com/ansible/latest/collections/kubernetes/core/k8s_module.html
 */
const ANSIBLE = "K8S_AUTH_";

/** What prompts show, and what says whose identity it is. */
const SHOWN: readonly string[] = [
  "ATMOS_KUBE_CONTEXT",
  "AWS_CREDENTIAL_EXPIRATION",
  IDENTITY_CONFIG,
  IDENTITY_FINGERPRINT,
  IDENTITY_ENV,
];

/**
 * The AWS CLI and SDKs take a web identity of the environment before the credentials of a profile.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-authentication.html#cli-chap-authentication-precedence
 */
const WEB_IDENTITY: readonly string[] = ["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME"];

interface ChildInput {
  readonly parent: Variables;
  /** What {@link buildEnvironment} says. */
  readonly login: Variables;
  /** The kubectl contexts that are the identity's own. */
  readonly contexts: readonly string[];
  /** The parent's variables that the child does not get, whatever they are for. */
  readonly withheld: readonly string[];
  /** aws/ambient: the parent's AWS_* are the credentials. */
  readonly ambient: boolean;
  /** Whether the child is a shell, one level deeper than this one. */
  readonly shell: boolean;
}

/** The whole environment of a program that is started as an identity. */
export function childEnvironment(input: ChildInput): Variables {
  const { parent, login, withheld, ambient, shell } = input;
  const left = [...staleVariables(parent, input), ...withheld];
  const inherited = Object.entries(parent).filter(([name]) => (ambient || !isForeign(name)) && !left.includes(name));
  return {
    ...Object.fromEntries(inherited),
    // No instance's role in place of credentials that have expired; old SDKs read AWS_CONFIG_FILE only when told to.
    ...(ambient ? {} : { AWS_EC2_METADATA_DISABLED: "true", AWS_SDK_LOAD_CONFIG: "1" }),
    ...login,
    ...(shell ? { ATMOS_SHLVL: String(parseShellLevel(parent["ATMOS_SHLVL"]) + 1) } : {}),
  };
}

/**
 * The parent's variables by which programs would find other clusters than those of the login: lists of files that they
 * would take in place of its own, or that select another identity's context, and names of contexts, unless they are
 * among `contexts`. Also what a prompt would show of an identity before this one, what its `env` has set, whatever its
 * configuration, and a web identity, which programs would use before the login's credentials.
 */
export function staleVariables(
  parent: Variables,
  { login, contexts }: Pick<ChildInput, "login" | "contexts">,
): readonly string[] {
  const left = Object.keys(parent).filter((name) => !(name in login));
  const isExclusive = EXCLUSIVE.some((name) => name in login);
  const isSelected = isSelector(login["KUBECONFIG"] ?? "");
  const hasCredentials = "AWS_PROFILE" in login || "AWS_ACCESS_KEY_ID" in login;
  const recorded = findRecorded(parent);
  const isList = (name: string) => name === "KUBECONFIG" || EXCLUSIVE.includes(name);
  return left.filter((name) => {
    if (recorded.includes(name)) return true;
    if (WEB_IDENTITY.includes(name)) return hasCredentials;
    if (SHOWN.includes(name)) return hasCredentials || !name.startsWith("AWS_");
    if (isSelected && CONTEXTS.includes(name)) return !contexts.includes(parent[name]!);
    if (isSelected && (SERVERS.includes(name) || name.startsWith(ANSIBLE))) return true;
    return isList(name) && ((isExclusive && name !== "KUBECONFIG") || isSelector(parent[name]!));
  });
}

/** The parent's variables that decide who a program is, in order of name; unless they are ours, they mislead. */
export function foreignVariables(parent: Variables): readonly string[] {
  return Object.keys(parent).filter(isForeign).sort();
}

/** Windows knows no upper and lower case here. */
function isForeign(name: string): boolean {
  const upper = name.toUpperCase();
  return upper.startsWith("AWS_") && !KEPT.includes(upper) && !upper.startsWith("AWS_ENDPOINT_URL_");
}

function parseShellLevel(text: string | undefined): number {
  return /^\d{1,6}$/.test(text ?? "") ? Number(text) : 0;
}
