import { findLoginFile } from "../../../aws/shared_config/provider_directory.ts";
import { argumentWords, flagPairs, flagWords } from "../../../formats/text/command_words.ts";
import { isFileThere } from "../../../config/files/file_checks.ts";
import type { Needs } from "../../../host/host.ts";
import type { EksIntegration } from "../../../integrations/eks/eks_integration.ts";
import { type AuthorRecord, readAuthorRecord } from "../../../integrations/eks/author_record.ts";
import type { ExecBlock } from "../../../kube/exec/exec_block.ts";
import { readExecTarget } from "../../../kube/exec/exec_target.ts";
import { kubectlFiles } from "../../../kube/kubeconfig/locate.ts";
import type { MergedContext } from "../../../kube/kubectl/merged_files.ts";
import type { Author } from "../../../integrations/contract/author.ts";
import { addWords, type CommandPart, nameCommand } from "../../../remedy.ts";
import { mayBeThere } from "../../../store/current_file.ts";
import type { ClusterName } from "../../doctor/cluster_steps.ts";
import type { Claim } from "../../login/credential_claims.ts";

interface UpdateInput {
  readonly named: ClusterName | undefined;
  readonly context: MergedContext | undefined;
  /** Whether kubectl uses it where nothing names a context. */
  readonly isCurrent: boolean;
  /** That the command line names. */
  readonly integration: EksIntegration | undefined;
  readonly claim: Claim | undefined;
  /** The configuration that is read; undefined without one. */
  readonly author: Author | undefined;
}

const UPDATE = nameCommand("aws", "eks", "update-kubeconfig");

/**
 * Returns the command that writes the entry of a cluster again, where kubectl reads it and as whom it has been written;
 * undefined for an unknown cluster.
 */
export function updateCommand(host: Needs<"env" | "read" | "sys">, input: UpdateInput): CommandPart | undefined {
  const { named, context, isCurrent, integration } = input;
  if (isOfGone(host, input)) return undefined;
  if (integration !== undefined) return addWords(UPDATE, ...argumentWords(integration.name));
  if (named === undefined) return undefined;
  const file = context?.path ?? kubectlFiles(host)[0];
  const alias = context === undefined || context.name === context.clusterName ? undefined : context.name;
  const role = context?.user?.exec === undefined ? undefined : readExecTarget(context.user.exec).role;
  const words = [
    ...flagPairs(["--name", named.name, "--region", named.region]),
    ...(alias === undefined ? [] : flagWords("--alias", alias)),
    ...(role === undefined ? [] : flagWords("--role-arn", role)),
    ...entryWords(host, input),
    ...(file === undefined ? [] : flagWords("--kubeconfig", file)),
    ...(context === undefined || isCurrent ? [] : ["--no-switch-context"]),
  ];
  return addWords(UPDATE, ...words);
}

type EntryInput = Pick<UpdateInput, "context" | "claim" | "author">;

/**
 * An entry for the AWS CLI names a profile at most: the user's own, or one that a login of an identity has written. Where
 * it names none, the record says for which identity it was written.
 */
function entryWords(host: Needs<"env" | "read" | "sys">, input: EntryInput): readonly string[] {
  const { context, claim } = input;
  const exec = context?.user?.exec;
  const { plugin, profile } = exec === undefined ? {} : readExecTarget(exec);
  const isOfPlugin = claim?.by === "no identity" || claim?.by === "--profile" || claim?.by === "AWS_PROFILE";
  if (plugin !== "aws" || !isOfPlugin) return credentialWords(claim);
  if (profile !== undefined && !isOfLogin(host, exec!)) return flagWords("--profile", profile);
  const owner = findOwner(host, input);
  const identity = profile ?? (owner?.identity || undefined);
  if (identity === undefined) return credentialWords(claim);
  return [...flagWords("--identity", identity), ...configurationOf(host, { owner, author: input.author })];
}

function isOfLogin(host: Needs<"env">, { env }: ExecBlock): boolean {
  const own = new Map(env.map(({ name, value }) => [name, value]));
  return findLoginFile({ env: { ...host.env, get: (name) => own.get(name) ?? host.env.get(name) } }) !== undefined;
}

type Owner = ReturnType<AuthorRecord["findOwner"]>;

function findOwner(host: Needs<"env" | "read" | "sys">, { context, author }: EntryInput): Owner {
  const record = readAuthorRecord(host, author ?? { location: undefined, realm: "" });
  return context && record.findOwner({ file: context.path, name: context.name });
}

/** No command could name the configuration that it was written for. */
function isOfGone(host: Needs<"env" | "read" | "sys">, input: EntryInput): boolean {
  const location = findOwner(host, input)?.configLocation;
  return location !== undefined && location !== input.author?.location && !mayBeThere(host, location);
}

/** The flag for the configuration that the entry was written for, where that is another one. */
function configurationOf(
  host: Needs<"read">,
  { owner, author }: { readonly owner: Owner; readonly author: Author | undefined },
): readonly string[] {
  const location = owner?.configLocation;
  if (location === undefined || location === author?.location) return [];
  return isFileThere(host, location) ? flagWords("--config", location) : flagWords("-C", location);
}

/** What says whose credentials are meant, but for what the environment says to every command. */
function credentialWords(claim: Claim | undefined): readonly string[] {
  if (claim?.name === undefined) return claim?.by === "no identity" ? ["--identity=false"] : [];
  if (claim.kind === "identity") return flagWords("--identity", claim.name);
  if (claim.by === "--profile") return flagWords("--profile", claim.name);
  return claim.by === "no identity" ? ["--identity=false"] : [];
}
