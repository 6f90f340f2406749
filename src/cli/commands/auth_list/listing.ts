import type { Identity, Provider } from "../../../auth/model/model.ts";
import type { Integration } from "../../../integrations/contract/model.ts";

/** What is listed, each sorted by name. */
export interface Listing {
  readonly providers: readonly Provider[];
  readonly identities: readonly Identity[];
  readonly integrations: readonly Integration[];
}

export type ListedFamily = keyof Listing;

/** What messages call one of them. */
export const ONE: Readonly<Record<ListedFamily, string>> = {
  providers: "provider",
  identities: "identity",
  integrations: "integration",
};

export const FAMILIES = Object.keys(ONE) as readonly ListedFamily[];

export function isEmptyListing(listing: Listing): boolean {
  return FAMILIES.every((family) => listing[family].length === 0);
}
