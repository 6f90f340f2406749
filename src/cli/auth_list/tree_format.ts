import type { Identity, Provider } from "../../auth/model.ts";
import type { Integration } from "../../integrations/model.ts";
import type { Paint } from "../paint.ts";
import { printable } from "../printable.ts";
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
  const drawing = { forest: new Forest(input.listing), data: await listingData(input), paint: input.paint };
  const branches = [...input.listing.providers.map((one) => providerBranch(drawing, one)), ...looseBranches(drawing)];
  const root = { label: input.paint("bold", "Authentication Configuration"), branches };
  return branchLines(root).map((line) => `${line}\n`).join("");
};

interface Drawing {
  readonly forest: Forest;
  readonly data: ListingData;
  readonly paint: Paint;
}

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
      ...drawing.forest.identitiesOf(identity).map((one) => identityBranch(drawing, one)),
    ],
  };
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
