import type { Identity, Provider } from "../../../auth/model/model.ts";
import type { Integration } from "../../../integrations/contract/model.ts";
import { counted } from "../../output/counted.ts";
import type { Paint } from "../../output/paint.ts";
import { printable } from "../../output/printable.ts";
import { type Branch, branchLines, group } from "./branch_lines.ts";
import { dataBranch, dataBranches } from "./data_branches.ts";
import { Forest, type Parent } from "./forest.ts";
import type { Render } from "./formats.ts";
import { isEmptyListing } from "./listing.ts";
import { type ListingData, listingData } from "./listing_data.ts";
import { through } from "./through.ts";
import { titleOf } from "./title.ts";

export const render: Render = async (input) => {
  if (isEmptyListing(input.listing)) return "";
  const data = await listingData(input);
  const drawing = { forest: new Forest(input.listing), data, paint: input.paint, depth: 0 };
  const branches = [...input.listing.providers.map((one) => providerBranch(drawing, one)), ...looseBranches(drawing)];
  const root = { label: input.paint("bold", "Authentication Configuration"), branches };
  return branchLines(root).map((line) => `${line}\n`).join("");
};

interface Drawing {
  readonly forest: Forest;
  readonly data: ListingData;
  readonly paint: Paint;
  /** How many identities are above what is drawn. */
  readonly depth: number;
}

/** A longer chain would be a staircase out of the screen. */
const MOST_DEPTH = 40;

const FACTS = [["region", "Region"], ["start_url", "Start URL"], ["url", "URL"]] as const;

function providerBranch(drawing: Drawing, provider: Provider): Branch {
  const data = drawing.data.providers[provider.name] ?? {};
  const facts = FACTS.filter(([key]) => data[key] !== undefined).map(([key, label]) => dataBranch(label, data[key]));
  const identities = drawing.forest.identitiesOf(provider).map((one) => identityBranch(drawing, one));
  return {
    label: titleOf(provider, drawing.paint),
    branches: [...facts, ...integrationsBranch(drawing, provider), ...group("Identities", identities)],
  };
}

function identityBranch(drawing: Drawing, identity: Identity): Branch {
  return {
    label: titleOf(identity, drawing.paint),
    branches: [
      ...group("Principal", dataBranches(drawing.data.identities[identity.name]?.["principal"])),
      ...integrationsBranch(drawing, identity),
      ...deeperBranches(drawing, identity),
    ],
  };
}

function deeperBranches(drawing: Drawing, identity: Identity): readonly Branch[] {
  const { forest, depth } = drawing;
  const below = forest.identitiesOf(identity);
  if (depth < MOST_DEPTH) return below.map((one) => identityBranch({ ...drawing, depth: depth + 1 }, one));
  const left = counted(forest.countBelow(identity), "identity");
  return below.length === 0 ? [] : [{ label: `… ${left} more below, too deep to draw: --format table`, branches: [] }];
}

function integrationsBranch(drawing: Drawing, parent: Parent): readonly Branch[] {
  return group("Integrations", drawing.forest.integrationsOf(parent).map((one) => integrationBranch(drawing, one)));
}

function integrationBranch({ data, paint }: Drawing, integration: Integration): Branch {
  return { label: titleOf(integration, paint), branches: dataBranches(data.integrations[integration.name]?.["spec"]) };
}

/** What stands alone, and what is reached through something that is not listed: then the line says so. */
function looseBranches(drawing: Drawing): readonly Branch[] {
  const { forest, paint } = drawing;
  const identities = forest.identitiesOf(undefined);
  const said = (branch: Branch, { via }: Identity | Integration): Branch => {
    const above = paint("dim", `via ${printable(through(via) ?? "nothing")}`);
    return { ...branch, label: `${branch.label} ${above}` };
  };
  const alone = identities.filter(({ via }) => via === undefined).map((one) => identityBranch(drawing, one));
  const others = identities.filter(({ via }) => via !== undefined)
    .map((one) => said(identityBranch(drawing, one), one));
  const integrations = forest.integrationsOf(undefined).map((one) => said(integrationBranch(drawing, one), one));
  return [
    ...group("Standalone Identities", alone),
    ...group("Identities", others),
    ...group("Integrations", integrations),
  ];
}
