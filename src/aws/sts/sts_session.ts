import type { Secret } from "../../secret.ts";

/** What narrows a session of a role. */
export interface SessionLimits {
  /** From 900 s up to the role's MaxSessionDuration; AWS's default is an hour. */
  readonly durationSeconds?: number;
  /** A session policy as JSON text. */
  readonly policy?: string;
  readonly policyArns?: readonly string[];
}

/** A code of an MFA device; each is good for one call. */
export interface MfaCode {
  /** ARN of the virtual device, or the serial number of the hardware. */
  readonly serialNumber: string;
  readonly tokenCode: Secret;
}

/** Returns what the user of an MFA device is asked. */
export function mfaQuestion(device: string): { readonly text: string; readonly hidden: false } {
  return { text: `Code of MFA device ${device}`, hidden: false };
}

/** What AssumeRole takes besides the role and the session's name. */
export interface SessionOptions extends SessionLimits {
  readonly externalId?: string;
  readonly sourceIdentity?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Keys of `tags` that the sessions of roles assumed from this one get too. */
  readonly transitiveTagKeys?: readonly string[];
  readonly mfa?: MfaCode;
}

/** As the SDK's commands have it. */
export function sessionLimits({ durationSeconds, policy, policyArns = [] }: SessionLimits) {
  return {
    ...(durationSeconds === undefined ? {} : { DurationSeconds: durationSeconds }),
    ...(policy === undefined ? {} : { Policy: policy }),
    ...(policyArns.length === 0 ? {} : { PolicyArns: policyArns.map((arn) => ({ arn })) }),
  };
}

export function mfaCode(mfa: MfaCode | undefined) {
  return mfa === undefined ? {} : { SerialNumber: mfa.serialNumber, TokenCode: mfa.tokenCode.reveal() };
}

export function sessionOptions(options: SessionOptions) {
  const { externalId, sourceIdentity, tags = {}, transitiveTagKeys = [] } = options;
  const pairs = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    ...sessionLimits(options),
    ...mfaCode(options.mfa),
    ...(externalId === undefined ? {} : { ExternalId: externalId }),
    ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }),
    ...(pairs.length === 0 ? {} : { Tags: pairs }),
    ...(transitiveTagKeys.length === 0 ? {} : { TransitiveTagKeys: [...transitiveTagKeys] }),
  };
}
