import { errorAnswer, jsonAnswer, type StandinAnswer } from "./answer.ts";
import type { Operation } from "./operation.ts";
import type { World } from "./world.ts";

/** A token for the console: for sessions of roles alone, and of no length of its own for one that a role has assumed. */
export function signinToken(world: World, { parameters }: Operation): StandinAnswer {
  const session = JSON.parse(parameters["Session"] ?? "{}") as Readonly<Record<string, string>>;
  const key = world.keys.get(session["sessionId"] ?? "");
  const isKnown = key !== undefined && !key.expired && key.secretAccessKey === session["sessionKey"] &&
    key.sessionToken !== undefined && key.sessionToken === session["sessionToken"];
  const isRole = key?.principal.includes(":assumed-role/") === true;
  if (isKnown && isRole) return jsonAnswer({ SigninToken: `signin-token-of/${key.accessKeyId}+==` });
  return errorAnswer({ status: 400, code: "BadRequest", message: "Token is invalid" });
}
