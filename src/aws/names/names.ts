import { AppError } from "../../errors.ts";
import { nameSetting, remedy } from "../../remedy.ts";

export const REGION = /^[a-z]{2,5}(-[a-z]{1,12}){1,3}-\d{1,2}$/;
export const CLUSTER = /^[0-9A-Za-z][A-Za-z0-9\-_]{0,99}$/;

export function isRegion(text: string): boolean {
  return text.length <= 63 && REGION.test(text);
}

/**
 * The region goes into host names, so only the shape of a region is let through: `us-east-2`, `us-gov-west-1`,
 * `eusc-de-east-1`, also ones that AWS opens after this was built. Throws AppError "usage".
 */
export function checkRegion(region: string): string {
  if (isRegion(region)) return region;
  throw new AppError("usage", `Cannot use region ${quote(region)}: that is not the name of an AWS region`, {
    hint: remedy`A region looks like us-east-2: give it with ${nameSetting("region")}`,
  });
}

/**
 * EKS's own rule for cluster names. Throws AppError "usage".
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
 */
export function checkClusterName(name: string): string {
  if (CLUSTER.test(name)) return name;
  throw new AppError("usage", `Cannot use cluster name ${quote(name)}: ${clusterNameFault(name)}`, {
    hint: "EKS names are 1 to 100 letters, digits, - and _, and begin with a letter or a digit",
  });
}

function clusterNameFault(name: string): string {
  if (name === "") return "it is empty";
  if (name.length > 100) return `it has ${name.length} characters`;
  const bad = [...name].find((one) => !/[A-Za-z0-9_-]/.test(one));
  return bad === undefined ? `it begins with ${quote(name[0]!)}` : `it contains ${quote(bad)}`;
}

/** Quoted, control characters escaped and long text cut, so that bad input cannot disturb a terminal. */
function quote(text: string): string {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 117)}...` : text);
}

/** The ARN of an MFA device, or of a security key of old. */
export const MFA_ARN = /^arn:aws[a-z-]*:iam::\d{12}:(?:mfa|u2f)\/[\w+=,.@/-]+$/;
