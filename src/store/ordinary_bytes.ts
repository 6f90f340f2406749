import type { Needs } from "../host/host.ts";
import { refuseSpecial } from "./resolve_target.ts";

/** What a file holds, links followed; undefined when there is none, RefusedFile for what is no ordinary file. */
export function ordinaryBytes(host: Needs<"read">, path: string): Uint8Array | undefined {
  const stat = host.read.stat(path);
  refuseSpecial(path, stat);
  return stat === undefined ? undefined : host.read.bytes(path);
}
