import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { NetError } from "../../host/net/net_error.ts";
import { netErrorOf } from "../../host/net/net_failure.ts";
import { type ContainerSetting, containerSetting } from "./container_setting.ts";
import { type Credentials, keepSecret } from "../client/credentials.ts";
import { networkFailure } from "../errors/network_failure.ts";
import { messageOf } from "../client/sdk_error.ts";

/**
 * The credentials of an ECS task or an EKS pod; undefined outside of a container. The SDK asks for them itself, so
 * that no proxy ever sees them. Errors: "config-invalid", "config-not-found", "login-needed", and those of the network.
 */
export async function containerCredentials(host: Needs<"read" | "env">): Promise<Credentials | undefined> {
  const setting = containerSetting(host);
  if (setting === undefined) return undefined;
  const { fromHttp } = await import("@aws-sdk/credential-providers");
  try {
    return keepSecret(await fromHttp({ timeout: TIMEOUT_MS, maxRetries: 0, logger: SILENT })());
  } catch (error) {
    throw containerFailure(setting, error);
  }
}

// The service is on the same machine.
const TIMEOUT_MS = 1_000;

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** What the SDK's error means: an answer that is none, or no answer. */
export function containerFailure(setting: ContainerSetting, error: unknown): AppError {
  const { variable, shown, host } = setting;
  const doing = `get AWS credentials from ${variable} "${shown}"`;
  const status = /responded with status: (\d+)/.exec(messageOf(error))?.[1];
  const unfit = error instanceof SyntaxError || /SyntaxError|not of the required format/.test(messageOf(error));
  if (status !== undefined || unfit) {
    const found = unfit ? "the answer holds no credentials" : `the answer has status ${status}`;
    const hint = `Check ${variable}, and the token in AWS_CONTAINER_AUTHORIZATION_TOKEN or its _FILE.`;
    return new AppError("login-needed", `Cannot ${doing}: ${found}`, { hint, cause: error });
  }
  const net = netErrorOf(error, { host });
  const known = new NetError(net.kind, host, net.message, { cause: error, remedy: net.remedy ?? `Check ${variable}.` });
  return networkFailure({ doing }, known);
}
