import { isRegularFile } from "../../config/files/file_checks.ts";
import type { Needs } from "../../host/host.ts";
import { kubectlFiles } from "../../kube/kubeconfig/locate.ts";

/** Whether a kubeconfig is among the files that kubectl reads, through whatever links. */
export function isSeenByKubectl(host: Needs<"env" | "read" | "sys">, path: string): boolean {
  const real = realPath(host, path);
  return kubectlFiles(host).some((file) => file === path || realPath(host, file) === real);
}

function realPath(host: Needs<"read">, path: string): string {
  return isRegularFile(host, path) ? host.read.realPath(path) : path;
}
