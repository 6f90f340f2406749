import * as v from "valibot";
import type { Suspicion } from "../../../../config/schema/schema.ts";
import type { LocatedScalar } from "../../../../config/values/located.ts";
import { closest } from "../../../../formats/text/closest.ts";
import { accountId, duration, form, region, remarks } from "../../fields.ts";
import { defineKind } from "../../../../config/schema/kind.ts";
import { ordinary } from "../../../../config/schema/trust_class.ts";
import { type Via, VIA_IDENTITY } from "../../via.ts";
import { IDENTITY_FIELDS, type IdentityBase, identityBase } from "../fields.ts";

export interface AwsAssumeRoot extends IdentityBase {
  readonly kind: "aws/assume-root";
  readonly via: Via;
  readonly targetAccount: string;
  readonly taskPolicyArn: string;
  readonly durationMs: number | undefined;
  readonly region: string | undefined;
}

// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html
const POLICY = /^arn:aws[a-z-]*:iam::aws:policy\/root-task\/([\w+=,.@-]+)$/;
const TASKS = [
  ...["IAMAuditRootUserCredentials", "IAMCreateRootUserPassword", "IAMDeleteRootUserCredentials"],
  ...["S3UnlockBucketPolicy", "SQSUnlockQueuePolicy"],
];

function taskDoubt({ text }: LocatedScalar): Suspicion | undefined {
  const task = POLICY.exec(text)?.[1];
  const near = task === undefined || TASKS.includes(task) ? undefined : closest(task, TASKS)[0];
  return near === undefined ? undefined : { message: "not a known root task", near };
}

const schema = v.object({
  kind: ordinary(v.literal("aws/assume-root")),
  via: VIA_IDENTITY,
  principal: v.pipe(
    v.object({
      target_principal: ordinary(accountId("the 12 digits of the member account")),
      task_policy_arn: ordinary(v.pipe(
        form(POLICY, {
          about: "what may be done, such as arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy",
          allowed: "the ARN of a root task: arn:aws:iam::aws:policy/root-task/NAME",
        }),
        remarks({ doubt: taskDoubt }),
      )),
      duration: v.optional(ordinary(duration({ about: "length of the session", min: "1s", max: "15m" }))),
      region: v.optional(ordinary(region("AWS region for this identity"))),
    }),
    v.description("the account and the task: {target_principal: ..., task_policy_arn: ...}"),
  ),
  ...IDENTITY_FIELDS,
});

export const kind = defineKind({
  name: "aws/assume-root",
  summary: "One task as root of a member account (centrally managed root access)",
  example: `unlock-bucket:
  kind: aws/assume-root
  via:
    identity: org-admin
  principal:
    target_principal: "123456789012"
    task_policy_arn: arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy
    duration: 15m
`,
  schema,
  model: (fields): AwsAssumeRoot => ({
    ...identityBase(fields),
    accountId: fields.principal.target_principal,
    kind: fields.kind,
    via: { provider: undefined, identity: fields.via.identity },
    targetAccount: fields.principal.target_principal,
    taskPolicyArn: fields.principal.task_policy_arn,
    durationMs: fields.principal.duration,
    region: fields.region ?? fields.principal.region,
  }),
});
