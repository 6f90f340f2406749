import type { AnyCommand } from "./command.ts";

/** From the words of a command to the module that defines it. */
export type Registry = Readonly<Record<string, () => Promise<{ readonly definition: AnyCommand }>>>;

/** What a group of commands does, for help and completion. */
export const GROUPS: Readonly<Record<string, string>> = {
  "auth": "Log in and manage identities, credentials and integrations",
  "auth user": "Manage access keys of IAM users",
  "aws": "Use EKS clusters and ECR registries",
  "aws ecr": "Log Docker in to ECR registries",
  "aws eks": "Set up kubectl for EKS clusters",
  "describe": "Describe stack configuration",
  "list": "List stacks and components",
};

/** The sections of help and of the manual: every command that is not hidden, in the order in which it is shown. */
export const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  "Log in": [
    ...["auth init", "auth login", "auth use", "auth status", "auth whoami", "auth list"],
    ...["auth exec", "auth shell", "auth env", "auth console"],
    ...["auth user configure", "auth doctor", "auth logout"],
  ],
  "Kubernetes": ["aws eks update-kubeconfig", "aws eks list", "aws eks doctor", "aws eks prune"],
  "Docker": ["aws ecr login", "aws ecr configure", "aws ecr logout"],
  "Configuration": ["auth validate", "auth trust", "auth configure-aws", "completion", "version"],
  "Stacks": ["list stacks", "list components", "describe component"],
  "For other programs": ["aws eks token", "auth credential-process", "docker-credential"],
};
