import { realTarget } from "../../config/files/resolve_write_target.ts";
import { treeAround } from "../../config/files/tree.ts";
import { findNamedFiles } from "../../config/trust/named_files.ts";
import { findValue, type YamlNode } from "../../formats/yaml/node.ts";
import { getText } from "../../formats/yaml/value.ts";
import type { Needs } from "../../host/host.ts";
import { type ExecBlock, readExecBlock } from "../../kube/exec/exec_block.ts";
import { readExecTarget } from "../../kube/exec/exec_target.ts";
import { basename, dirname, expandHome, isAbsolute, isInside, resolve } from "../../store/paths.ts";

type CoversHost = Needs<"read" | "env" | "sys">;

/** Keys of clusters and users whose values are files, seen from the kubeconfig's directory. */
export const FILE_KEYS: readonly string[] = ["certificate-authority", "client-certificate", "client-key", "tokenFile"];

interface Entry {
  readonly payload: YamlNode | undefined;
  /** The kubeconfig, links resolved. */
  readonly file: string;
}

/**
 * Returns the files that an entry of a kubeconfig names, which are part of what it is; "tree" where its plugin may start
 * or read any file around the kubeconfig. Permissions: read, env.
 */
export function findCovering(host: CoversHost, { payload, file }: Entry): readonly string[] | "tree" {
  const named = FILE_KEYS.map((key) => getText(findValue(payload, key)) ?? "").filter((path) => path !== "");
  const exec = readExecBlock(payload);
  const started = exec === undefined ? [] : listStarted(host, { exec, file });
  return started === "tree" ? started : [...named.map((path) => resolve(dirname(file), path)), ...started];
}

function listStarted(
  host: CoversHost,
  { exec, file }: { readonly exec: ExecBlock; readonly file: string },
): readonly string[] | "tree" {
  const { root } = treeAround(host, file);
  const { command, args, env } = exec;
  const isOfTree = (path: string) =>
    [dirname(file), host.read.cwd()].some((base) => {
      const said = resolve(base, expandHome(host, path) ?? path);
      return isInside(root, said) || isInside(root, realTarget(host, said) ?? root);
    });
  if (command.includes("/") && (!isAbsolute(command) || isOfTree(command))) return "tree";
  if (env.some((variable) => maySteer(variable, isOfTree))) return "tree";
  // What atmos reads of a tree needs trust of its own.
  if (readExecTarget(exec).plugin === "atmos") return [];
  if (!args.every((arg) => /^[^\s;&|]+$/.test(arg))) return "tree";
  return findNamedFiles(host, { line: [basename(command), ...args].join(" "), file, root }) ?? "tree";
}

/** Names of profiles, regions and identities are no files; what is not of AWS or atmos may decide which program starts. */
function maySteer({ name, value }: ExecBlock["env"][number], isOfTree: (path: string) => boolean): boolean {
  if (value === "" || /^AWS_(?:DEFAULT_)?(?:PROFILE|REGION)$|^ATMOS_IDENTITY$/.test(name)) return false;
  return !/^(?:AWS|ATMOS)_/.test(name) || (/[/.~]/.test(value) && !value.includes("://") && isOfTree(value));
}
