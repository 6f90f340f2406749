/** An auth section with every relation: providers, chains, standalone identities, integrations, tags, secrets. */
export const FULL_AUTH = `auth:
  providers:
    company-sso:
      kind: aws/iam-identity-center
      start_url: https://company.awsapps.com/start
      region: us-east-1
      tags: [corp]
    okta: {kind: aws/saml, url: "https://x.okta.com/app", region: eu-west-1, password: hunter2, username: me}
  identities:
    dev-admin:
      kind: aws/permission-set
      default: true
      tags: [dev, all]
      via: {provider: Company-SSO}
      principal: {name: AdministratorAccess, account: {id: "123456789012"}}
      env: [{key: TOKEN, value: hunter2}]
    deployer:
      kind: aws/assume-role
      via: {identity: dev-admin}
      tags: [prod]
      principal: {assume_role: "arn:aws:iam::123456789012:role/deployer"}
    break-glass:
      kind: aws/user
      credentials: {access_key_id: AKIAIOSFODNN7EXAMPLE, secret_access_key: !env KEY}
  integrations:
    dev/eks:
      kind: aws/eks
      via: {identity: dev-admin}
      spec: {cluster: {name: dev-cluster, region: us-east-2, proxy_url: "http://proxy:3128"}}
    dev/ecr:
      kind: aws/ecr
      via: {identity: deployer}
      spec: {auto_provision: false, registry: {account_id: "123456789012", region: us-east-2}}
    sso/public: {kind: aws/ecr-public, via: {provider: company-sso}}
`;

/** What {@link FULL_AUTH} must never show, with the variable KEY=wJalrXUtnFEMI. */
export const FULL_AUTH_SECRETS: readonly string[] = ["hunter2", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI"];

/** Names that are allowed and that other formats could trip over. */
export const ODD_NAMES: readonly string[] = [
  'say "hi"',
  "a\\b\\",
  "dots.and/slashes",
  "end",
  "<b>bold</b>",
  "&lt;&amp;",
  "#quot;#35;",
  "a --> b; c",
  "`code` **md**",
  "%%comment",
  "ü ключ 鍵 💥",
  "{x|y}(z)",
  "\\N\\l\\G",
  "012",
  "null",
  "constructor",
  "$HOME 'x'",
  "two  blanks",
  "\u202ereversed",
];

/** An auth section with one provider, and one identity below it, for each odd name. */
export function oddAuth(names: readonly string[] = ODD_NAMES): string {
  const providers = names.map((name) =>
    `    ${
      JSON.stringify(`p ${name}`)
    }: {kind: aws/iam-identity-center, start_url: "https://x.awsapps.com/start", region: us-east-1}`
  );
  const identities = names.map((name) =>
    `    ${JSON.stringify(name)}: {kind: aws/permission-set, via: {provider: ${JSON.stringify(`p ${name}`)}}, ` +
    `principal: {name: Admin, account: ${JSON.stringify(`${name}\n`)}}}`
  );
  return `auth:\n  providers:\n${providers.join("\n")}\n  identities:\n${identities.join("\n")}\n`;
}
