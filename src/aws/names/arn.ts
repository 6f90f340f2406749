import { AppError } from "../../errors.ts";

/** The parts of an Amazon Resource Name; region and account are empty where the service has none (IAM). */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

const SHAPE = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws|):([\x21-\x7e]+)$/;

/** undefined when the text is not an ARN. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function parseArn(text: string): Arn | undefined {
  const found = SHAPE.exec(text);
  if (found === null) return undefined;
  const [, partition, service, region, account, resource] = found;
  return { partition: partition!, service: service!, region: region!, account: account!, resource: resource! };
}

export function isRoleArn(text: string): boolean {
  const arn = parseArn(text);
  return arn?.service === "iam" && arn.account !== "" && /^role\/[\w+=,.@/-]+$/.test(arn.resource);
}

/** Throws AppError "usage" unless the text is the ARN of an IAM role. */
export function checkRoleArn(text: string): Arn {
  const arn = parseArn(text);
  if (arn !== undefined && isRoleArn(text)) return arn;
  throw new AppError("usage", `Cannot use role "${text}": it is not the ARN of an IAM role`, {
    hint: "A role ARN looks like arn:aws:iam::123456789012:role/NAME",
  });
}
