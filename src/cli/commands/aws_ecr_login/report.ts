import { timestamp } from "../../../auth/files/credential_file_text.ts";
import { makesPasswords } from "../../../docker/docker_credential.ts";
import type { DockerConfig } from "../../../docker/docker_config.ts";
import type { StoredLogins } from "../../../docker/keep_logins.ts";
import type { Needs } from "../../../host/host.ts";
import { toAppError } from "../../output/app_error.ts";
import type { Input } from "../../args/command.ts";
import type { ECR_LOGIN_FLAGS } from "./command.ts";
import { jsonText } from "../../output/json_text.ts";
import { errorData, warns } from "../../output/report.ts";
import { paintFor } from "../../output/paint.ts";
import { endWith } from "../../ecr/exit_status.ts";
import type { EcrTarget, EcrTargets } from "../../ecr/targets.ts";
import { describeHolder, holderLines } from "../../output/docker_holder.ts";
import { warnOfHidden } from "../../provision/warn_of_hidden.ts";

export type LoggedIn =
  & { readonly target: Pick<EcrTarget, "host" | "integration" | "as"> }
  & ({ readonly error: Error } | { readonly kept: StoredLogins; readonly expiration: number | undefined });

type TellHost = Needs<"terminal" | "env" | "clock">;

interface ReportedLogin {
  readonly input: Input<typeof ECR_LOGIN_FLAGS>;
  /** Docker's config.json. */
  readonly path: string;
}

/** Says what became of each registry. Throws as endWith. */
export function tellLogins(
  host: TellHost,
  { input, path, outcomes }: ReportedLogin & { readonly outcomes: readonly LoggedIn[] },
): number {
  const { flags, globals } = input;
  if (flags.output === "json") {
    host.terminal.out(jsonText({ registries: outcomes.map((one) => data(host, { outcome: one, path })) }));
  }
  const check = paintFor(host, { stream: "stderr", globals })("green", "✓");
  for (const one of outcomes) {
    if (!("kept" in one)) continue;
    if (one.kept.holder === undefined) {
      host.terminal.err(`${check} ${line(one.kept, left(host, one.expiration))}\n`);
    } else if (warns(globals)) { for (const text of renderHolderLines(host, one)) host.terminal.err(`${text}\n`); }
  }
  const registries = outcomes.flatMap((one) => "kept" in one ? [one.target.host] : []);
  warnOfHidden(host, { registries, globals });
  return endWith(host, { errors: outcomes.flatMap((one) => "error" in one ? [one.error] : []), globals });
}

function renderHolderLines(
  host: Needs<never>,
  { target, kept }: Extract<LoggedIn, { readonly kept: StoredLogins }>,
): readonly string[] {
  return holderLines(host, { ...kept, holder: kept.holder!, integration: target.integration });
}

function line({ registry, helper }: StoredLogins, expires: string): string {
  if (helper === undefined) return `Logged in to ${registry} (${expires})`;
  if (makesPasswords(helper)) return `Docker asks docker-credential-${helper} for ${registry}: no password is stored`;
  return `Logged in to ${registry} (${expires}, stored by docker-credential-${helper})`;
}

/** "expires in 12h", to the minute. */
function left({ clock }: Needs<"clock">, expiration: number | undefined): string {
  if (expiration === undefined) return "expiry unknown";
  const minutes = Math.max(0, Math.round((expiration - clock.now()) / 60_000));
  const parts = [[Math.floor(minutes / 60), "h"], [minutes % 60, "m"]].filter(([count]) => count !== 0);
  return `expires in ${parts.map((part) => part.join("")).join(" ") || "0m"}`;
}

function data(
  host: Needs<never>,
  { outcome, path }: { readonly outcome: LoggedIn; readonly path: string },
) {
  const { host: registry, integration, as } = outcome.target;
  const whose = { registry, integration: integration ?? null, identity: as?.identity ?? null, config_file: path };
  if ("error" in outcome) {
    return { ...whose, action: "failed", error: errorData(host, toAppError(outcome.error)) };
  }
  const { kept, expiration } = outcome;
  const isOurs = kept.holder === undefined;
  return {
    ...whose,
    action: kept.action,
    helper: kept.helper ?? null,
    expiration: expiration === undefined || !isOurs ? null : timestamp(expiration),
    ...(isOurs ? {} : { kept: describeHolder(kept.holder) }),
  };
}

/** Says what a login would do, without having asked AWS. Throws as endWith. */
export function tellPlan(
  host: TellHost,
  { input, path, targets, undecided, config }: ReportedLogin & EcrTargets & { readonly config: DockerConfig },
): number {
  const { flags, globals } = input;
  const plans = targets.map(({ host: registry, integration, as }) => ({
    registry,
    integration: integration ?? null,
    identity: as?.identity ?? null,
    config_file: path,
    helper: config.storeOf(registry)?.helper ?? null,
  }));
  if (flags.output === "json") {
    const failed = undecided.map(({ error, ...target }) => data(host, { outcome: { target, error }, path }));
    host.terminal.out(jsonText({ dry_run: true, registries: [...plans, ...failed] }));
  }
  for (const { registry, identity, helper } of plans) {
    const where = helper === null ? `stored in ${path}` : `stored by docker-credential-${helper}`;
    host.terminal.err(`Would log in to ${registry} ${identity === null ? "" : `as ${identity} `}(${where})\n`);
  }
  warnOfHidden(host, { registries: plans.map(({ registry }) => registry), globals });
  return endWith(host, { errors: undecided.map(({ error }) => error), globals });
}
