import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { configHome, expandHome, join, pathListSeparator, resolve } from "../../store/paths.ts";

export interface KubeconfigLocation {
  /** Absolute; links not resolved. */
  readonly path: string;
  /** Mode the file must have: 0600 for the default file; undefined leaves the mode of an existing file. */
  readonly mode: number | undefined;
}

/**
 * Which kubeconfig to edit: the requested one (--kubeconfig, ATMOS_KUBECONFIG), else `<config home>/atmos/kube/config`.
 * Throws AppError "kubeconfig-path" when HOME would be needed and is not set. Permissions: env, read (current directory).
 */
export function locateKubeconfig(host: Needs<"env" | "read">, requested: string | undefined): KubeconfigLocation {
  if (requested !== undefined) return { path: toAbsolute(host, requested), mode: undefined };
  const home = configHome(host);
  if (home === undefined) throw noHome("the kubeconfig's place");
  return { path: join(home, "atmos/kube/config"), mode: 0o600 };
}

function toAbsolute(host: Needs<"env" | "read">, path: string): string {
  const expanded = expandHome(host, path);
  if (expanded === undefined) throw noHome(`kubeconfig "${path}"`);
  return resolve(host.read.cwd(), expanded);
}

function noHome(what: string): AppError {
  return new AppError("kubeconfig-path", `Cannot determine ${what}: HOME is not set`, {
    hint: "Set HOME, or name a file with --kubeconfig PATH or ATMOS_KUBECONFIG.",
  });
}

/**
 * The files that kubectl reads: those of KUBECONFIG, else ~/.kube/config.
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 */
export function kubectlFiles(host: Needs<"env" | "read" | "sys">): readonly string[] {
  const list = host.env.get("KUBECONFIG");
  if (list !== undefined) {
    return list.split(pathListSeparator(host)).filter((path) => path !== "").map((path) =>
      resolve(host.read.cwd(), path)
    );
  }
  const home = expandHome(host, "~/.kube/config");
  return home === undefined ? [] : [home];
}
