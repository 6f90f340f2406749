import { openSession } from "../../../../aws/credentials/session.ts";
import { mfaQuestion } from "../../../../aws/sts/sts_session.ts";
import type { AssumeIdentity } from "../assume.ts";
import type { AwsAmbient } from "./schema.ts";

/** Whatever the environment has: variables, a container's or an instance's role. */
export const assume: AssumeIdentity<AwsAmbient> = async (host, { region, ui }) => {
  const askMfaCode = ui.interactive ? (device: string) => ui.ask(mfaQuestion(device)) : undefined;
  return (await openSession(host, { region, askMfaCode })).credentials;
};
