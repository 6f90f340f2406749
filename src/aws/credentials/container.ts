import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { NetError } from "../../host/net/net_error.ts";
import { toNetError } from "../../host/net/net_failure.ts";
import { Answer, UnusableAnswer } from "../client/answer.ts";
import type { Credentials } from "../client/credentials.ts";
import { LOWER, readCredentials } from "../client/read_credentials.ts";
import { networkFailure } from "../errors/network_failure.ts";
import { getMessage } from "../client/sdk_error.ts";
import { readNamedFile } from "../shared_config/configured_file.ts";

/**
 * The credentials of an ECS task or an EKS pod; undefined outside of a container. The SDK asks for them itself, so
 * that no proxy ever sees them. Errors: "config-invalid", "config-not-found", "login-needed", and those of the network.
 */
export async function containerCredentials(host: Needs<"read" | "env">): Promise<Credentials | undefined> {
  const setting = containerSetting(host);
  if (setting === undefined) return undefined;
  const { fromHttp } = await import("@aws-sdk/credential-providers");
  try {
    const found = await fromHttp({ timeout: TIMEOUT_MS, maxRetries: 0, logger: SILENT })();
    return readCredentials(new Answer(found), { names: LOWER });
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
  const status = /responded with status: (\d+)/.exec(getMessage(error))?.[1];
  const unfit = error instanceof UnusableAnswer || error instanceof SyntaxError ||
    /SyntaxError|not of the required format/.test(getMessage(error));
  if (status !== undefined || unfit) {
    const found = unfit ? "the response contains no credentials" : `the response has status ${status}`;
    const hint = `Check ${variable}, and the token in AWS_CONTAINER_AUTHORIZATION_TOKEN or its _FILE`;
    return new AppError("login-needed", `Cannot ${doing}: ${found}`, { hint, cause: error });
  }
  const net = toNetError(error, { host });
  const known = new NetError(net.kind, host, net.message, { cause: error, remedy: net.remedy ?? `Check ${variable}.` });
  return networkFailure({ doing }, known);
}

/** Where a container of ECS or EKS is told to ask for its credentials. */
interface ContainerSetting {
  readonly variable: string;
  /** What may be shown of its value: no user, no query. */
  readonly shown: string;
  /** Host and port. */
  readonly host: string;
}

const RELATIVE = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
const ECS = "http://169.254.170.2";

/** Plain HTTP is for addresses that cannot leave the machine: ECS, EKS (both kinds) and loopback. */
const CLOSE_BY = /^(169\.254\.170\.2|169\.254\.170\.23|\[fd00:ec2::23\]|\[::1\]|localhost|127\.\d+\.\d+\.\d+)$/;

/**
 * The setting, checked, with the file of its token; undefined when there is none. AppError "config-invalid",
 * "config-not-found". https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export function containerSetting(host: Needs<"env" | "read">): ContainerSetting | undefined {
  const variable = [RELATIVE, FULL].find((name) => host.env.get(name) !== undefined);
  if (variable === undefined) return undefined;
  const value = host.env.get(variable)!;
  const setting = variable === RELATIVE ? parse(RELATIVE, `${ECS}${value}`) : parse(FULL, value);
  const tokenFile = host.env.get(TOKEN_FILE);
  if (tokenFile !== undefined) {
    readNamedFile(host, { what: "container authorization token", value: tokenFile, source: TOKEN_FILE });
  }
  return setting;
}

function parse(variable: string, value: string): ContainerSetting {
  const url = URL.parse(value);
  if (url === null || !/^https?:$/.test(url.protocol)) throw unusable(variable, "it is not an http or https URL");
  const shown = `${url.origin}${url.pathname}`;
  if (url.protocol === "https:" || CLOSE_BY.test(url.hostname)) {
    return { variable, shown, host: `${url.hostname}:${url.port || (url.protocol === "https:" ? "443" : "80")}` };
  }
  throw unusable(`${variable} "${shown}"`, "plain http is for this machine and the addresses of ECS and EKS only");
}

function unusable(what: string, found: string): AppError {
  return new AppError("config-invalid", `Cannot get AWS credentials from ${what}: ${found}`, {
    hint: `Correct or unset ${what.split(" ")[0]}`,
  });
}
