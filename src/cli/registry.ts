import type { AnyCommand } from "./args/command.ts";
import type { Registry } from "./args/registry.ts";

/** A new command is one folder in commands/ and one line here. */
export const REGISTRY: Registry = {
  "auth configure-aws": () => import("./commands/auth_configure_aws/command.ts"),
  "auth console": () => import("./commands/auth_console/command.ts"),
  "auth credential-process": () => import("./commands/auth_credential_process/command.ts"),
  "auth doctor": () => import("./commands/auth_doctor/command.ts"),
  "auth env": () => import("./commands/auth_env/command.ts"),
  "auth exec": () => import("./commands/auth_exec/command.ts"),
  "auth init": () => import("./commands/auth_init/command.ts"),
  "auth list": () => import("./commands/auth_list/command.ts"),
  "auth login": () => import("./commands/auth_login/command.ts"),
  "auth logout": () => import("./commands/auth_logout/command.ts"),
  "auth shell": () => import("./commands/auth_shell/command.ts"),
  "auth status": () => import("./commands/auth_status/command.ts"),
  "auth trust": () => import("./commands/auth_trust/command.ts"),
  "auth use": () => import("./commands/auth_use/command.ts"),
  "auth user configure": () => import("./commands/auth_user_configure/command.ts"),
  "auth validate": () => import("./commands/auth_validate/command.ts"),
  "auth whoami": () => import("./commands/auth_whoami/command.ts"),
  "aws ecr configure": () => import("./commands/aws_ecr_configure/command.ts"),
  "aws ecr login": () => import("./commands/aws_ecr_login/command.ts"),
  "aws ecr logout": () => import("./commands/aws_ecr_logout/command.ts"),
  "aws eks doctor": () => import("./commands/aws_eks_doctor/command.ts"),
  "aws eks list": () => import("./commands/aws_eks_list/command.ts"),
  "aws eks prune": () => import("./commands/aws_eks_prune/command.ts"),
  "aws eks token": () => import("./commands/aws_eks_token/command.ts"),
  "aws eks update-kubeconfig": () => import("./commands/aws_eks_update_kubeconfig/command.ts"),
  "complete": async () => ({ definition: (await import("./commands/complete/command.ts")).definition(REGISTRY) }),
  "completion": () => import("./commands/completion/command.ts"),
  "describe component": () => import("./commands/describe_component/command.ts"),
  "docker-credential": () => import("./commands/docker_credential/command.ts"),
  "list components": () => import("./commands/list_components/command.ts"),
  "list stacks": () => import("./commands/list_stacks/command.ts"),
  "version": () => import("./commands/version/command.ts"),
};

/** Every command, loaded, in the order of the registry. */
export async function allCommands(registry: Registry = REGISTRY): Promise<readonly AnyCommand[]> {
  const modules = await Promise.all(Object.values(registry).map((load) => load()));
  return modules.map((module) => module.definition);
}
