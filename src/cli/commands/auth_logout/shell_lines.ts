import type { LogoutPlan } from "../../../auth/logout/logout_plan.ts";
import { IDENTITY_ENV } from "../../../auth/environment/recorded_variables.ts";
import { IDENTITY_CONFIG, IDENTITY_FINGERPRINT } from "../../../auth/model/inherited_identity.ts";
import type { AuthModel } from "../../../auth/model/model.ts";
import { lookup } from "../../../config/schema/lookup.ts";
import type { Needs } from "../../../host/host.ts";
import { isSelector } from "../../../kube/kubectl/selector.ts";

/** What only `auth env` sets, or no one misses. */
const FILES: readonly string[] = ["AWS_PROFILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"];

/** Set with them, where they are known. */
const SHOWN: readonly string[] = [
  ...["ATMOS_IDENTITY", IDENTITY_CONFIG, IDENTITY_FINGERPRINT, IDENTITY_ENV],
  ...["ATMOS_KUBE_CONTEXT", "AWS_CREDENTIAL_EXPIRATION"],
];

/** Returns a line with all that `auth env` has set in this shell, where it was evaluated for what is logged out of. */
export function shellLines(
  host: Needs<"env">,
  { plan: { profiles }, model }: { readonly plan: Pick<LogoutPlan, "profiles">; readonly model: AuthModel },
): readonly string[] {
  const { env } = host;
  const [credentials, profile] = [env.get("AWS_SHARED_CREDENTIALS_FILE"), env.get("AWS_PROFILE")];
  if (profile === undefined) return [];
  if (!profiles.some((one) => one.credentials === credentials && one.profile === profile)) return [];
  const own = lookup(model.identities, profile)?.env ?? [];
  const names = [
    ...FILES,
    ...(env.get("AWS_DEFAULT_PROFILE") === profile ? ["AWS_DEFAULT_PROFILE"] : []),
    ...SHOWN.filter((name) => env.get(name) !== undefined),
    ...regionNames(host),
    ...kubectlNames(host),
    ...(env.get("DOCKER_CONFIG") === `${env.get("HOME")}/.docker` ? ["DOCKER_CONFIG"] : []),
    ...own.filter(({ key, value }) => env.get(key) === value).map(({ key }) => key),
  ];
  return [`This shell still names it: unset ${[...new Set(names)].join(" ")}`];
}

/** They are set together. */
function regionNames({ env }: Needs<"env">): readonly string[] {
  const region = env.get("AWS_REGION");
  return region !== undefined && region === env.get("AWS_DEFAULT_REGION") ? ["AWS_REGION", "AWS_DEFAULT_REGION"] : [];
}

/** The list begins with a selector; terraform's files are among it. */
function kubectlNames({ env }: Needs<"env">): readonly string[] {
  const list = env.get("KUBECONFIG") ?? "";
  if (!isSelector(list)) return [];
  const files = pathsIn(list);
  const terraform = ["KUBE_CONFIG_PATH", "KUBE_CONFIG_PATHS"];
  return ["KUBECONFIG", ...terraform.filter((name) => pathsIn(env.get(name) ?? "").some((one) => files.includes(one)))];
}

function pathsIn(list: string): readonly string[] {
  return list.split(/[:;]/).filter((path) => path !== "");
}
