/** Where AWS takes SAML responses, by partition; each has regional hosts below it. */
const SIGN_IN_HOSTS = [
  "signin.aws.amazon.com",
  "signin.amazonaws.cn",
  "signin.amazonaws-us-gov.com",
  "signin.amazonaws-eusc.eu",
];

/** Patterns of these addresses, as the DevTools protocol has them: `*` is any text. */
export const AWS_SAML_PATTERNS: readonly string[] = SIGN_IN_HOSTS.flatMap((host) => [
  `https://${host}/saml*`,
  `https://*.${host}/saml*`,
]);

/** The hosts alone, with `*` for any label before. */
export const AWS_SIGN_IN_HOSTS: readonly string[] = SIGN_IN_HOSTS.flatMap((host) => [host, `*.${host}`]);

/** Whether an address is on one of AWS's sign-in hosts. */
export function isAwsSignIn(url: URL): boolean {
  return SIGN_IN_HOSTS.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
}

/**
 * Whether an address is where AWS takes SAML responses.
 * https://docs.aws.amazon.com/general/latest/gr/signin-service.html
 */
export function isAwsSamlEndpoint(url: URL): boolean {
  return url.protocol === "https:" && url.port === "" && isAwsSignIn(url) && /^\/saml(?:\/|$)/.test(url.pathname);
}
