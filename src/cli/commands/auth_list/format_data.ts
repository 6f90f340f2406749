import { hideInData } from "../../output/hide_output.ts";
import { jsonText, yamlText } from "../../output/json_text.ts";
import type { Render } from "./formats.ts";
import { IDENTITIES } from "../../../auth/kinds/identities/registry.ts";
import type { KindRegistry } from "../../../config/schema/kind.ts";
import { PROVIDERS } from "../../../auth/kinds/providers/registry.ts";
import { authSpot, getSection } from "../../../config/schema/sections.ts";
import type { Located } from "../../../config/values/located.ts";
import { INTEGRATIONS } from "../../../integrations/registry.ts";
import type { ListedFamily, Listing } from "./listing.ts";
import { showData } from "./show_data.ts";

/** The listing as JSON. */
export const renderJson: Render = async (input) => jsonText(await listingData(input));

/** The listing as YAML. */
export const renderYaml: Render = async (input) => await yamlText(hideInData(await listingData(input)));

export type EntryData = Readonly<Record<string, unknown>>;
type FamilyData = Readonly<Record<string, EntryData>>;
export type ListingData = Readonly<Record<ListedFamily, FamilyData>>;

interface DataInput {
  readonly listing: Listing;
  /** The auth section as it is written. */
  readonly auth: Located | undefined;
}

const REGISTRIES: Readonly<Record<ListedFamily, KindRegistry<unknown>>> = {
  identities: IDENTITIES,
  providers: PROVIDERS,
  integrations: INTEGRATIONS,
};

/** What is listed, in the words of atmos.yaml, without secrets. */
export async function listingData(input: DataInput): Promise<ListingData> {
  return {
    identities: await familyData(input, "identities"),
    providers: await familyData(input, "providers"),
    integrations: await familyData(input, "integrations"),
  };
}

async function familyData({ listing, auth }: DataInput, family: ListedFamily): Promise<FamilyData> {
  const section = getSection(authSpot(auth), family)?.located;
  const data: [string, EntryData][] = [];
  for (const { name, kind } of listing[family]) {
    const located = section?.kind === "map" ? section.entries.get(name)?.value : undefined;
    const definition = await REGISTRIES[family][kind]?.schema();
    if (located === undefined || definition === undefined) continue;
    data.push([name, showData(definition.kind.schema, located) as EntryData]);
  }
  return Object.fromEntries(data);
}
