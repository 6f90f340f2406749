import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { type AwsAccess, clientConfig } from "../client/client_config.ts";
import type { Credentials } from "../client/credentials.ts";
import { watchClock } from "../errors/clock_skew.ts";
import { callerArn, stsCredentials } from "./sts.ts";
import { stsFailure } from "./errors.ts";

interface AssumeRootInput extends AwsAccess {
  /** The account whose root user is stood in for, 12 digits. */
  readonly targetPrincipal: string;
  /** One of AWS's own policies below arn:aws:iam::aws:policy/root-task/. */
  readonly taskPolicyArn: string;
  /** At most 900 s, which is AWS's default. */
  readonly durationSeconds?: number;
}

/**
 * Credentials for one task of a member account's root user. Permissions net, clock. Errors: "usage" for what is no
 * account, "aws-denied", "config-invalid" for a duration that AWS does not take, else as for assumeRole.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html
 */
export async function assumeRoot(host: Needs<"net" | "clock">, input: AssumeRootInput): Promise<Credentials> {
  const { targetPrincipal, taskPolicyArn, durationSeconds } = input;
  checkAccount(targetPrincipal);
  const watched = watchClock(host);
  const config = clientConfig(watched.host, { service: "sts", access: input });
  const { STSClient, AssumeRootCommand } = await import("@aws-sdk/client-sts");
  const duration = durationSeconds === undefined ? {} : { DurationSeconds: durationSeconds };
  const request = { ...duration, TargetPrincipal: targetPrincipal, TaskPolicyArn: { arn: taskPolicyArn } };
  try {
    const got = await new STSClient(config).send(new AssumeRootCommand(request));
    return stsCredentials(watched, { answered: got, account: targetPrincipal });
  } catch (error) {
    throw await stsFailure(host, {
      error,
      doing: `assume root of account "${targetPrincipal}" for task policy "${taskPolicyArn}"`,
      action: "sts:AssumeRoot",
      settings: input.settings,
      region: input.region,
      durationSeconds,
      principal: () => callerArn(host, input),
    });
  }
}

function checkAccount(text: string): void {
  if (/^\d{12}$/.test(text)) return;
  throw new AppError("usage", `Cannot use account ${JSON.stringify(text)}: an AWS account id has 12 digits`, {
    hint: "Write target_principal as a quoted string of 12 digits",
  });
}
