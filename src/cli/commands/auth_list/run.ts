import { renderHints, renderParts } from "../../output/remedy.ts";
import { SET_UP } from "../../../remedy.ts";
import { type ConfigHost, findDirectoryNamed } from "../../../config/load_config.ts";
import type { Needs } from "../../../host/host.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_LIST_FLAGS } from "./command.ts";
import { type LoadedAuth, loadProjectAuth, reportWarnings } from "../../project/load.ts";
import { withTrustMarks } from "../../project/trust_marks.ts";
import { warns } from "../../output/report.ts";
import { paintFor } from "../../output/paint.ts";
import { tableWidth } from "../../output/table.ts";
import { printable } from "../../output/text.ts";
import { identityMarks } from "./identity_marks.ts";
import { FORMATS } from "./formats.ts";
import { isEmptyListing, readRequestedNames, selectListing, unknownWords } from "./listing.ts";

/** `atmos auth list`: what the auth section has, on stdout; what is wrong with it, on stderr. */
export async function runAuthList(
  host: ConfigHost & Needs<"terminal" | "clock">,
  { flags, globals }: Input<typeof AUTH_LIST_FLAGS>,
): Promise<number> {
  const auth = await withTrustMarks(await loadProjectAuth(host, globals));
  const wanted = { names: readRequestedNames(flags), tags: flags.tags.map((tag) => tag.trim()) };
  const listing = selectListing(auth.model, wanted);
  reportWarnings(host, { problems: auth.problems, globals });
  if (warns(globals)) {
    for (const line of unknownWords(auth.model, wanted)) {
      host.terminal.err(`Warning: ${printable(renderParts(host, line))}\n`);
    }
  }
  const render = await FORMATS[flags.format]();
  const root = auth.root.entries.get("auth")?.value;
  host.terminal.out(
    await render({
      listing,
      auth: root,
      marksOf: await identityMarks(host, { model: auth.model, directory: findDirectoryNamed(auth.config) }),
      paint: paintFor(host, { stream: "stdout", globals }),
      width: tableWidth(host),
    }),
  );
  if (isEmptyListing(listing)) host.terminal.err(`${emptyBecause(host, auth)}\n`);
  return 0;
}

function emptyBecause(host: Needs<never>, { config, model }: LoadedAuth): string {
  const all = model.providers.size + model.identities.size + model.integrations.size;
  if (all > 0) return "No entry of the auth section matches.";
  const found = config.files.length === 0 ? "no atmos.yaml was found" : "the auth section defines nothing";
  return `There is nothing to list: ${found}.\n${renderHints(host, { hint: SET_UP })}`.trimEnd();
}
