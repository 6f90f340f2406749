import type { ClusterInfo } from "../../../aws/eks/usable_cluster.ts";
import { aliasFault, expandAlias } from "../../../integrations/eks/alias.ts";
import { refusedName } from "./select_clusters.ts";

const NEEDS_IDENTITY = /\{(identity|integration)\}/;

/** @throws {AppError} usage for a template that names what credentials of the environment do not have */
export function checkEnvironmentAlias(alias: string): void {
  const [, name] = NEEDS_IDENTITY.exec(alias) ?? [];
  const found = aliasFault(alias) ??
    (name && `the AWS credentials belong to no identity of atmos.yaml, so {${name}} is unknown`);
  if (found !== undefined) throw refusedName({ flag: "alias", name: alias, found });
}

/** Returns the name of the context of a cluster that was described with the environment's credentials. */
export function expandEnvironmentAlias(alias: string, { name, region, account }: ClusterInfo): string {
  const facts = { cluster: name, region, account, accountName: undefined };
  return expandAlias(alias, { ...facts, identity: "", integration: "" });
}
