import type { AnyCommand } from "./command.ts";

/** From the words of a command to the module that defines it. */
export type Registry = Readonly<Record<string, () => Promise<{ readonly definition: AnyCommand }>>>;

/** What a group of commands is about, for help. */
export const GROUPS: Readonly<Record<string, string>> = {
  "auth": "Logins: who you can be, and what is made ready for you",
  "auth user": "Access keys of IAM users",
  "aws": "Amazon Web Services",
  "aws ecr": "Container registries of Amazon ECR, for docker",
  "aws eks": "Kubernetes clusters of Amazon EKS",
  "describe": "What the stacks come to",
  "list": "What the stacks have",
};
