import { findValue, resolved, type YamlNode } from "../../formats/yaml/node.ts";
import { getText } from "../../formats/yaml/value.ts";

/** The `exec` of a kubeconfig's user. https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/#ExecConfig */
export interface ExecBlock {
  /** undefined where it says none. */
  readonly apiVersion: string | undefined;
  /** As written: a name, or a path; "" where it says none. */
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly interactiveMode: string | undefined;
}

/** Returns the `exec` of a user's data; undefined where it has none. */
export function readExecBlock(user: YamlNode | undefined): ExecBlock | undefined {
  const exec = findNode(user, "exec");
  if (exec?.kind !== "map") return undefined;
  return {
    apiVersion: getText(findValue(exec, "apiVersion")),
    command: getText(findValue(exec, "command")) ?? "",
    args: (findNode(exec, "args")?.items ?? []).map((item) => getText(item) ?? ""),
    env: (findNode(exec, "env")?.items ?? []).map((item) => ({
      name: getText(findValue(resolved(item), "name")) ?? "",
      value: getText(findValue(resolved(item), "value")) ?? "",
    })),
    interactiveMode: getText(findValue(exec, "interactiveMode")),
  };
}

function findNode(map: YamlNode | undefined, key: string): YamlNode | undefined {
  const node = findValue(map, key);
  return node === undefined ? undefined : resolved(node);
}

const GROUP = "client.authentication.k8s.io/";
const VERSIONS: readonly (string | undefined)[] = [`${GROUP}v1beta1`, `${GROUP}v1`];

/**
 * Returns why kubectl 1.24 and later refuse a plugin's settings, as it follows a colon; undefined where they do not.
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#configuration
 */
export function findExecFault({ apiVersion, command, interactiveMode }: ExecBlock): string | undefined {
  if (command === "") return "it has no command";
  if (!VERSIONS.includes(apiVersion)) {
    return `kubectl 1.24 and later refuse its apiVersion ${apiVersion ?? "(none)"}`;
  }
  if (apiVersion === `${GROUP}v1` && interactiveMode === undefined) return "apiVersion v1 requires interactiveMode";
  return undefined;
}
