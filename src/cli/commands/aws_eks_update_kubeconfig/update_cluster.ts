import { describeCluster } from "../../../aws/eks/eks.ts";
import { openSession } from "../../../aws/credentials/session.ts";
import type { EntryFacts } from "../../../kube/entry.ts";
import { locateKubeconfig } from "../../../kube/locate.ts";
import type { KubeconfigChange, Preview } from "../../../kube/save.ts";
import { entryFacts } from "./entry_facts.ts";
import type { UpdateKubeconfigInput } from "./input.ts";
import { dryRunText } from "./dry_run_text.ts";
import { outcomeJson, outcomeText } from "./outcome.ts";
import { adviceLines } from "./advice.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { checkNamedConfig } from "../../project/named_config.ts";
import { printable } from "../../output/text.ts";
import { isVerbose } from "../../output/report.ts";
import { unifiedDiff } from "../../output/json_text.ts";

export interface ClusterInput {
  readonly input: UpdateKubeconfigInput;
  readonly name: string;
}

/** Asks EKS about a cluster, with the AWS credentials of the environment or a profile, and puts its entry into a kubeconfig, or shows it. */
export async function updateCluster(host: LoginCommandHost, { input, name }: ClusterInput): Promise<number> {
  const { flags } = input;
  checkNamedConfig(host, input.globals);
  const place = locateKubeconfig(host, flags.kubeconfig);
  const facts = await clusterFacts(host, { input, name });
  const change: KubeconfigChange = {
    facts,
    place,
    update: flags.update ?? "merge",
    switchContext: flags["no-switch-context"] ? "never" : "always",
  };
  if (flags.diff) return await showDiff(host, { change, input });
  if (flags["dry-run"]) return await showEntry(host, { change, input });
  return await write(host, { change, input });
}

async function clusterFacts(
  host: LoginCommandHost,
  { input, name }: ClusterInput,
): Promise<EntryFacts> {
  const { flags, globals } = input;
  const say = (line: string) => isVerbose(globals) && host.terminal.err(`${printable(line)}\n`);
  const session = await openSession(host, {
    ...(flags.region === undefined ? {} : { region: flags.region }),
    ...(flags.profile === undefined ? {} : { profile: flags.profile }),
    ...(flags["assume-role-arn"] === undefined ? {} : { assumeRoleArn: flags["assume-role-arn"] }),
  });
  say(
    `Region ${session.region}, AWS profile ${session.settings.profile}, access key ${session.credentials.accessKeyId}`,
  );
  const cluster = await describeCluster(host, { ...session, name });
  say(`Cluster ${cluster.arn} is ${cluster.status} at ${cluster.endpoint}`);
  return entryFacts(host, { cluster, flags, profile: session.profile, cliOutput: session.settings.cliOutput });
}

interface Step {
  readonly change: KubeconfigChange;
  readonly input: UpdateKubeconfigInput;
}

async function showEntry(host: LoginCommandHost, { change, input }: Step): Promise<number> {
  if (input.flags.output === "json") {
    const { before: _, ...preview } = await previewed(host, change);
    host.terminal.out(outcomeJson({ ...preview, path: change.place.path, dryRun: true }));
  } else {
    // The file may be one that --update error would refuse.
    if (change.update === "error") await previewed(host, change);
    host.terminal.out(dryRunText(change));
  }
  for (const line of adviceLines(host, { path: change.place.path, usesAws: usesAws(change), written: undefined })) {
    host.terminal.err(`${printable(line)}\n`);
  }
  return 0;
}

async function showDiff(host: LoginCommandHost, { change, input }: Step): Promise<number> {
  const preview = await previewed(host, change);
  if (input.flags.output === "json") {
    host.terminal.out(outcomeJson({ ...preview, path: change.place.path, dryRun: true }));
  } else host.terminal.out(await unifiedDiff({ path: change.place.path, before: preview.before, after: preview.text }));
  return 0;
}

/** A dry run, which reads no file, does without the editor and its parser. */
async function previewed(host: LoginCommandHost, change: KubeconfigChange): Promise<Preview> {
  const { previewKubeconfig } = await import("../../../kube/save.ts");
  return previewKubeconfig(host, change);
}

async function write(host: LoginCommandHost, { change, input }: Step): Promise<number> {
  const { saveKubeconfig } = await import("../../../kube/save.ts");
  const saved = await saveKubeconfig(host, change);
  const path = saved.written.path;
  if (input.flags.output === "json") host.terminal.out(outcomeJson({ ...saved, path, dryRun: false }));
  host.terminal.err(`${outcomeText({ ...saved, path })}\n`);
  for (const line of adviceLines(host, { path: change.place.path, usesAws: usesAws(change), written: saved.written })) {
    host.terminal.err(`${printable(line)}\n`);
  }
  return 0;
}

function usesAws({ facts }: KubeconfigChange): boolean {
  return facts.exec.command === "aws";
}
