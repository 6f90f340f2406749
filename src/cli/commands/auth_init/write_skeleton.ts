import { renderParts } from "../../output/remedy.ts";
import { CHECK, LOGIN, type Remedy } from "../../../remedy.ts";
import type { ConfigEdit } from "../../../config/edit/edit_config.ts";
import { previewConfig, saveConfig } from "../../../config/edit/save_config.ts";
import { checkRegion } from "../../../aws/names/names.ts";
import type { YamlMap } from "../../../formats/yaml/value.ts";
import { usageError } from "../../args/usage_error.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { jsonText } from "../../output/json_text.ts";
import { printable } from "../../output/text.ts";
import { unifiedDiff } from "../../output/unified_diff.ts";
import { confirmWrite } from "./confirm_write.ts";
import type { Step } from "./choose_portal.ts";
import { foldedNames, freeName } from "./entry_names.ts";
import type { Existing } from "./existing.ts";
import type { InitInput } from "./init_input.ts";
import { type Skeleton, SKELETONS } from "./skeletons.ts";

/** Writes a configuration to fill in, under names that are free; the exit status. */
export async function writeSkeleton(
  host: LoginCommandHost,
  step: Step & { readonly provider: keyof typeof SKELETONS },
): Promise<number> {
  const { existing, asks, input: { flags }, provider } = step;
  const { path } = existing;
  refuseUnused(step.input, provider);
  const edit = editFor(existing, withRegion(SKELETONS[provider], flags.region));
  const { before, after } = await previewConfig(host, { path, edit });
  const diff = await unifiedDiff({ path, before, after, format: "yaml" });
  if (asks) await confirmWrite(host, { path, diff, summary: `A ${provider} login to fill in` });
  const isWritten = asks || flags.yes;
  if (isWritten) await saveConfig(host, { path, edit });
  if (flags.output === "json") host.terminal.out(jsonText({ file: path, written: isWritten, diff }));
  if (isWritten) {
    const next = NEXT.map((step) => `  ${renderParts(host, step)}\n`).join("");
    host.terminal.err(`✓ Wrote ${printable(path)}\nNext:\n${next}`);
  }
  return 0;
}

const NEXT: readonly Remedy[] = ["Fill in the file", [CHECK], [LOGIN]];

const OF_SSO = ["start-url", "account", "role", "cluster-region", "alias", "remove-gone", "device-code"] as const;

/** AppError "usage" for a flag that would have no effect. */
function refuseUnused({ flags }: InitInput, provider: string): void {
  const given = OF_SSO.find((name) => {
    const value = flags[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  });
  if (given === undefined) return;
  const found = "it only applies to IAM Identity Center";
  throw usageError({ what: `--${given} with --provider ${provider}`, found, hint: "Use one of them" });
}

/** The skeleton with another region wherever it names one. */
function withRegion(skeleton: Skeleton, region: string | undefined): Skeleton {
  if (region === undefined) return skeleton;
  checkRegion(region);
  return JSON.parse(JSON.stringify(skeleton), (key, value) => key === "region" ? region : value) as Skeleton;
}

type Names = ReadonlyMap<string, string>;

function editFor(existing: Existing, skeleton: Skeleton): ConfigEdit {
  const names = {
    providers: freeNames(existing, "providers", skeleton),
    identities: freeNames(existing, "identities", skeleton),
  };
  const { providers = {}, identities } = skeleton;
  const values = {
    ...(skeleton.providers === undefined ? {} : { providers: renameKeys(providers, names) }),
    identities: renameKeys(identities, names),
  };
  const comments = skeleton.comments.map(({ path: [section, name], lines }) => ({
    path: ["auth", section!, names[section as keyof typeof names].get(name!)!],
    lines,
  }));
  return { values: { auth: values }, comments, header: [] };
}

function freeNames(existing: Existing, section: "providers" | "identities", skeleton: Skeleton): Names {
  const taken = foldedNames(existing.entries(section).keys());
  return new Map(Object.keys(skeleton[section] ?? {}).map((name) => [name, freeName(name, taken)]));
}

/** The entries under their free names, reached through the provider's. */
function renameKeys(
  entries: Readonly<Record<string, YamlMap>>,
  names: { readonly providers: Names; readonly identities: Names },
): YamlMap {
  return Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => {
      const free = names.identities.get(name) ?? names.providers.get(name)!;
      const via = "via" in entry ? { via: { provider: [...names.providers.values()][0]! } } : {};
      return [free, { ...entry, ...via }];
    }),
  );
}
