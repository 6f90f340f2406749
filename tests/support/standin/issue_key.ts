import type { StandinKey } from "./keys.ts";
import type { World } from "./world.ts";

/** New keys for the principal; from now on the stand-in knows them. */
export function issueKey(world: World, principal: string): StandinKey {
  const number = String(world.keys.size).padStart(4, "0");
  const key = {
    accessKeyId: `ASIASTANDINROLE${number}A`,
    secretAccessKey: `standin/secret+of/role/number/EXAMPLE${number}`,
    sessionToken: `standin//session+token/${number}==`,
    principal,
  };
  world.keys.set(key.accessKeyId, key);
  return key;
}
