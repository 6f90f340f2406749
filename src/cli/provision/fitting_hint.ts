import { chainOf, isAmbient } from "../../auth/model/chain.ts";
import { loginAgain } from "../../auth/flow/login_hints.ts";
import { OTHER_CREDENTIALS } from "../../aws/errors/aws_error.ts";
import { AppError, hintLines } from "../../errors.ts";
import type { ConfigModel, Integration } from "../../integrations/contract/model.ts";
import { isEks } from "../../integrations/eks/eks_integration.ts";

export interface HintInput {
  readonly model: ConfigModel;
  readonly integration: Integration;
  /** The one that it is made ready for. */
  readonly identity: string;
  /** The flags of `update-kubeconfig` that may be typed: all, those that go for several integrations, or none. */
  readonly flags: "all" | "shared" | "none";
}

type Settings = readonly (readonly [flag: string, setting: string])[];

/** What atmos.yaml has in place of a flag that is for one integration. */
const OF_ONE: Settings = [
  ["with --alias NAME", "with spec.cluster.alias in atmos.yaml"],
  ["with --user-alias NAME", "with spec.cluster.user_alias in atmos.yaml"],
];
const OF_SEVERAL: Settings = [
  ["with --kubeconfig PATH", "with spec.cluster.kubeconfig.path in atmos.yaml"],
  ["try another --region", "try another spec.cluster.region in atmos.yaml"],
  ["Use --update merge", "Use spec.cluster.kubeconfig.update: merge in atmos.yaml"],
];
const INSTEAD: Readonly<Record<HintInput["flags"], Settings>> = {
  all: [],
  shared: OF_ONE,
  none: [...OF_ONE, ...OF_SEVERAL],
};

/** The failure of an integration, its hint made for whoever reads it: no flag that cannot be typed, the right login. */
export function withFittingHint(error: AppError, input: HintInput): AppError {
  if (error.hint === undefined) return error;
  const hint = withSettings(withIdentity(error.hint, input), input);
  if (hint === error.hint) return error;
  const { code, message, facts, cause, place } = error;
  return new AppError(code, message, {
    hint: hintLines(hint),
    facts,
    cause,
    ...(place === undefined ? {} : { place }),
  });
}

function withIdentity(hint: string, input: HintInput): string {
  const asks = describerOf(input.integration);
  const setting = asks === undefined ? "via.identity" : "spec.cluster.describe_identity";
  const other = input.flags === "none" || asks !== undefined ? `${setting} in atmos.yaml` : "--identity NAME";
  const changed = hint.replace(OTHER_CREDENTIALS, () => ` (${other})`);
  const acting = asks ?? input.identity;
  return isOnesOwn(input.model, acting) ? changed : loginAgain(changed, acting);
}

/** The identity that asks AWS, where that is another one. */
function describerOf(integration: Integration): string | undefined {
  return isEks(integration) ? integration.cluster.describeIdentity : undefined;
}

/** Of the environment's own credentials the AWS CLI's login is the right one. */
function isOnesOwn(model: ConfigModel, identity: string): boolean {
  try {
    return isAmbient(chainOf(model, identity));
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** Without the integration's name, so that failures which are alike can be told as one. */
function withSettings(hint: string, { flags }: HintInput): string {
  return INSTEAD[flags].reduce((text, [flag, setting]) => text.replace(flag, setting), hint);
}
