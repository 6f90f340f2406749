import { isRoleArn, parseArn } from "../../aws/names/arn.ts";

/** A role of AWS together with the identity provider of IAM through which it is given. */
export interface SamlRole {
  readonly roleArn: string;
  /** ARN of the SAML provider in IAM. */
  readonly principalArn: string;
}

/** The roles of the attribute's values, each once; what is no pair of ARNs is left out. */
export function rolesOf(values: readonly string[]): readonly SamlRole[] {
  const roles = values.flatMap((value) => roleOf(value) ?? []);
  return [...new Map(roles.map((role) => [`${role.roleArn} ${role.principalArn}`, role])).values()];
}

/** "ROLE,PROVIDER" or the other way round. */
function roleOf(value: string): SamlRole | undefined {
  const arns = value.split(",").map((one) => one.trim());
  const roleArn = arns.find(isRoleArn);
  const principalArn = arns.find(isSamlProvider);
  if (arns.length !== 2 || roleArn === undefined || principalArn === undefined) return undefined;
  return { roleArn, principalArn };
}

function isSamlProvider(text: string): boolean {
  const arn = parseArn(text);
  return arn?.service === "iam" && arn.resource.startsWith("saml-provider/");
}
