import { isDirectoryThere } from "../../config/files/file_checks.ts";
import { findSources, type Source, type SourceHost } from "../../config/sources.ts";
import { lenientUtf8 } from "../../formats/text/utf8.ts";
import type { Needs } from "../../host/host.ts";
import { join } from "../../store/paths.ts";
import type { Globals } from "../args/global_flags.ts";

type Named = Pick<Globals, "config" | "config-path">;

/** Returns whether there may be a configuration, without reading it. AppErrors and permissions of findSources. */
export function hasConfiguration(host: SourceHost, globals: Named): boolean {
  return sourcesFor(host, globals).some((source) => hasFiles(host, source));
}

/**
 * Returns whether the configuration seems to define identities, going by the text of its files alone: nothing is parsed,
 * imported or run. Good enough for a message, not for a decision.
 */
export function seemsToHaveIdentities(host: SourceHost, globals: Named): boolean {
  return sourcesFor(host, globals)
    .flatMap(({ file }) => file ?? [])
    .some((file) => /^[^#\n]*\bidentities["']?\s*:/im.test(lenientUtf8(host.read.bytes(file))));
}

function sourcesFor(host: SourceHost, globals: Named): readonly Source[] {
  return findSources(host, { configFiles: globals.config, configDirectories: globals["config-path"] });
}

/** A repository is a place to look, not yet a configuration. */
function hasFiles(host: Needs<"read">, { file, beside }: Source): boolean {
  return file !== undefined ||
    beside.some((directory) => ["atmos.d", ".atmos.d"].some((name) => isDirectoryThere(host, join(directory, name))));
}
