import { AppError } from "../errors.ts";
import { editJson, type JsonEdit } from "../formats/json/edit.ts";
import { JsonError, YamlError } from "../formats/text/source_error.ts";
import { isProved } from "../formats/json/prove.ts";
import { decodeUtf8, encodeUtf8 } from "../formats/text/utf8.ts";
import { FileError, isFileError } from "../host/files/file_error.ts";
import type { Needs } from "../host/host.ts";
import { explainFileError, remedyFor } from "../store/explain_file_error.ts";
import { ordinaryBytes } from "../store/current_file.ts";
import type { Change } from "../store/change.ts";
import { stateHome } from "../store/paths.ts";
import { previewUpdate } from "../store/preview_update.ts";
import { type StoreHost, update, type Updated } from "../store/replace.ts";
import { type DockerConfig, readDockerConfig } from "./docker_config.ts";

interface DockerChange {
  /** Absolute. */
  readonly path: string;
  /** What to change, knowing what is there. May be called twice; must give equal answers. */
  readonly plan: (config: DockerConfig) => readonly JsonEdit[];
  /** Whether it puts a password into the file, which is then made its owner's alone. */
  readonly holdsSecret: boolean;
}

/**
 * Edits docker's config.json under its lock, as one atomic replacement; what no edit names stays byte for byte, and the
 * same again writes nothing. Throws what `plan` throws. AppError "docker-config" for a file that can't be edited safely
 * (with line and column) or written, "locked" when other writers don't finish; the file is then as it was.
 * Permissions: read, write, env, sys.
 */
export async function saveDockerConfig(host: StoreHost & Needs<"env">, change: DockerChange): Promise<Updated> {
  const { path } = change;
  try {
    return await update(host, { ...storeChange(host, change), isInterruptible: true });
  } catch (error) {
    throw error instanceof FileError ? failure("write", { path, error }) : error;
  }
}

/** Throws what {@link saveDockerConfig} would throw now, as far as a look tells. Permissions: env, read, sys (uid). */
export function previewDockerConfig(host: Needs<"env" | "read" | "sys">, change: DockerChange): void {
  const { path } = change;
  try {
    previewUpdate(host, storeChange(host, change));
  } catch (error) {
    throw error instanceof FileError ? failure("write", { path, error }) : error;
  }
}

function storeChange(host: Needs<"env" | "read">, change: DockerChange): Change {
  const { path, holdsSecret } = change;
  const state = stateHome(host);
  return {
    path,
    edit: (old) => encodeUtf8(editLine(change, decodeConfig(path, old))),
    ...(holdsSecret ? { mode: privateMode(host, path) } : {}),
    ...(state === undefined ? {} : { stateDirectory: `${state}/atmos` }),
  };
}

/** What the owner may do with the file stays. */
function privateMode({ read }: Needs<"read">, path: string): number {
  return ((read.stat(path)?.mode ?? 0) & 0o700) | 0o600;
}

/** What docker's config.json says now; nothing when it does not exist. AppErrors as above. Permission: read. */
export function loadDockerConfig(host: Needs<"read">, path: string): DockerConfig {
  const config = understood(path, () => readDockerConfig(decodeConfig(path, readBytes(host, path))));
  // An entry is looked at when it is asked for.
  return {
    keyOf: (section) => understood(path, () => config.keyOf(section)),
    authOf: (registry) => understood(path, () => config.authOf(registry)),
    authByAddress: (registry) => understood(path, () => config.authByAddress(registry)),
    helperOf: (registry) => understood(path, () => config.helperOf(registry)),
    registriesOf: (isHelper) => understood(path, () => config.registriesOf(isHelper)),
    storeOf: (registry) => understood(path, () => config.storeOf(registry)),
  };
}

function readBytes(host: Needs<"read">, path: string): Uint8Array | undefined {
  try {
    return ordinaryBytes(host, path);
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw failure("read", { path, error });
  }
}

function decodeConfig(path: string, bytes: Uint8Array | undefined): string {
  return bytes === undefined ? "" : understood(path, () => decodeUtf8(bytes));
}

function editLine({ path, plan }: DockerChange, source: string): string {
  return understood(path, () => {
    const edits = plan(readDockerConfig(source));
    if (edits.length === 0) return source;
    const text = editJson(source, edits);
    if (isProved(source, { after: text, edits })) return text;
    throw new JsonError("the result would not say the same as before", { line: 1, column: 1 });
  });
}

function understood<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof JsonError || error instanceof YamlError)) throw error;
    throw new AppError("docker-config", `Cannot edit docker's "${path}": ${error.message}`, {
      place: { file: path, line: error.line, column: error.column },
      hint: "The file was not changed. Fix the file there, or choose another directory with DOCKER_CONFIG.",
      cause: error,
    });
  }
}

function failure(
  verb: "read" | "write",
  { path, error }: { readonly path: string; readonly error: FileError },
): AppError {
  const hint = remedyFor(error, "The file was not changed. Choose another directory with DOCKER_CONFIG.");
  return new AppError("docker-config", `Cannot ${verb} docker's "${path}": ${explainFileError(error, path)}`, {
    hint,
    cause: error,
  });
}
