import { openSession } from "../../../../aws/credentials/session.ts";
import type { AssumeIdentity } from "../assume.ts";
import type { AwsAmbient } from "./schema.ts";

/** Whatever the environment has: variables, a container's or an instance's role. */
export const assume: AssumeIdentity<AwsAmbient> = async (host, { region }) =>
  (await openSession(host, { region })).credentials;
