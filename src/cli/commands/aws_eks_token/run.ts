import { bothClocks, SET_CLOCK, watchClock } from "../../../aws/errors/clock_skew.ts";
import { eksToken } from "../../../aws/eks/eks_token.ts";
import { checkClusterName, checkRegion } from "../../../aws/names/names.ts";
import { AppError } from "../../../errors.ts";
import { readExecInfo, renderExecCredential } from "../../../kube/exec/exec_protocol.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { oneLine, warns } from "../../output/report.ts";
import { printable } from "../../output/text.ts";
import { type TokenInput, tokenSession } from "./session.ts";
import { renderParts } from "../../output/remedy.ts";

/**
 * Prints an ExecCredential on stdout. With credentials that lie ready there is no network. Errors are a line each, since
 * kubectl runs this several times when it fails.
 */
export async function runAwsEksToken(host: LoginCommandHost, input: TokenInput): Promise<number> {
  try {
    host.terminal.out(await credentialFor(host, input));
    return 0;
  } catch (error) {
    throw oneLine(host, error);
  }
}

async function credentialFor(host: LoginCommandHost, input: TokenInput): Promise<string> {
  const { flags } = input;
  const request = readExecInfo(host.env.get("KUBERNETES_EXEC_INFO"));
  if (request.warning !== undefined && warns(input.globals)) {
    host.terminal.err(`Warning: ${printable(renderParts(host, request.warning))}\n`);
  }
  const cluster = flags["cluster-id"] ?? (flags["cluster-name"] && checkClusterName(flags["cluster-name"]));
  if (cluster === undefined) throw noCluster();
  if (flags.region !== undefined) checkRegion(flags.region);
  if (!flags["no-endpoint-check"] && flags.endpoint !== undefined) {
    const { checkEndpointPin } = await import("../../../kube/exec/endpoint_pin.ts");
    await checkEndpointPin({ cluster: request.cluster, endpoint: flags.endpoint, authority: flags["endpoint-ca"] });
  }
  const watched = watchClock(host);
  const { session, claim } = await tokenSession(watched.host, { ...input, interactive: request.interactive });
  // A session of --role-arn is of the account that the ARN says.
  if (flags.account !== undefined && session.credentials.account !== flags.account) {
    const { checkAccount } = await import("./account_pin.ts");
    await checkAccount(watched.host, { session, claim, account: flags.account });
  }
  const now = host.clock.now();
  const gap = watched.gap();
  // By a clock that is known to be wrong nothing has expired.
  if (gap === undefined && (session.credentials.expiration ?? Infinity) <= now) {
    const { nameCredentials } = await import("../../login/name_credentials.ts");
    throw nameCredentials(makeExpired(session.credentials.expiration!), { claim });
  }
  const token = await eksToken({ ...session, cluster, now });
  if (gap !== undefined) {
    host.terminal.err(`Warning: EKS may refuse the token: ${bothClocks(gap)}. ${SET_CLOCK}\n`);
  }
  return renderExecCredential({ apiVersion: request.apiVersion, ...token });
}

/** The server would only say that it knows no one. */
function makeExpired(expiration: number): AppError {
  const time = new Date(expiration).toISOString().replace(/\.\d{3}Z$/, "Z");
  return new AppError("login-needed", `Cannot create a token: the AWS credentials expired at ${time}`, {
    hint: "Log in again where they came from",
  });
}

function noCluster(): AppError {
  return new AppError("usage", "Cannot create a token: no cluster was given", {
    hint: "Specify one: --cluster-name CLUSTER --region REGION",
  });
}
