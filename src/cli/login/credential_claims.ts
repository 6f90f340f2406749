import { commandLine } from "../output/own_command.ts";
import { environmentProfiles } from "../../aws/shared_config/profile.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { findLoginFile } from "../../aws/shared_config/provider_directory.ts";
import { type Globals, isWithoutIdentity } from "../args/global_flags.ts";

/** Something that says whose AWS credentials are meant. */
export interface Claim {
  /** An identity of atmos.yaml, or what the AWS CLI would use. */
  readonly kind: "identity" | "aws";
  /** Of the identity ("" for one to choose), the AWS profile, the access key or the environment's; undefined for none. */
  readonly name: string | undefined;
  readonly by: FlagOrVariable | Configured | "AWS CLI" | "login";
  /** Of an AWS profile, whether the environment's credentials file is one that a login of an identity has written. */
  readonly isOfLogin?: true;
}

type FlagOrVariable =
  | "--profile"
  | "--identity"
  | "--all-identities"
  | "ATMOS_IDENTITY"
  /** `--identity=false`, ATMOS_IDENTITY=false or `--no-identity`. */
  | "no identity"
  | "AWS_ACCESS_KEY_ID"
  | "AWS_PROFILE"
  | "AWS_DEFAULT_PROFILE";

/** `auth use`, or atmos.yaml by its default or only identity, a stack or component by its default, or the user's own by its only one, an integration of that name, or the AWS profile of its components. */
type Configured =
  | "auth use"
  | "default"
  | "stack default"
  | "only"
  | "only own"
  | { readonly integration: string }
  | "components.helmfile.helm_aws_profile_pattern";

/** What the AWS CLI finds where neither a flag, a variable nor atmos.yaml says whose credentials are meant. */
export const AWS_CLI: Claim = { kind: "aws", name: undefined, by: "AWS CLI" };

/** Returns the claim of an identity that a command logs in as, where it does not matter what says so. */
export function loginClaim(identity: string): Claim {
  return { kind: "identity", name: identity, by: "login" };
}

/** Returns the identity that the configuration says, where neither a flag nor a variable names one. */
export function findEvidentName({ by, name }: Claim): string | undefined {
  return ["auth use", "default", "stack default", "only", "only own"].some((one) => one === by) ? name : undefined;
}

export interface ClaimsInput {
  readonly globals: Pick<Globals, "identity">;
  /** `--profile`, of a command that has that flag. */
  readonly profile?: string | undefined;
  /** `--no-identity`. */
  readonly hasNoIdentity?: boolean;
}

/**
 * Returns what flags and variables say of whose credentials are meant, the strongest first: flags, ATMOS_IDENTITY, then
 * access keys, AWS_PROFILE and AWS_DEFAULT_PROFILE of the environment. AppError "usage" for `--identity` together with `--profile`.
 */
export function listClaims(host: Needs<"env">, input: ClaimsInput): readonly Claim[] {
  const { globals: { identity }, profile, hasNoIdentity = false } = input;
  const variable = host.env.get("ATMOS_IDENTITY");
  const flag = hasNoIdentity ? "false" : identity === variable ? undefined : identity;
  if (profile !== undefined && flag !== undefined && !isWithoutIdentity({ identity: flag })) {
    throw exclusive(flag, profile);
  }
  const environment = environmentClaims(host);
  // It is the environment that is meant then, whatever that has.
  const none = { kind: "aws", name: environment[0] && describeClaim(environment[0]), by: "no identity" } as const;
  const asClaims = (name: string | undefined, by: "--identity" | "ATMOS_IDENTITY"): readonly Claim[] => {
    if (name === undefined) return [];
    return [isWithoutIdentity({ identity: name }) ? none : { kind: "identity", name, by }];
  };
  return [
    ...(profile === undefined ? [] : [{ kind: "aws", name: profile, by: "--profile" } as const]),
    ...asClaims(flag, "--identity"),
    ...asClaims(variable, "ATMOS_IDENTITY"),
    ...environment,
  ];
}

/** As the AWS CLI has it: keys first, even half of a pair, which is an error of its own. */
function environmentClaims({ env }: Needs<"env">): readonly Claim[] {
  const key = env.get("AWS_ACCESS_KEY_ID");
  const hasKeys = key !== undefined || env.get("AWS_SECRET_ACCESS_KEY") !== undefined;
  return [
    ...(hasKeys ? [{ kind: "aws", name: key, by: "AWS_ACCESS_KEY_ID" } as const] : []),
    ...environmentProfiles({ env }).map((found) => profileClaim({ env }, found)),
  ];
}

function profileClaim(
  host: Needs<"env">,
  { name, variable }: ReturnType<typeof environmentProfiles>[number],
): Claim {
  const isOfLogin = findLoginFile(host) !== undefined;
  return { kind: "aws", name, by: variable, ...(isOfLogin ? { isOfLogin } : {}) };
}

function exclusive(identity: string, profile: string): AppError {
  const flag = identity === "" ? "--identity" : `--identity ${identity}`;
  return new AppError("usage", `Cannot use both ${flag} and --profile ${profile}: they exclude each other`, {
    hint: "Use one of them",
  });
}

/**
 * Returns whether ATMOS_IDENTITY and AWS_PROFILE name the same, and a login has written that profile, as inside `atmos
 * auth shell` and `auth exec`: the AWS settings of the environment are the identity's own there, unless keys win over them.
 */
export function isOwnShell(claims: readonly Claim[]): boolean {
  const [first, second] = claims;
  if (first?.by !== "ATMOS_IDENTITY" || second?.by !== "AWS_PROFILE") return false;
  return second.isOfLogin === true && first.name?.toLowerCase() === second.name?.toLowerCase();
}

/** Returns what a user knows the credentials by, and what says that they are used: `identity "dev" (ATMOS_IDENTITY)`. */
export function describeClaim({ kind, name, by }: Claim): string {
  if (typeof by === "object") return `identity "${name}" (of integration "${by.integration}")`;
  switch (by) {
    case "auth use":
      return `identity "${name}" (${commandLine(["auth", "use"], [])})`;
    case "default":
      return `identity "${name}" (the default of atmos.yaml)`;
    case "stack default":
      return `identity "${name}" (the default of the stack)`;
    case "only":
      return `identity "${name}" (the only one of atmos.yaml)`;
    case "only own":
      return `identity "${name}" (the only one of your own atmos.yaml)`;
    case "AWS_ACCESS_KEY_ID":
      return name === undefined ? "AWS_SECRET_ACCESS_KEY" : `access key ${name} (AWS_ACCESS_KEY_ID)`;
    case "login":
      return `identity "${name}"`;
    case "no identity":
    case "AWS CLI":
      return name ?? "the AWS credentials of this machine (~/.aws, web identity, container or instance)";
    default:
      return `${kind === "identity" ? "identity" : "AWS profile"} "${name}" (${by})`;
  }
}

/** Returns whether the variables of AWS are those of another identity, whose shell this is. Permission: env. */
export function isShellOfAnother({ env }: Needs<"env">, identity: string): boolean {
  const shell = env.get("ATMOS_IDENTITY")?.toLowerCase() ?? "";
  return findLoginFile({ env }) !== undefined && shell !== "" && shell !== identity.toLowerCase();
}
