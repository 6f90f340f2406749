/** Where Deno keeps the runtime that `deno compile` puts the program into. */
export interface ImageQuery {
  /** A target triple; by default that of this machine. */
  readonly target?: string;
  readonly denortBin?: string | undefined;
  readonly denoDir: string;
}

/** The archive in Deno's cache that `deno compile` looks for before it downloads it. */
export function cachedImagePath({ target = Deno.build.target, denoDir }: ImageQuery): string {
  return `${denoDir}/dl/release/v${Deno.version.deno}/denort-${target}.zip`;
}

/** Whether `deno compile` needs no download: DENORT_BIN names an image, or the cache holds one. Permission: read. */
export function hasRuntimeImage(query: ImageQuery): boolean {
  if (query.denortBin) return true;
  try {
    return Deno.statSync(cachedImagePath(query)).isFile;
  } catch {
    return false;
  }
}
