import type { Identity, Provider } from "../../../auth/model/model.ts";
import type { Integration } from "../../../integrations/contract/model.ts";
import { formatCount, printable } from "../../output/text.ts";
import type { Paint } from "../../output/paint.ts";
import { Forest, isEmptyListing, type Parent } from "./listing.ts";
import type { MarkedIdentities } from "./identity_marks.ts";
import type { Render } from "./formats.ts";
import { type ListingData, listingData } from "./format_data.ts";
import type { Named } from "../../../config/schema/entry.ts";
import type { Via } from "../../../auth/kinds/via.ts";

export const renderTree: Render = async (input) => {
  if (isEmptyListing(input.listing)) return "";
  const data = await listingData(input);
  const drawing = { forest: new Forest(input.listing), data, paint: input.paint, marksOf: input.marksOf, depth: 0 };
  const branches = [...input.listing.providers.map((one) => providerBranch(drawing, one)), ...looseBranches(drawing)];
  const root = { label: input.paint("bold", "Authentication Configuration"), branches };
  return branchLines(root).map((line) => `${line}\n`).join("");
};

interface Drawing {
  readonly forest: Forest;
  readonly data: ListingData;
  readonly paint: Paint;
  readonly marksOf: MarkedIdentities;
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
    label: renderTitle(provider, drawing.paint),
    branches: [...facts, ...integrationsBranch(drawing, provider), ...group("Identities", identities)],
  };
}

function identityBranch(drawing: Drawing, identity: Identity): Branch {
  return {
    label: `${renderTitle(identity, drawing.paint)}${marksText(drawing, identity)}`,
    branches: [
      ...group("Principal", dataBranches(drawing.data.identities[identity.name]?.["principal"])),
      ...integrationsBranch(drawing, identity),
      ...deeperBranches(drawing, identity),
    ],
  };
}

/** ` [IN USE] [FOUND] valid for 56m` */
function marksText({ paint, marksOf }: Drawing, { name }: Identity): string {
  const { isUsed = false, isFound = false, state } = marksOf(name) ?? {};
  const words = [
    ...(isUsed ? [paint("green", "[IN USE]")] : []),
    ...(isFound ? [paint("dim", "[FOUND]")] : []),
    ...(state === undefined ? [] : [paint("dim", state)]),
  ];
  return words.map((word) => ` ${word}`).join("");
}

function deeperBranches(drawing: Drawing, identity: Identity): readonly Branch[] {
  const { forest, depth } = drawing;
  const below = forest.identitiesOf(identity);
  if (depth < MOST_DEPTH) return below.map((one) => identityBranch({ ...drawing, depth: depth + 1 }, one));
  const left = formatCount(forest.countBelow(identity), "identity");
  return below.length === 0 ? [] : [{ label: `… ${left} more below, too deep to draw: --format table`, branches: [] }];
}

function integrationsBranch(drawing: Drawing, parent: Parent): readonly Branch[] {
  return group("Integrations", drawing.forest.integrationsOf(parent).map((one) => integrationBranch(drawing, one)));
}

function integrationBranch({ data, paint }: Drawing, integration: Integration): Branch {
  return {
    label: renderTitle(integration, paint),
    branches: dataBranches(data.integrations[integration.name]?.["spec"]),
  };
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

/** A line of a tree, with what hangs below it. */
interface Branch {
  readonly label: string;
  readonly branches: readonly Branch[];
}

/** The lines of a tree, drawn with box characters. */
function branchLines({ label, branches }: Branch): readonly string[] {
  return [label, ...branches.flatMap((branch, at) => below(branch, at === branches.length - 1))];
}

function below(branch: Branch, isLast: boolean): readonly string[] {
  const [first, ...rest] = branchLines(branch);
  return [`${isLast ? "└──" : "├──"}${first}`, ...rest.map((line) => `${isLast ? "   " : "│  "}${line}`)];
}

/** Branches under a title of their own; nothing for none. */
function group(label: string, branches: readonly Branch[]): readonly Branch[] {
  return branches.length === 0 ? [] : [{ label, branches }];
}

/** A mapping of the configuration as branches: `name: AdministratorAccess`. */
function dataBranches(data: unknown): readonly Branch[] {
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).map(([key, value]) => dataBranch(printable(key), value));
}

function dataBranch(label: string, value: unknown): Branch {
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) {
    return { label: `${label}: ${cut(printable(value.join(", ")))}`, branches: [] };
  }
  if (typeof value === "object") return { label, branches: dataBranches(value) };
  return { label: `${label}: ${cut(printable(String(value)))}`, branches: [] };
}

/** `dev-admin (aws/permission-set) [DEFAULT]` */
function renderTitle(
  { name, kind, isDefault, alias }: Pick<Named, "name"> & {
    readonly kind: string;
    readonly isDefault?: boolean;
    readonly alias?: string | undefined;
  },
  paint: Paint,
): string {
  const other = alias === undefined ? "" : ` ${paint("dim", `alias ${printable(alias)}`)}`;
  const mark = isDefault ? ` ${paint("green", "[DEFAULT]")}` : "";
  return `${paint("bold", printable(name))} ${paint("dim", `(${kind})`)}${other}${mark}`;
}

/** "provider company-sso", "identity dev-admin": what an entry is reached through; undefined for one that is reached by itself. */
export function through(via: Via | undefined): string | undefined {
  if (via?.identity !== undefined) return `identity ${via.identity}`;
  return via?.provider === undefined ? undefined : `provider ${via.provider}`;
}

const LONGEST = 100;

/** Certificates and the like, by their beginning. */
export function cut(text: string): string {
  const characters = [...text];
  return characters.length <= LONGEST ? text : `${characters.slice(0, LONGEST - 1).join("")}…`;
}
