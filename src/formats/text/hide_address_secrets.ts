/** An address between quotes, whatever is in it, or one that ends at a blank; its scheme and the rest. */
const ADDRESS =
  /(?<=")([a-z][a-z0-9+.-]{1,20}:[\\/]{1,4})([^"\n]*)(?=")|(?<=')([a-z][a-z0-9+.-]{1,20}:[\\/]{1,4})([^'\n]*)(?=')|([a-z][a-z0-9+.-]{1,20}:[\\/]{2,4})(\S*)/gi;

/** A password that has a quote. */
const QUOTE_IN_USER = /([a-z][a-z0-9+.-]{1,20}:[\\/]{1,4})[^\s"]{0,400}"[^\s"]{0,400}@/gi;

/** `user:password@host` without a scheme, as in variables for proxies. Neither ARNs nor paths look like it. */
const USER = /(?<![^\s"'/\\@(=,])[^\s"'/\\:@]+:[^\s"'/\\@]+@(?=[\w[])/g;

/** The same as all that is between quotes, where the password may have a slash. */
const QUOTED_USER = /(?<=")(?!arn:|[a-z][a-z0-9+.-]{1,20}:[\\/])[^\s"'/\\:@]{2,}:[^\s"]*@(?=[^\s"]*")/gi;

/**
 * Returns a text without what may be secret in the addresses that it names: user and password, query and fragment. An
 * address that cannot be parsed loses them as well, and perhaps more. What is left out is shown as `…`; the host that is
 * left is always the one that would be connected to.
 */
export function hideAddressSecrets(text: string): string {
  if (!/[@?#]/.test(text)) return text;
  return text.replace(QUOTE_IN_USER, hideQuoted).replace(ADDRESS, (found, ...groups) => {
    const [scheme, rest] = groups.slice(0, 6).filter((one) => one !== undefined) as [string, string];
    return `${scheme}${hideIn(rest, { isUrl: URL.canParse(found), scheme })}`;
  }).replace(USER, "…@").replace(QUOTED_USER, "…@");
}

/** Returns a text that is one address, without its user and password and else whole; any other as it is. */
export function hideAddressUser(text: string, instead = "…"): string {
  const scheme = /\s/.test(text) ? undefined : /^[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0];
  if (scheme === undefined) return text;
  const rest = text.slice(scheme.length);
  // What no one can connect to has no host; its password may have any character.
  const [authority, path] = URL.canParse(text) ? splitAuthority(rest, scheme) : [rest, ""];
  return `${scheme}${authority.replace(/^.*@/, `${instead}@`)}${path}`;
}

/** Of an address, behind its scheme. A password may hold a `?` or `#` only in what is no URL, and ends at an `@`. */
function hideIn(rest: string, { isUrl, scheme }: { readonly isUrl: boolean; readonly scheme: string }): string {
  if (!isUrl) return withoutQuery(rest.replace(/^.*@/, "…@"));
  const [authority, path] = splitAuthority(rest, scheme);
  return `${authority.replace(/^.*@/, "…@")}${withoutAt(withoutQuery(path))}`;
}

/** A quote in front of the `@`: of a password, unless the host has ended before. */
function hideQuoted(found: string, scheme: string): string {
  const [authority, path] = splitAuthority(found.slice(scheme.length), scheme);
  return path === "" ? `${scheme}…@` : `${scheme}${authority.replace(/^.*@/, "…@")}/…`;
}

/** Schemes whose URLs take a backslash for a slash. https://url.spec.whatwg.org/#special-scheme */
const SPECIAL = /^(?:https?|wss?|ftp|file):/i;

/** As URLs are read: user and host end at the first of these, and an `@` behind it is part of a path. */
function splitAuthority(rest: string, scheme: string): readonly [authority: string, path: string] {
  const end = rest.search(SPECIAL.test(scheme) ? /[\/\\?#]/ : /[\/?#]/);
  return end < 0 ? [rest, ""] : [rest.slice(0, end), rest.slice(end)];
}

/** What stands before an `@` may be a password with a slash, and what stands behind it would look like the host. */
function withoutAt(path: string): string {
  return path.includes("@") ? `${path[0]}…` : path;
}

/** Slashes alone are no secret: an access portal's address is often written with `#/`. */
function withoutQuery(rest: string): string {
  return rest.replace(/([?#])(?!\/*$)[^]+$/, "$1…");
}
