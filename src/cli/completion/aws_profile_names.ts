import { readSharedFiles } from "../../aws/shared_config/shared_files.ts";
import type { Needs } from "../../host/host.ts";
import type { Candidate } from "./offer.ts";

/** The profiles of ~/.aws/config and ~/.aws/credentials. */
export function awsProfileNames(host: Needs<"read" | "env">): readonly Candidate[] {
  return [...readSharedFiles(host).profiles].map(([value, section]) => {
    const region = section.get("region");
    return { value, about: typeof region === "string" ? region : "" };
  });
}
