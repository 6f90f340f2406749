import { type Arn, parseArn } from "../names/arn.ts";

/** The principal of IAM that a caller is, as access entries name it. */
export interface AccessPrincipal {
  /** ARN of a user or a role, without a path where the caller's ARN does not say it. */
  readonly arn: string;
  readonly account: string;
  /** Of a role or user, without its path. */
  readonly name: string;
  readonly kind: "role" | "user" | "root" | "other";
  /** Whether the ARN has the role's whole path, or surely needs none. */
  readonly isComplete: boolean;
}

interface PrincipalInput {
  /** As STS gives it: a user, or `assumed-role/NAME/SESSION`. */
  readonly callerArn: string;
  /** Roles that the credentials may be of, as a configuration names them, with their paths. */
  readonly knownRoles: readonly string[];
  /** Of IAM Identity Center, where the role is one of its own. */
  readonly ssoRegion: string | undefined;
}

/**
 * Returns the principal whose access entry counts for a caller: sessions of a role are the role, whose path STS leaves
 * out. undefined for what is no ARN. https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
export function findAccessPrincipal(input: PrincipalInput): AccessPrincipal | undefined {
  const caller = parseArn(input.callerArn);
  if (caller === undefined) return undefined;
  const { account, resource } = caller;
  const [, roleName] = /^assumed-role\/([^/]+)\//.exec(resource) ?? [];
  if (roleName !== undefined) return rolePrincipal(caller, { ...input, roleName });
  const kind = resource === "root" ? "root" : resource.startsWith("user/") ? "user" : "other";
  return { arn: input.callerArn, account, name: lastPart(resource), kind, isComplete: true };
}

function rolePrincipal(
  { partition, account }: Arn,
  { roleName, knownRoles, ssoRegion }: PrincipalInput & { readonly roleName: string },
): AccessPrincipal {
  const known = knownRoles.find((arn) => parseArn(arn)?.account === account && lastPart(arn) === roleName);
  const path = isReservedName(roleName) ? reservedPath(ssoRegion) : undefined;
  return {
    arn: known ?? `arn:${partition}:iam::${account}:role/${path ?? ""}${roleName}`,
    account,
    name: roleName,
    kind: "role",
    isComplete: known !== undefined || (path !== undefined && ssoRegion !== undefined),
  };
}

/** Returns whether a role is one that IAM Identity Center makes of a permission set. */
export function isReservedName(roleName: string): boolean {
  return roleName.startsWith("AWSReservedSSO_");
}

/** The region that IAM Identity Center had first is not in the path. */
function reservedPath(region: string | undefined): string {
  const base = "aws-reserved/sso.amazonaws.com/";
  return region === undefined || region === "us-east-1" ? base : `${base}${region}/`;
}

/** Returns those of the principals that are the caller's own, whatever paths they have. */
export function matchPrincipals(
  principals: readonly string[],
  { account, name, kind }: AccessPrincipal,
): readonly string[] {
  return principals.filter((text) => {
    const arn = parseArn(text);
    if (arn?.account !== account) return false;
    if (kind === "root") return arn.resource === "root";
    return arn.resource.startsWith(`${kind}/`) && lastPart(arn.resource) === name;
  });
}

function lastPart(text: string): string {
  return text.slice(text.lastIndexOf("/") + 1);
}
