import { openSession } from "../../../aws/credentials/session.ts";
import type { Become } from "./step.ts";

export const become: Become<"aws/ambient"> = async (host, { region }) =>
  (await openSession(host, { region })).credentials;
