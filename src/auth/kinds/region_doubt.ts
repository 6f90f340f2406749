import type { Suspicion } from "../../config/schema/schema.ts";
import type { LocatedScalar } from "../../config/values/located.ts";
import { REGION } from "../../aws/names/names.ts";
import { PUBLIC_REGIONS } from "../../aws/names/public_regions.ts";
import { closest } from "../../formats/text/closest.ts";

const CLOSED = ["us-iso-east-1", "us-iso-west-1", "us-isob-east-1", "us-isob-west-1", "us-isof-east-1"];
const KNOWN = [...Object.keys(PUBLIC_REGIONS), ...CLOSED, "us-isof-south-1", "eu-isoe-west-1"];

/** A region of the right form that is none of AWS's; AWS may have opened it since, so it is only a doubt. */
export function regionDoubt({ value }: LocatedScalar): Suspicion | undefined {
  if (typeof value !== "string" || !REGION.test(value) || KNOWN.includes(value)) return undefined;
  return { message: "not a known AWS region", near: closest(value, KNOWN)[0] };
}
