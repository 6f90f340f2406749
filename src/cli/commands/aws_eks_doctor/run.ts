import type { Host } from "../../../host/host.ts";
import { readOnlyPorts } from "../../../host/refusing_ports.ts";
import type { EksIntegration } from "../../../integrations/eks/eks_integration.ts";
import { readExecTarget } from "../../../kube/exec/exec_target.ts";
import { addWords, type CommandPart, nameCommand, remedy } from "../../../remedy.ts";
import { checkEntry, describeNow } from "../../doctor/cluster_steps.ts";
import { chooseOrFail, examineCaller } from "../../doctor/examine_caller.ts";
import { checkContext, checkFiles } from "../../doctor/kubeconfig_steps.ts";
import { withPluginVariables } from "../../doctor/plugin_environment.ts";
import { checkPlugin } from "../../doctor/plugin_step.ts";
import { reportSteps } from "../../doctor/report_steps.ts";
import { skipped, type Step, warning } from "../../doctor/step.ts";
import { configurationWords } from "../../output/own_command.ts";
import { findAuthor } from "../../provision/author.ts";
import type { Globals } from "../../args/global_flags.ts";
import type { Claim } from "../../login/credential_claims.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { chooseCaller } from "./choose_caller.ts";
import type { DoctorInput } from "./command.ts";
import { examineServer } from "./examine_server.ts";
import { findKnownServer, findTarget, type Target } from "./find_target.ts";
import { updateCommand } from "./update_command.ts";

/** `atmos aws eks doctor`: what lies between kubectl and a cluster, step by step. Changes nothing. */
export async function runAwsEksDoctor(
  given: Omit<Host, "write" | "loopback">,
  input: DoctorInput,
): Promise<number> {
  const host: LoginCommandHost = { ...given, ...readOnlyPorts() };
  const { steps, globals } = await examine(host, input);
  // What an entry says of its configuration is said in each command, too.
  const shown = { ...host, configuration: configurationWords(globals) };
  return reportSteps(shown, { steps, output: input.flags.output, globals: input.globals });
}

async function examine(
  given: LoginCommandHost,
  input: DoctorInput,
): Promise<{ readonly steps: readonly Step[]; readonly globals: Globals }> {
  const target = await findTarget(given, input);
  const { auth, globals, named, exec, isOwn, selected: { context, selectedBy }, integration } = target;
  const chosen = await chooseOrFail(() => chooseCaller(given, { input, auth, exec, isOwn, integration }));
  const claim = "kind" in chosen ? chosen : undefined;
  const author = auth && await findAuthor(given, { globals, ...auth });
  const isCurrent = selectedBy !== undefined;
  const update = updateCommand(given, { named, context, isCurrent, integration, claim, author });

  const host = withPluginVariables(given, target);
  const powers = integration?.powers ?? [];
  const caller = await examineCaller(host, { auth, globals, chosen, region: named?.region, powers });
  if (!target.isTrusted) return { steps: [...target.steps, ...caller.steps, ...skipRest(integration!)], globals };
  const { access } = caller;
  const { cluster: described, verdict } = await describeNow(host, {
    named,
    access,
    account: caller.caller?.account,
  });
  const known = await findKnownServer(target);
  const cluster = described && { ...described, ...known };
  const source = known === undefined ? "EKS" : "atmos.yaml";
  const steps = [
    ...target.steps,
    ...caller.steps.map((step) => adviseForAws(warnOfKeys(host, step, { exec, claim }), { target, update })),
    ...await examineFiles(host, { target, update }),
    { id: "cluster", ...verdict },
    { id: "entry", ...checkEntry({ context, cluster, source, update }) },
    ...await examineServer(host, { target, caller, cluster, update }),
  ];
  return { steps, globals };
}

/** What is examined of a cluster, in the order of the report. */
const OF_CLUSTER: readonly string[] = [
  ...["kubeconfig", "context", "plugin", "cluster", "entry", "token", "dns", "tcp", "tls", "server"],
  ...["authentication", "access", "authorization"],
];

/** An integration of someone else's may say whose values are sent, and which kubeconfig is read: none of it is used. */
function skipRest({ name }: EksIntegration): readonly Step[] {
  return OF_CLUSTER.map((id) => ({ id, ...skipped(`integration "${name}" has settings that are not trusted`) }));
}

interface FilesInput {
  readonly target: Target;
  readonly update: CommandPart | undefined;
}

/** The keys of the environment win over the profile that an entry names, as in the AWS CLI. */
function warnOfKeys(
  { env }: LoginCommandHost,
  step: Step,
  { exec, claim }: { readonly exec: Target["exec"]; readonly claim: Claim | undefined },
): Step {
  const profile = exec?.env.find(({ name }) => name === "AWS_PROFILE")?.value;
  const isByKeys = claim?.kind === "aws" && claim.by !== "--profile" && env.get("AWS_ACCESS_KEY_ID") !== undefined;
  if (step.id !== "identity" || profile === undefined || !isByKeys) return step;
  const found = `${step.found}, and not the entry's AWS profile "${profile}"`;
  return { id: step.id, ...warning(found, { fix: "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN" }) };
}

const HAND_OUT = nameCommand("auth", "env");

/** The AWS CLI as plugin knows no identity of atmos.yaml, but what this hands to the environment. */
function adviseForAws(step: Step, { target: { auth, exec }, update }: FilesInput): Step {
  const isAws = exec !== undefined && readExecTarget(exec).plugin === "aws";
  if (!isAws || step.id !== "credentials" || step.state !== "failure") return step;
  if (update === undefined || auth === undefined || auth.model.identities.size === 0) return step;
  const found = "kubectl runs aws, which knows no identity of atmos.yaml";
  // What is handed out here is none of another configuration's.
  const isOthers = update.words.some((word) => /^(?:-C|--config)(?:=|$)/.test(word));
  const hint = isOthers ? found : remedy`${found}; or hand it one: eval "$(${HAND_OUT})"`;
  return { ...step, fix: addWords(update, "--exec-command", "atmos"), hint };
}

async function examineFiles(
  host: LoginCommandHost,
  { target: { selected }, update }: FilesInput,
): Promise<readonly Step[]> {
  const { merged, context, name, selectedBy, isUnread } = selected;
  const unread = isUnread ? context : undefined;
  return [
    { id: "kubeconfig", ...checkFiles(host, { merged, unread, update }) },
    { id: "context", ...checkContext({ merged, context, name, selectedBy, update }) },
    { id: "plugin", ...await checkPlugin(host, { context, update }) },
  ];
}
