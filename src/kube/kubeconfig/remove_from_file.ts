import type { AppError } from "../../errors.ts";
import { decodeUtf8, encodeUtf8, lenientUtf8 } from "../../formats/text/utf8.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import type { Needs } from "../../host/host.ts";
import type { StoreHost } from "../../store/replace.ts";
import {
  isAfterWrite,
  mergeFailure,
  previewKubeconfigFile,
  readKubeconfig,
  updateKubeconfigFile,
} from "./kubeconfig_file.ts";
import type { KubeconfigLocation } from "./locate.ts";
import { type RemovalInput, type Removed, removeEntries } from "./remove_entries.ts";

interface FileRemoval extends Pick<RemovalInput, "contexts"> {
  readonly location: KubeconfigLocation;
}

/** What a removal makes of a file. */
interface RemovalPreview extends Removed {
  readonly before: string;
}

interface RemovedFrom extends Removed {
  /** The file, links resolved where nothing went wrong. */
  readonly path: string;
  /** What went wrong once the file was written. */
  readonly failure?: AppError;
}

/** The contexts that {@link removeFromFile} would choose now; undefined where there is no file. AppErrors of reading. */
export function findRemoved(host: Needs<"read">, input: FileRemoval): readonly string[] | undefined {
  const bytes = readKubeconfig(host, input.location.path);
  return bytes === undefined ? undefined : removeFromBytes(input, bytes).contexts;
}

/**
 * What {@link removeFromFile} would do now, with the same errors; undefined where there is no file. Permissions: env,
 * read, sys (uid).
 */
export function previewRemoval(
  host: Needs<"env" | "read" | "sys">,
  input: FileRemoval,
): RemovalPreview | undefined {
  const { location } = input;
  if (readKubeconfig(host, location.path) === undefined) return undefined;
  let preview: RemovalPreview | undefined;
  const edit = (old: Uint8Array | undefined) => {
    if (old === undefined) throw new Vanished();
    preview = { ...removeFromBytes(input, old), before: lenientUtf8(old) };
    return encodeUtf8(preview.text);
  };
  try {
    previewKubeconfigFile(host, { location, edit, keepBackup: false });
    return preview;
  } catch (error) {
    if (error instanceof Vanished) return undefined;
    throw error;
  }
}

/**
 * Takes contexts out of a kubeconfig under its lock, in one write, chosen again by what the file holds then; undefined
 * where there is no file any more: none is created. AppErrors of kubeconfig files, unless it is written by then.
 */
export async function removeFromFile(
  host: StoreHost & Needs<"env" | "run">,
  input: FileRemoval,
): Promise<RemovedFrom | undefined> {
  const { location } = input;
  // Before the lock, whose directory would be made again.
  if (readKubeconfig(host, location.path) === undefined) return undefined;
  let removed: Removed | undefined;
  const edit = (old: Uint8Array | undefined) => {
    if (old === undefined) throw new Vanished();
    removed = removeFromBytes(input, old);
    return encodeUtf8(removed.text);
  };
  try {
    const { path } = await updateKubeconfigFile(host, { location, edit, keepBackup: false });
    return { ...removed!, path };
  } catch (error) {
    if (error instanceof Vanished) return undefined;
    if (isAfterWrite(error)) return { ...removed!, path: location.path, failure: error };
    throw error;
  }
}

/** The file was removed in the meantime. */
class Vanished extends Error {}

function removeFromBytes({ location, contexts }: FileRemoval, bytes: Uint8Array): Removed {
  try {
    return removeEntries({ source: decodeUtf8(bytes), contexts });
  } catch (error) {
    throw error instanceof YamlError ? mergeFailure(location.path, error) : error;
  }
}
