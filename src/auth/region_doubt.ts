import type { LocatedScalar } from "../config/located.ts";
import { REGION } from "../aws/names.ts";
import { closest } from "../formats/closest.ts";

/** Where AWS has regions. A new number in a known place (us-east-3) is nothing to doubt. */
const AREAS = new Set([
  ...["us-east", "us-west", "us-gov-east", "us-gov-west", "us-iso-east", "us-iso-west", "us-isob-east", "us-isob-west"],
  ...[
    "us-isof-east",
    "us-isof-south",
    "eu-isoe-west",
    "eusc-de-east",
    "ca-central",
    "ca-west",
    "mx-central",
    "sa-east",
  ],
  ...["eu-central", "eu-west", "eu-north", "eu-south", "il-central", "me-central", "me-south", "me-west", "af-south"],
  ...["ap-east", "ap-south", "ap-southeast", "ap-northeast", "cn-north", "cn-northwest", "ap-central", "sa-west"],
]);

/** A region that has the right form, but lies in no known place and much resembles one that does. */
export function regionDoubt({ value }: LocatedScalar): string | undefined {
  if (typeof value !== "string" || !REGION.test(value)) return undefined;
  const [, area, number] = /^(.*)-(\d+)$/.exec(value)!;
  if (AREAS.has(area!)) return undefined;
  const near = closest(area!, [...AREAS])[0];
  return near === undefined ? undefined : `found "${value}": no known AWS region; did you mean "${near}-${number}"?`;
}
