import type { AnyCommand } from "./command.ts";

/** From the words of a command to the module that defines it. */
export type Registry = Readonly<Record<string, () => Promise<{ readonly definition: AnyCommand }>>>;

/** A new command is one file in commands/ and one line here. */
export const REGISTRY: Registry = {
  "aws eks token": () => import("./commands/aws_eks_token.ts"),
  "aws eks update-kubeconfig": () => import("./commands/aws_eks_update_kubeconfig.ts"),
  "version": () => import("./commands/version.ts"),
};

/** What a group of commands is about, for help. */
export const GROUPS: Readonly<Record<string, string>> = {
  "aws": "Amazon Web Services",
  "aws eks": "Kubernetes clusters of Amazon EKS",
};

/** Every command, loaded, in the order of the registry. */
export async function allCommands(registry: Registry = REGISTRY): Promise<readonly AnyCommand[]> {
  const modules = await Promise.all(Object.values(registry).map((load) => load()));
  return modules.map((module) => module.definition);
}
