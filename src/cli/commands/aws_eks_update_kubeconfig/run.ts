import { AppError } from "../../../errors.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import type { LogoutWatch } from "../../login/watch_logouts.ts";
import { withSpinner } from "../../prompt/spinner.ts";
import type { UpdateKubeconfigInput } from "./command.ts";
import { describeClusters } from "./describe_clusters.ts";
import { previewEntries } from "./preview.ts";
import { report } from "./report.ts";
import { continueRows, type ResultRow } from "./result_row.ts";
import { findTargets, isPreview, type Targets } from "./targets.ts";
import { writeEntries } from "./write.ts";

/**
 * `aws eks update-kubeconfig`: the exit status for a cluster by its name, a component of a stack, or integrations of
 * atmos.yaml. All of them take one road: targets, what AWS says of them, the entries, a preview or a write, the report.
 */
export async function runAwsEksUpdateKubeconfig(
  given: LoginCommandHost,
  input: UpdateKubeconfigInput,
): Promise<number> {
  const host = withSpinner(given, input.globals);
  const targets = await findTargets(host, input);
  const logouts = targets.source === "environment" ? undefined : await startWatch(host);
  const described = await describeClusters(host, { targets, logouts });
  await reportIfDescribed(host, { targets, described });
  const rows = await continueRows(
    described,
    (entries) =>
      isPreview(input) ? previewEntries(host, { targets, entries }) : writeEntries(host, { entries, logouts }),
  );
  return await report(host, { targets, rows });
}

async function startWatch(host: LoginCommandHost): Promise<LogoutWatch> {
  const { watchLogouts } = await import("../../login/watch_logouts.ts");
  return watchLogouts(host);
}

/** Whose credentials were used, where others could be meant; a failure says it by itself. */
async function reportIfDescribed(
  host: LoginCommandHost,
  { targets, described }: { readonly targets: Targets; readonly described: readonly ResultRow<unknown>[] },
): Promise<void> {
  const { choice, input: { globals } } = targets;
  if (choice === undefined || described.every(({ result }) => result instanceof AppError)) return;
  const { reportChoice } = await import("../../login/report_choice.ts");
  await reportChoice(host, { choice, globals });
}
