import { regionVariable } from "../../args/shared_flags.ts";
import { describeCluster } from "../../../aws/eks/eks.ts";
import { findStrangeEndpoint } from "../../../aws/client/foreign_endpoint.ts";
import { openSession, type Session } from "../../../aws/credentials/session.ts";
import { type ClusterEntry, makeClusterEntry } from "../../../integrations/eks/cluster_entry.ts";
import { locateKubeconfig, refuseKubeconfigList } from "../../../kube/kubeconfig/locate.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { mfaPrompt } from "../../login/mfa_prompt.ts";
import type { LogoutWatch } from "../../login/watch_logouts.ts";
import { printable } from "../../output/text.ts";
import { isVerbose } from "../../output/report.ts";
import { applyFlags, defaultSettings } from "./cluster_settings.ts";
import { isEditorNeeded } from "./preview.ts";
import { continueRows, type ResultRow } from "./result_row.ts";
import type { EnvironmentTargets, Targets } from "./targets.ts";

/** The entry of each target, in order, from what AWS says of it, or why there is none. */
export async function describeClusters(
  host: LoginCommandHost,
  { targets, logouts }: { readonly targets: Targets; readonly logouts: LogoutWatch | undefined },
): Promise<readonly ResultRow<ClusterEntry>[]> {
  if (targets.source === "environment") {
    const { name, choice: { taken: claim, among, auth } } = targets;
    const model = auth?.model;
    const result = await describeInEnvironment(host, targets).catch(async (error) => {
      const { nameCredentials } = await import("../../login/name_credentials.ts");
      const { offerClusters } = await import("../../login/offer_clusters.ts");
      throw offerClusters(host, nameCredentials(error, { claim, among }), { model, identity: undefined });
    });
    return [{ name, result }];
  }
  const { describeAsIdentities } = await import("./describe_as_identities.ts");
  return await continueRows(targets.rows, (sound) => describeAsIdentities(host, { targets, sound, logouts: logouts! }));
}

async function describeInEnvironment(
  host: LoginCommandHost,
  targets: EnvironmentTargets,
): Promise<ClusterEntry> {
  const { name, input: { flags, globals } } = targets;
  const say = (line: string) => isVerbose(globals) && host.terminal.err(`${printable(line)}\n`);
  const template = flags.alias?.match(/[{}]/) ? await import("./environment_alias.ts") : undefined;
  template?.checkEnvironmentAlias(flags.alias!);
  const place = locateKubeconfig(host, flags.kubeconfig);
  refuseKubeconfigList(host, place);
  if (isEditorNeeded(host, { targets, path: place.path })) loadEditor();
  const session = await environmentSession(host, targets.input);
  const { region, settings, credentials, profile } = session;
  const hasKeys = flags.profile === undefined && host.env.get("AWS_ACCESS_KEY_ID") !== undefined;
  const source = hasKeys ? "credentials of AWS_ACCESS_KEY_ID" : `AWS profile ${settings.profile}`;
  say(`Region ${region}, ${source}, access key ${credentials.accessKeyId}`);
  const facts = await describeCluster(host, { ...session, name });
  say(`Cluster ${facts.arn} is ${facts.status} at ${facts.endpoint}`);
  const cluster = applyFlags(host, { cluster: defaultSettings({ name: facts.name, region }), flags });
  const { cliOutput = "json" } = settings;
  return makeClusterEntry(host, {
    cluster,
    facts,
    describedBy: findStrangeEndpoint(session, "eks"),
    aliases: cluster.aliases.map((alias) => template?.expandEnvironmentAlias(alias, facts) ?? alias),
    credentials: { profile, saysJson: cliOutput !== "json" },
    owner: undefined,
    author: targets.author,
    place,
    switchContext: flags["no-switch-context"] ? "never" : "always",
    override: {
      former: "apart",
      names: targets.areNamesTyped,
      user: flags["user-alias"] !== undefined,
      namespace: true,
      execCommand: true,
      update: true,
    },
  });
}

/** Starts to load the editor while AWS is asked; what fails here fails again where it is used. */
function loadEditor(): void {
  import("../../../integrations/eks/eks_write.ts").catch(() => {});
}

/** How AWS is called with the credentials of the environment or of a profile. AppErrors of openSession. */
async function environmentSession(
  host: LoginCommandHost,
  { flags, globals }: EnvironmentTargets["input"],
): Promise<Session> {
  const variable = regionVariable(host);
  // AWS's own variables are for the session to read.
  const region = flags.region ?? (variable?.name === "ATMOS_AWS_REGION" ? variable.region : undefined);
  return await openSession(host, {
    ...(region === undefined ? {} : { region }),
    ...(flags.profile === undefined ? {} : { profile: flags.profile }),
    ...(flags["assume-role-arn"] === undefined ? {} : { assumeRoleArn: flags["assume-role-arn"] }),
    askMfaCode: mfaPrompt(host, globals),
  });
}
