import { PUBLIC_REGIONS } from "../../aws/names/public_regions.ts";
import type { Candidate } from "./offer.ts";

/** The regions of AWS that customers without a clearance can use. */
export function regionNames(): readonly Candidate[] {
  return Object.entries(PUBLIC_REGIONS).map(([value, about]) => ({ value, about }));
}
