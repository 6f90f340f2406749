import { isRegularFile } from "../../../config/files/file_checks.ts";
import { lenientUtf8 } from "../../../formats/text/utf8.ts";
import type { Needs } from "../../../host/host.ts";
import { isFileError } from "../../../host/files/file_error.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import type { Variables } from "./variables.ts";

/** What leads kubectl, helm and terraform to a cluster, and what a prompt shows of it. */
const CLUSTER: readonly string[] = ["KUBECONFIG", "KUBE_CONFIG_PATH", "KUBE_CONFIG_PATHS", "ATMOS_KUBE_CONTEXT"];

/**
 * Returns the variables by which a file that is appended to, of variables a line each, leads programs to a cluster: they
 * stay for whatever reads it, unless new lines say otherwise. None where it cannot be read. Permission: read.
 */
export function clusterVariablesIn(host: Needs<"read">, path: string): Variables {
  // Reading a pipe or a terminal would wait for it.
  if (!isRegularFile(host, path)) return {};
  try {
    const text = lenientUtf8(host.read.bytes(path));
    const lines = [...text.matchAll(/^(?:export )?(\w+)=(['"]?)(.*)\2$/gm)];
    const assigned = lines.map(([, name, , value]) => [name!, value!] as const);
    return Object.fromEntries(assigned.filter(([name, value]) => CLUSTER.includes(name) && value !== ""));
  } catch (error) {
    if (isFileError(error)) return {};
    throw error;
  }
}

/** Returns the host with these variables over those of its environment. */
export function withVariables(host: LoginCommandHost, variables: Variables): LoginCommandHost {
  const { env } = host;
  return {
    ...host,
    env: { get: (name) => variables[name] ?? env.get(name), all: () => ({ ...env.all(), ...variables }) },
  };
}
