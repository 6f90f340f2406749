/** Control characters, and what some readers take for a line break: for a class of a regular expression. */
export const CONTROLS = "\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029";

/** What a context or user may be called. */
export const ENTRY_NAME = new RegExp(`^[^${CONTROLS}]+$`);

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
export const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
export const NAMESPACE_IS = "at most 63 of a-z, 0-9 and -, letters or digits at both ends";
