import { runAtmos, type RunOutcome } from "../atmos/run_atmos.ts";
import { type Standin, startStandin } from "../standin/aws_standin.ts";
import type { StandinOptions } from "../standin/world.ts";
import { type TempHome, tempHome } from "../machine/temp_home.ts";

export const START_URL = "https://corp.awsapps.com/start";
export const ROLE = "arn:aws:iam::123456789012:role/deployer";

/** Every kind of identity that can log in, through IAM Identity Center and GitHub. */
export const CONFIG = `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
    github: {kind: github/oidc, region: us-east-2}
  identities:
    Dev:
      kind: aws/permission-set
      default: true
      via: {provider: sso}
      principal: {name: Admin, account: {id: "123456789012"}}
      env: [{key: TEAM, value: core}]
    deploy:
      kind: aws/assume-role
      via: {identity: Dev}
      principal: {assume_role: "${ROLE}", external_id: x-1, duration: 30m, session_name: ci}
    ci: {kind: aws/assume-role, via: {provider: github}, principal: {assume_role: "${ROLE}"}}
    runner: {kind: aws/ambient}
    from-runner: {kind: aws/assume-role, via: {identity: runner}, principal: {assume_role: "${ROLE}"}}
`;

export interface LoginWorld extends AsyncDisposable {
  readonly aws: Standin;
  readonly home: TempHome;
  /** Environment of a user at a terminal who trusts the configuration; nothing of AWS but where it is. */
  env(more?: Readonly<Record<string, string>>): Record<string, string>;
  /** Runs `atmos` in the directory of atmos.yaml. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<RunOutcome>;
}

export interface LoginWorldOptions extends StandinOptions {
  /** atmos.yaml; {@link CONFIG} when absent. */
  readonly config?: string;
}

/** A home with an atmos.yaml, and an AWS with IAM Identity Center. */
export async function loginWorld({ config = CONFIG, ...options }: LoginWorldOptions = {}): Promise<LoginWorld> {
  const aws = await startStandin({ sso: {}, ...options });
  const home = tempHome();
  home.write("repo/atmos.yaml", config);
  const env = (more: Readonly<Record<string, string>> = {}) =>
    home.env({
      PATH: "/usr/local/bin:/usr/bin:/bin",
      ATMOS_FORCE_TTY: "1",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ENDPOINT_URL: aws.url,
      // A realm, the pages of a SAML provider and the like are powers.
      ATMOS_TRUST: "1",
      ...more,
    });
  return {
    aws,
    home,
    env,
    run: (args, more = {}) => runAtmos(args, { env: env(more), cwd: home.at("repo") }),
    async [Symbol.asyncDispose]() {
      home[Symbol.dispose]();
      await aws.close();
    },
  };
}

/** Without a person. */
export const NOBODY = { ATMOS_FORCE_TTY: "" };

export const CREDENTIALS = ".config/atmos/test/aws/sso/credentials";

/** The only session file; undefined when there is none. */
export function sessionFile(home: TempHome): string | undefined {
  return home.files().find((path) => /^\.cache\/atmos\/aws-sso\/sessions\/[0-9a-f]{40}\.json$/.test(path));
}
