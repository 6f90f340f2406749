/**
 * Gives all files of a folder the same time: `deno compile` embeds it, and the same sources are to give the same bytes.
 * Permissions: read, write.
 */
export function fixTimes(folder: string, date: string): void {
  const time = new Date(date === "unknown" ? 0 : date);
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) fixTimes(path, date);
    else Deno.utimeSync(path, time, time);
  }
}
