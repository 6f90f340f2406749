/** A realm is a directory's name and a part of the keyring's keys. */
export const REALM_FORM = /^(?!.{65})[a-z0-9]+(?:[-_][a-z0-9]+)*$/;

/** Completes "must be". */
export const REALM_IS = "at most 64 of a-z, 0-9, - and _, with - and _ neither first nor last nor side by side";
