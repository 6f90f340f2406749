import { parseArn } from "../names/arn.ts";
import { partitionOf, partitions } from "../names/partition.ts";

/**
 * What is wrong with taking on a role in a region: roles are known in the regions of their own partition only. undefined
 * when nothing is, and for a partition that this program does not know.
 */
export function partitionFault(roleArn: string, region: string): string | undefined {
  const ofRole = parseArn(roleArn)?.partition;
  const ofRegion = partitionOf(region).id;
  if (ofRole === undefined || ofRole === ofRegion || !partitions().some(({ id }) => id === ofRole)) return undefined;
  return `the role is in partition ${ofRole}, region ${region} is in partition ${ofRegion}`;
}
