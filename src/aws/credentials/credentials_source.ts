import type { AmbientHost, AmbientInput } from "./ambient.ts";
import type { Credentials } from "../client/credentials.ts";
import { containerCredentials } from "./container.ts";
import { instanceCredentials } from "./instance.ts";
import { environmentKeys } from "./credentials_static.ts";
import { profileFault } from "../shared_config/profile.ts";
import type { SourceName } from "./role_profile.ts";

/** Why each of them has nothing. */
const MISSING: Readonly<Record<SourceName, string>> = {
  Environment: "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set",
  EcsContainer: "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set",
  Ec2InstanceMetadata: "there is no EC2 instance metadata service with a role here",
};

/** The credentials that a profile's credential_source names; "login-needed" when it has none. */
export async function sourceCredentials(
  host: AmbientHost,
  input: Pick<AmbientInput, "files"> & { readonly profile: string; readonly source: SourceName },
): Promise<Credentials> {
  const found = await ask(host, input);
  if (found !== undefined) return found;
  throw profileFault({
    code: "login-needed",
    profile: input.profile,
    found: `its credential_source is ${input.source}, but ${MISSING[input.source]}`,
    hint: "Use it where that source exists, or set another credential_source or a source_profile",
  });
}

async function ask(
  host: AmbientHost,
  { files, profile: name, source }: Parameters<typeof sourceCredentials>[1],
): Promise<Credentials | undefined> {
  if (source === "Environment") return environmentKeys(host);
  if (source === "EcsContainer") return await containerCredentials(host);
  return await instanceCredentials(host, { name, namedBy: "flag", section: files.profiles.get(name) ?? new Map() });
}
