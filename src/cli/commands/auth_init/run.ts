import { renderParts } from "../../output/remedy.ts";
import { previewConfig, saveConfig } from "../../../config/edit/save_config.ts";
import { AppError } from "../../../errors.ts";
import { jsonText } from "../../output/json_text.ts";
import { hasInteractiveTerminal } from "../../login/terminal_ui.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { formatCount, printable } from "../../output/text.ts";
import { unifiedDiff } from "../../output/unified_diff.ts";
import { confirmWrite } from "./confirm_write.ts";
import { readExisting } from "./existing.ts";
import type { InitInput } from "./init_input.ts";
import { makePlan } from "./make_plan.ts";
import { nextSteps } from "./next_steps.ts";
import { editFor, isEmpty, type Plan } from "./plan.ts";
import { planData } from "./plan_data.ts";
import { provisionClusters } from "./provision_clusters.ts";
import { writeSkeleton } from "./write_skeleton.ts";

/** `atmos auth init`: an atmos.yaml with what the user may use, and kubectl ready for its clusters. */
export async function runAuthInit(host: LoginCommandHost, input: InitInput): Promise<number> {
  const { flags, globals } = input;
  const asks = isAsked(host, input);
  const existing = await readExisting(host, globals);
  if (flags.provider !== "sso") {
    return await writeSkeleton(host, { input, existing, asks, provider: flags.provider });
  }
  const plan = await makePlan(host, { input, existing, asks });
  const edit = editFor(plan);
  const { before, after } = await previewConfig(host, { path: plan.path, edit });
  const diff = await unifiedDiff({ path: plan.path, before, after, format: "yaml" });
  const isWritten = !isEmpty(plan) && (flags.yes || asks);
  if (isWritten && asks) await confirmWrite(host, { path: plan.path, diff, summary: summarize(plan, TO_DO) });
  if (isWritten) await saveConfig(host, { path: plan.path, edit });
  if (flags.output === "json") host.terminal.out(jsonText(planData(plan, { diff, isWritten })));
  if (isWritten || flags.output !== "json") tell(host, { plan, isWritten });
  const isProvisioned = isWritten || (plan.pending.length > 0 && (flags.yes || asks));
  if (isProvisioned) await provision(host, { plan, input });
  return 0;
}

/** AppError "usage" where nothing may be written, and nothing is to be shown. */
function isAsked(host: LoginCommandHost, { flags }: InitInput): boolean {
  const isThere = host.terminal.isTty.stdin && hasInteractiveTerminal(host);
  if (flags.yes || flags.output === "json") return false;
  if (isThere) return true;
  throw new AppError("usage", "Cannot ask what to set up: there is no terminal to ask at", {
    hint: "Use --yes to write what is found, or --output json to see it first",
  });
}

function tell(
  host: LoginCommandHost,
  { plan, isWritten }: { readonly plan: Plan; readonly isWritten: boolean },
): void {
  const path = printable(plan.path);
  host.terminal.err(isWritten ? `✓ Wrote ${path}: ${summarize(plan, DONE)}\n` : `Nothing to add to ${path}.\n`);
}

const TO_DO = { add: "to add", remove: "to remove" };
const DONE = { add: "added", remove: "removed" };

function summarize({ identities, clusters, removed }: Plan, { add, remove }: typeof DONE): string {
  const gone = removed.identities.length + removed.integrations.length;
  const added = `${formatCount(identities.length, "identity")} and ${formatCount(clusters.length, "cluster")} ${add}`;
  return gone === 0 ? added : `${added}, ${gone} ${remove}`;
}

/** Puts the clusters into their kubeconfig, and says what to type next. */
async function provision(
  host: LoginCommandHost,
  { plan, input }: { readonly plan: Plan; readonly input: InitInput },
): Promise<void> {
  const ready = await provisionClusters(host, { plan, input });
  const steps = nextSteps(host, { plan, ready });
  host.terminal.err(`Next:\n${steps.map((step) => `  ${printable(renderParts(host, step))}\n`).join("")}`);
}
