import { ACCOUNT, SESSION_KEY, USER_KEY } from "../standin/keys.ts";

/** What a profile is told with, where its credentials cannot be had. */
export interface ProfileFailure {
  readonly status: number;
  /** The whole of it, HOME written as `~`. */
  readonly message: string;
  readonly hint: string;
}

/** The AWS settings of a user, and what is made of their profile `p`. */
export interface ProfileCase {
  readonly says: string;
  readonly config: string;
  readonly credentials?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The caller whom AWS sees, or what is told. */
  readonly expected: string | ProfileFailure;
  /** The caller with whom the AWS CLI goes on where atmos refuses; as `expected` when absent. */
  readonly cliGoesOnAs?: string;
}

const ROLE = `arn:aws:iam::${ACCOUNT}:role/reader`;
const AS_READER = `arn:aws:sts::${ACCOUNT}:assumed-role/reader/me`;
const [USER, SESSION] = [USER_KEY.principal, SESSION_KEY.principal];

const KEYS = `aws_access_key_id = ${USER_KEY.accessKeyId}\naws_secret_access_key = ${USER_KEY.secretAccessKey}\n`;
const SESSION_KEYS = `aws_access_key_id = ${SESSION_KEY.accessKeyId}\naws_secret_access_key = ` +
  `${SESSION_KEY.secretAccessKey}\naws_session_token = ${SESSION_KEY.sessionToken}\n`;
/** Without quotes, which would be the INI file's. */
const PROCESS = `credential_process = cat keys.json\n`;
const ROLE_KEYS = `role_arn = ${ROLE}\nrole_session_name = me\n`;
const SSO_PROFILE = `sso_session = corp\nsso_account_id = ${ACCOUNT}\nsso_role_name = Admin\n`;
const START_URL = "https://corp.awsapps.com/start";
const SSO_SESSION = `[sso-session corp]\nsso_start_url = ${START_URL}\nsso_region = us-east-2\n`;

/** What `keys.json` of the working directory holds. */
export const PROCESS_ANSWER = JSON.stringify({
  Version: 1,
  AccessKeyId: SESSION_KEY.accessKeyId,
  SecretAccessKey: SESSION_KEY.secretAccessKey,
  SessionToken: SESSION_KEY.sessionToken,
});

function fault(found: string, hint: string, status = 3): ProfileFailure {
  return { status, message: `Cannot use AWS profile "p": ${found}`, hint };
}

function placed(place: string, { message, ...rest }: ProfileFailure): ProfileFailure {
  return { ...rest, message: `${place}: ${message}` };
}

function noLogin(found: string, hint: string): ProfileFailure {
  return { status: 4, message: `Cannot get AWS credentials of profile "p": ${found}`, hint };
}

function indented(lines: string): string {
  return lines.replaceAll(/^(?=.)/gm, "  ");
}

const NAMES_NO_WAY: ProfileFailure = {
  status: 4,
  message: 'Cannot find AWS credentials of profile "p": it names no way to get them',
  hint: "Log in: aws sso login --profile p, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
};

function renamed(from: string, to: string): string {
  return `Rename ${from} to ${to}`;
}

const sections: readonly ProfileCase[] = [
  {
    says: "section without its word in the config file",
    config: `[p]\n${KEYS}`,
    expected: {
      status: 2,
      message: '~/.aws/config:1:1: Cannot use AWS profile "p": [p] is not read as that profile',
      hint: "Write [profile p] there: in the config file, every profile but the default one has that word",
    },
  },
  {
    says: "section with a misspelt word",
    config: `# mine\n[profil p]\n${KEYS}`,
    expected: {
      status: 2,
      message: '~/.aws/config:2:1: Cannot use AWS profile "p": [profil p] is not read as that profile',
      hint: "Write [profile p] there",
    },
  },
  {
    says: "section with a capital",
    config: `[Profile "p"]\n${KEYS}`,
    expected: {
      status: 2,
      message: '~/.aws/config:1:1: Cannot use AWS profile "p": [Profile "p"] is not read as that profile',
      hint: "Write [profile p] there",
    },
  },
  {
    says: "section with a word in the credentials file",
    config: "",
    credentials: `[profile p]\n${KEYS}`,
    expected: {
      status: 2,
      message: '~/.aws/credentials:1:1: Cannot use AWS profile "p": [profile p] is not read as that profile',
      hint: "Write [p] there: in the credentials file, no profile has that word",
    },
  },
  {
    says: "no section",
    config: `[profile q]\n${KEYS}`,
    expected: {
      status: 2,
      message: 'Cannot use AWS profile "p": it is not in ~/.aws/config and ~/.aws/credentials',
      hint: "Available: q",
    },
  },
  { says: "section in both files", config: "[profile p]\n", credentials: `[p]\n${KEYS}`, expected: USER },
  { says: "section with quotes and blanks", config: `[profile   "p"]\n${KEYS}`, expected: USER },
  {
    says: "section whose lines are all indented",
    config: `[profile p]\n${indented(`region = us-east-2\n${ROLE_KEYS}source_profile = b\n`)}[profile b]\n${KEYS}`,
    expected: AS_READER,
  },
  {
    says: "section in two spellings, of which the later one counts",
    config: `[profile "p"]\n${SESSION_KEYS}[profile p]\n${KEYS}`,
    expected: USER,
  },
  { says: "section with what all have", config: `[DEFAULT]\n${KEYS}[profile p]\nregion = us-east-2\n`, expected: USER },
  {
    says: "section with blanks before the word",
    config: `[ profile p]\n${KEYS}`,
    expected: {
      status: 2,
      message: '~/.aws/config:1:1: Cannot use AWS profile "p": [ profile p] is not read as that profile',
      hint: "Write [profile p] there",
    },
  },
  {
    says: "keys indented deeper than the setting above",
    config: `[profile p]\nrole_arn = ${ROLE}\n${indented(KEYS)}`,
    expected: {
      status: 3,
      message: "Cannot use AWS setting role_arn: the lines below it are part of its value",
      hint: "Indent the lines below role_arn like that line, or remove them",
    },
  },
];

const keys: readonly ProfileCase[] = [
  { says: "keys in the credentials file", config: "", credentials: `[p]\n${KEYS}`, expected: USER },
  { says: "keys with a session token", config: `[profile p]\n${SESSION_KEYS}`, expected: SESSION },
  {
    says: "keys with a token of the old name",
    config: `[profile p]\n${SESSION_KEYS.replace("session_token", "security_token")}`,
    expected: SESSION,
  },
  {
    says: "keys in the config file, after a credential_process",
    config: `[profile p]\n${KEYS}${PROCESS}`,
    expected: SESSION,
  },
  {
    says: "keys in the credentials file, before a credential_process",
    config: `[profile p]\n${PROCESS}`,
    credentials: `[p]\n${KEYS}`,
    expected: USER,
  },
  {
    says: "keys without the secret",
    config: `[profile p]\naws_access_key_id = ${USER_KEY.accessKeyId}\n`,
    expected: fault(
      "it has aws_access_key_id, but no aws_secret_access_key",
      "Enter both: aws configure --profile p",
      4,
    ),
  },
  {
    says: "keys without the id",
    config: `[profile p]\naws_secret_access_key = ${USER_KEY.secretAccessKey}\n`,
    expected: fault(
      "it has aws_secret_access_key, but no aws_access_key_id",
      "Enter both: aws configure --profile p",
      4,
    ),
  },
  {
    says: "keys with a misspelt secret",
    config: `[profile p]\n${KEYS.replace("secret_access_key", "secret_acces_key")}`,
    expected: fault(
      "it has aws_access_key_id, but no aws_secret_access_key",
      renamed("aws_secret_acces_key", "aws_secret_access_key"),
      4,
    ),
  },
  {
    says: "keys that are both misspelt",
    config: `[profile p]\naws_acces_key_id = ${USER_KEY.accessKeyId}\nsecret = x\n`,
    expected: { ...NAMES_NO_WAY, hint: renamed("aws_acces_key_id", "aws_access_key_id") },
  },
  {
    says: "keys that are empty",
    config: "[profile p]\naws_access_key_id =\naws_secret_access_key =\n",
    expected: fault("its access keys are empty", "Enter both: aws configure --profile p", 4),
  },
  { says: "nothing", config: "[profile p]\nregion = us-east-2\n", expected: NAMES_NO_WAY },
];

const processes: readonly ProfileCase[] = [
  { says: "credential_process", config: `[profile p]\n${PROCESS}`, expected: SESSION },
  {
    says: "credential_process that is empty",
    config: "[profile p]\ncredential_process =\n",
    expected: fault(
      "its credential_process is empty",
      "Set the command that prints the credentials, or remove the line",
    ),
  },
  {
    says: "credential_process that is misspelt",
    config: `[profile p]\n${PROCESS.replace("process", "proces")}`,
    expected: { ...NAMES_NO_WAY, hint: renamed("credential_proces", "credential_process") },
  },
  {
    says: "credential_process that does not exist",
    config: "[profile p]\ncredential_process = /nonexistent/program\n",
    expected: noLogin(
      "its credential_process failed with exit status 127: /bin/sh: 1: /nonexistent/program: not found",
      "Run that command yourself, or correct it: aws configure get credential_process --profile p",
    ),
  },
];

const roles: readonly ProfileCase[] = [
  {
    says: "role with a source_profile",
    config: `[profile p]\n${ROLE_KEYS}source_profile = b\n[profile b]\n${KEYS}`,
    expected: AS_READER,
  },
  {
    says: "role with its own keys",
    config: `[profile p]\n${ROLE_KEYS}source_profile = p\n${KEYS}`,
    expected: AS_READER,
  },
  {
    says: "role with a credential_source",
    config: `[profile p]\n${ROLE_KEYS}credential_source = Environment\n`,
    env: { AWS_ACCESS_KEY_ID: USER_KEY.accessKeyId, AWS_SECRET_ACCESS_KEY: USER_KEY.secretAccessKey },
    expected: AS_READER,
  },
  {
    says: "role whose source is a credential_process",
    config: `[profile p]\n${ROLE_KEYS}source_profile = b\n[profile b]\n${PROCESS}`,
    expected: AS_READER,
  },
  {
    says: "role_arn that is empty, beside keys",
    config: "[profile p]\nrole_arn =\n",
    credentials: `[p]\n${KEYS}`,
    expected: fault(
      "its role_arn is empty",
      `aws configure set role_arn ${ROLE.replace("reader", "NAME")} --profile p`,
    ),
  },
  {
    says: "role_arn that is empty, with a source_profile",
    config: `[profile p]\nrole_arn =\nsource_profile = b\n[profile b]\n${KEYS}`,
    expected: fault(
      "its role_arn is empty",
      `aws configure set role_arn ${ROLE.replace("reader", "NAME")} --profile p`,
    ),
  },
  {
    says: "role_arn that is misspelt",
    config: `[profile p]\nrole_anr = ${ROLE}\nsource_profile = b\n[profile b]\n${KEYS}`,
    expected: { ...NAMES_NO_WAY, hint: renamed("role_anr", "role_arn") },
  },
  {
    says: "source_profile that is missing",
    config: `[profile p]\n${ROLE_KEYS}`,
    expected: fault(
      "it has role_arn, but neither source_profile nor credential_source",
      "Set the profile whose credentials assume the role: aws configure set source_profile NAME --profile p",
    ),
  },
  {
    says: "source_profile that is misspelt",
    config: `[profile p]\n${ROLE_KEYS}source_profil = b\n[profile b]\n${KEYS}`,
    expected: fault(
      "it has role_arn, but neither source_profile nor credential_source",
      renamed("source_profil", "source_profile"),
    ),
  },
  {
    says: "source_profile that is empty",
    config: `[profile p]\n${ROLE_KEYS}source_profile =\n`,
    expected: fault(
      "its source_profile is empty",
      "Specify one: aws configure set source_profile NAME --profile p",
    ),
  },
  {
    says: "source_profile that does not exist",
    config: `[profile p]\n${ROLE_KEYS}source_profile = base\n`,
    expected: fault('its source_profile "base" does not exist', "Create it: aws configure --profile base"),
  },
  {
    says: "source_profile without its word",
    config: `[profile p]\n${ROLE_KEYS}source_profile = base\n[base]\n${KEYS}`,
    expected: placed(
      "~/.aws/config:5:1",
      fault(
        'its source_profile "base" does not exist: [base] is not read as that profile',
        "Write [profile base] there: in the config file, every profile but the default one has that word",
      ),
    ),
  },
  {
    says: "source_profile without credentials",
    config: `[profile p]\n${ROLE_KEYS}source_profile = b\n[profile b]\nregion = us-east-2\n`,
    expected: fault('its source_profile "b" has no credentials', "Add them: aws configure --profile b"),
  },
  {
    says: "credential_source that is empty",
    config: `[profile p]\n${ROLE_KEYS}credential_source =\n`,
    expected: fault(
      "its credential_source is empty",
      "Correct it: aws configure set credential_source Environment --profile p",
    ),
  },
  {
    says: "credential_source that is misspelt",
    config: `[profile p]\n${ROLE_KEYS}credential_source = Ec2InstanceMetaData\n`,
    expected: fault(
      'its credential_source "Ec2InstanceMetaData" is none of Environment, Ec2InstanceMetadata, EcsContainer',
      "Correct it: aws configure set credential_source Ec2InstanceMetadata --profile p",
    ),
  },
  {
    says: "credential_source that has none",
    config: `[profile p]\n${ROLE_KEYS}credential_source = Environment\n`,
    expected: fault(
      "its credential_source is Environment, but AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set",
      "Use it where that source exists, or set another credential_source or a source_profile",
      4,
    ),
  },
  {
    says: "external_id that is empty",
    config: `[profile p]\n${ROLE_KEYS}source_profile = b\nexternal_id =\n[profile b]\n${KEYS}`,
    expected: fault("its external_id is empty", "Set a value, or remove the line"),
  },
  {
    says: "mfa_serial that is empty",
    config: `[profile p]\n${ROLE_KEYS}source_profile = b\nmfa_serial =\n[profile b]\n${KEYS}`,
    expected: fault("its mfa_serial is empty", "Set a value, or remove the line"),
  },
  {
    says: "mfa_serial without a terminal",
    config: `[profile p]\n${ROLE_KEYS}source_profile = b\nmfa_serial = GAHT12345678\n[profile b]\n${KEYS}`,
    expected: fault(
      "its role needs a code from MFA device GAHT12345678, which cannot be asked for here",
      "Enter the code at a terminal: aws sts get-caller-identity --profile p",
      4,
    ),
  },
];

const webIdentities: readonly ProfileCase[] = [
  { says: "web identity", config: `[profile p]\n${ROLE_KEYS}web_identity_token_file = token\n`, expected: AS_READER },
  {
    says: "web identity without a role",
    config: "[profile p]\nweb_identity_token_file = token\n",
    expected: fault(
      "it has no role_arn for its web_identity_token_file",
      `aws configure set role_arn ${ROLE.replace("reader", "NAME")} --profile p`,
    ),
  },
  {
    says: "web identity without its file",
    config: `[profile p]\n${ROLE_KEYS}web_identity_token_file = nowhere\n`,
    expected: {
      status: 2,
      message: 'Cannot read web identity token "nowhere": it does not exist',
      hint: "Correct or remove web_identity_token_file of profile p",
    },
  },
  {
    says: "web identity that is empty, beside a role",
    config: `[profile p]\n${ROLE_KEYS}web_identity_token_file =\n`,
    expected: fault(
      "its web_identity_token_file is empty",
      "Set the path of the token file, or remove the line",
    ),
  },
  {
    says: "web identity that is empty, beside a role and keys",
    config: `[profile p]\n${ROLE_KEYS}web_identity_token_file =\n${KEYS}`,
    expected: fault(
      "its web_identity_token_file is empty",
      "Set the path of the token file, or remove the line",
    ),
    cliGoesOnAs: USER,
  },
  {
    says: "web identity that is empty, beside keys",
    config: `[profile p]\nweb_identity_token_file =\n${KEYS}`,
    expected: USER,
  },
];

const signIns: readonly ProfileCase[] = [
  {
    says: "IAM Identity Center without a login",
    config: `[profile p]\n${SSO_PROFILE}${SSO_SESSION}`,
    expected: noLogin(`there is no session at ${START_URL}`, "Log in: aws sso login --profile p"),
  },
  {
    says: "IAM Identity Center without a permission set",
    config: `[profile p]\n${SSO_PROFILE.replace(/sso_role_name.*\n/, "")}${SSO_SESSION}`,
    expected: fault(
      "it is set up for IAM Identity Center, but sso_role_name is missing",
      "Set it up again: aws configure sso --profile p",
    ),
  },
  {
    says: "IAM Identity Center with a misspelt permission set",
    config: `[profile p]\n${SSO_PROFILE.replace("role_name", "rol_name")}${SSO_SESSION}`,
    expected: fault(
      "it is set up for IAM Identity Center, but sso_role_name is missing",
      renamed("sso_rol_name", "sso_role_name"),
    ),
  },
  {
    says: "IAM Identity Center with an empty account",
    config: `[profile p]\n${SSO_PROFILE.replace(ACCOUNT, "")}${SSO_SESSION}`,
    expected: fault(
      "it is set up for IAM Identity Center, but sso_account_id is missing",
      "Set it up again: aws configure sso --profile p",
    ),
  },
  {
    says: "sso_session that does not exist",
    config: `[profile p]\n${SSO_PROFILE}`,
    expected: fault(
      'its sso_session "corp" does not exist: there is no [sso-session corp]',
      "Add that section: aws configure sso-session",
    ),
  },
  {
    says: "sso_session with a misspelt name",
    config: `[profile p]\n${SSO_PROFILE.replace("corp", "crop")}${SSO_SESSION}`,
    expected: fault('its sso_session "crop" does not exist: there is no [sso-session crop]', 'Did you mean "corp"?'),
  },
  {
    says: "sso_session whose section has a misspelt word",
    config: `[profile p]\n${SSO_PROFILE}${SSO_SESSION.replace("sso-session", "sso_session")}`,
    expected: placed(
      "~/.aws/config:5:1",
      fault(
        'its sso_session "corp" does not exist: [sso_session corp] is not read as that section',
        "Write [sso-session corp] there",
      ),
    ),
  },
  {
    says: "sso_session in the credentials file",
    config: `[profile p]\n${SSO_PROFILE}`,
    credentials: SSO_SESSION,
    expected: placed(
      "~/.aws/credentials:1:1",
      fault(
        'its sso_session "corp" does not exist: [sso-session corp] is not read as that section',
        "Move [sso-session corp] to the config file",
      ),
    ),
  },
  {
    says: "sso_session with another start URL than the profile",
    config: `[profile p]\n${SSO_PROFILE}sso_start_url = https://other.awsapps.com/start\n${SSO_SESSION}`,
    expected: fault(
      `its sso_start_url is "https://other.awsapps.com/start", and that of its sso_session is "${START_URL}"`,
      "Remove sso_start_url from the profile",
    ),
  },
  {
    says: "aws login without a session",
    config: `[profile p]\nlogin_session = arn:aws:iam::${ACCOUNT}:user/alex\n`,
    expected: noLogin("there is no session of aws login", "Log in: aws login --profile p"),
  },
  {
    says: "login_session that is empty",
    config: "[profile p]\nlogin_session =\n",
    expected: fault("its login_session is empty", "Log in: aws login --profile p", 4),
  },
  {
    says: "login_session that is misspelt",
    config: `[profile p]\nlogin_sesion = arn:aws:iam::${ACCOUNT}:user/alex\n`,
    expected: { ...NAMES_NO_WAY, hint: renamed("login_sesion", "login_session") },
  },
];

/** Every kind of profile, whole and with a key or a section missing, empty or misspelt. */
export const PROFILE_CASES: readonly ProfileCase[] = [
  ...[...sections, ...keys, ...processes],
  ...[...roles, ...webIdentities, ...signIns],
];
