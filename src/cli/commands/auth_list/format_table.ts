import type { Identity, Provider } from "../../../auth/model/model.ts";
import type { Integration } from "../../../integrations/contract/model.ts";
import { cut, through } from "./format_tree.ts";
import type { IdentityMarks } from "./identity_marks.ts";
import type { Render } from "./formats.ts";
import { type EntryData, listingData } from "./format_data.ts";
import { fittedTableLines } from "../../output/table.ts";

/** One table a family, an empty line between them. */
export const renderTable: Render = async (input) => {
  const { providers, identities, integrations } = input.listing;
  const data = await listingData(input);
  const tables = [
    [PROVIDER, providers.map(providerRow)],
    [
      IDENTITY,
      identities.map((one) => identityRow(one, { data: data.identities[one.name], marks: input.marksOf(one.name) })),
    ],
    [INTEGRATION, integrations.map((one) => integrationRow(one, data.integrations[one.name]))],
  ] as const;
  const full = tables.filter(([, rows]) => rows.length > 0).map(([titles, rows]) =>
    fittedTableLines(titles, rows, { columns: input.width, dispensable: DISPENSABLE, showsUntrusted: true })
  );
  return full.map(([head, ...rows]) => [input.paint("bold", head!), ...rows].map((line) => `${line}\n`).join(""))
    .join("\n");
};

const DISPENSABLE = ["TAGS", "DEFAULT", "REGION"];

const PROVIDER = ["PROVIDER", "KIND", "REGION", "DEFAULT", "TAGS"];
const IDENTITY = ["IDENTITY", "KIND", "VIA", "DEFAULT", "STATE", "TAGS", "PRINCIPAL"];
const INTEGRATION = ["INTEGRATION", "KIND", "VIA", "SPEC"];

function providerRow({ name, kind, region, isDefault, tags }: Provider & { readonly region?: string }) {
  return [name, kind, region ?? "", isDefault ? "yes" : "", tags.join(",")];
}

function identityRow(
  { name, kind, via, isDefault, tags, alias }: Identity,
  { data, marks }: { readonly data: EntryData | undefined; readonly marks: IdentityMarks | undefined },
) {
  const words = [marks?.isUsed && "in use", marks?.isFound && "found", marks?.state];
  return [
    alias === undefined ? name : `${name} (alias ${alias})`,
    kind,
    through(via) ?? "",
    isDefault ? "yes" : "",
    words.filter((word) => word).join(", "),
    tags.join(","),
    leaves(data?.["principal"]).join(" "),
  ];
}

function integrationRow({ name, kind, via }: Integration, data: EntryData | undefined) {
  return [name, kind, through(via) ?? "", leaves(data?.["spec"]).join(" ")];
}

/** `account.id=123456789012`, for everything in a mapping. */
function leaves(value: unknown, path = ""): readonly string[] {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null) return [`${path}=${cut(String(value))}`];
  if (Array.isArray(value)) return [`${path}=${cut(value.join(","))}`];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`));
}
