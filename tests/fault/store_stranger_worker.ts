/// <reference lib="webworker" />
/** A program that takes no lock: told a file, a line and a time to wait, it adds the line to the file, where it is. */
self.onmessage = ({ data: { path, line, waitMs } }: MessageEvent<Addition>) => {
  const start = performance.now();
  while (performance.now() - start < waitMs);
  Deno.writeTextFileSync(path, `${Deno.readTextFileSync(path)}${line}\n`);
  self.postMessage("done");
};

/** What is asked of the program. */
export interface Addition {
  readonly path: string;
  readonly line: string;
  readonly waitMs: number;
}
