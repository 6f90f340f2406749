import type { ConfigEdit } from "../../../config/edit/edit_config.ts";
import { previewConfig, saveConfig } from "../../../config/edit/save_config.ts";
import type { YamlMap } from "../../../formats/yaml/value.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { jsonText } from "../../output/json_text.ts";
import { printable } from "../../output/text.ts";
import { unifiedDiff } from "../../output/unified_diff.ts";
import { confirmWrite } from "./confirm_write.ts";
import type { Step } from "./choose_portal.ts";
import { foldedNames, freeName } from "./entry_names.ts";
import type { Existing } from "./existing.ts";
import { type Skeleton, SKELETONS } from "./skeletons.ts";

/** Writes a configuration to fill in, under names that are free; the exit status. */
export async function writeSkeleton(
  host: LoginCommandHost,
  step: Step & { readonly provider: keyof typeof SKELETONS },
): Promise<number> {
  const { existing, asks, input: { flags }, provider } = step;
  const { path } = existing;
  const edit = editFor(existing, SKELETONS[provider]);
  const { before, after } = await previewConfig(host, { path, edit });
  const diff = await unifiedDiff({ path, before, after });
  if (asks) await confirmWrite(host, { path, diff });
  const isWritten = asks || flags.yes;
  if (isWritten) await saveConfig(host, { path, edit });
  if (flags.output === "json") host.terminal.out(jsonText({ file: path, written: isWritten, diff }));
  if (isWritten) host.terminal.err(`✓ Wrote ${printable(path)}\nNext:\n${NEXT.map((line) => `  ${line}\n`).join("")}`);
  return 0;
}

const NEXT = ["Fill in the file", "atmos auth validate", "atmos auth login"];

type Names = ReadonlyMap<string, string>;

function editFor(existing: Existing, skeleton: Skeleton): ConfigEdit {
  const names = {
    providers: freeNames(existing, "providers", skeleton),
    identities: freeNames(existing, "identities", skeleton),
  };
  const { providers = {}, identities } = skeleton;
  const values = {
    ...(skeleton.providers === undefined ? {} : { providers: renamed(providers, names) }),
    identities: renamed(identities, names),
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
function renamed(
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
