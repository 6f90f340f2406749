/** A separate AWS: its own accounts, regions and DNS names. */
interface Partition {
  readonly id: string;
  readonly dnsSuffix: string;
  readonly dualstackDnsSuffix: string;
}

type Row = readonly [id: string, regions: RegExp, dnsSuffix: string, dualstackDnsSuffix: string];

// As in partitions.json of the AWS SDKs. Regions that AWS adds later fall into "aws", as the SDKs do it.
const ROWS: readonly Row[] = [
  ["aws-us-gov", /^us-gov-[a-z]+-\d+$/, "amazonaws.com", "api.aws"],
  ["aws-cn", /^cn-[a-z]+-\d+$/, "amazonaws.com.cn", "api.amazonwebservices.com.cn"],
  ["aws-iso", /^us-iso-[a-z]+-\d+$/, "c2s.ic.gov", "api.aws.ic.gov"],
  ["aws-iso-b", /^us-isob-[a-z]+-\d+$/, "sc2s.sgov.gov", "api.aws.scloud"],
  ["aws-iso-e", /^eu-isoe-[a-z]+-\d+$/, "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"],
  ["aws-iso-f", /^us-isof-[a-z]+-\d+$/, "csp.hci.ic.gov", "api.aws.hci.ic.gov"],
  ["aws-eusc", /^eusc-[a-z]+-[a-z]+-\d+$/, "amazonaws.eu", "api.amazonwebservices.eu"],
  ["aws", /^/, "amazonaws.com", "api.aws"],
];

/** The partition a region belongs to; "aws" for a region that none of the others claims. */
export function findPartition(region: string): Partition {
  const [id, , dnsSuffix, dualstackDnsSuffix] = ROWS.find(([, regions]) => regions.test(region))!;
  return { id, dnsSuffix, dualstackDnsSuffix };
}

/** Every partition, for lists such as the hosts a narrow build may reach. */
export function partitions(): readonly Partition[] {
  return ROWS.map(([id, , dnsSuffix, dualstackDnsSuffix]) => ({ id, dnsSuffix, dualstackDnsSuffix }));
}
